/** A code of the log, such as `Status` or `Submitted`, in the page's language; undefined for one without a word. */
export interface AuditWords {
  property(name: string): string | undefined;
  value(code: string): string | undefined;
  line(name: string, value: string): string;
  readonly yes: string;
  readonly no: string;
  instant(value: string): string;
}

/** Of a new or deleted row: what the line's other columns say already (id, region, time, who). */
const SAID_ELSEWHERE = new Set(['Id', 'TenantId', 'TenantPath', 'CreatedAt', 'CreatedBy']);

/** An entry's JSON as lines one can read: `name: before → after` for changed rows, `name: value` otherwise. */
export function describeDetails(json: string, kind: string, words: AuditWords): string[] {
  let details: unknown;
  try {
    details = JSON.parse(json);
  } catch {
    // An entry is shown as it stands, also one that is no JSON: hiding it would hide what it says.
    return [json];
  }
  if (typeof details !== 'object' || details === null || Array.isArray(details)) {
    return [json];
  }
  const isWholeRow = kind === 'RowCreated' || kind === 'RowDeleted';
  return Object.entries(details)
    .filter(([name, value]) => value !== null && !(isWholeRow && SAID_ELSEWHERE.has(name)))
    .map(([name, value]) => {
      const label = words.property(name) ?? name;
      if (!kind.startsWith('Row') || !Array.isArray(value) || value.length !== 2) {
        return words.line(label, print(value, words));
      }
      const [before, after] = value as [unknown, unknown];
      return words.line(
        label,
        isWholeRow ? print(before ?? after, words) : `${print(before, words)} → ${print(after, words)}`,
      );
    });
}

function print(value: unknown, words: AuditWords): string {
  if (value === null || value === undefined || value === '') {
    return '—';
  }
  if (typeof value === 'boolean') {
    return value ? words.yes : words.no;
  }
  if (typeof value === 'string') {
    return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z?$/.test(value) ? words.instant(value) : (words.value(value) ?? value);
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? '—' : value.map((item) => print(item, words)).join('、');
  }
  return JSON.stringify(value);
}
