/** What the wizard works out from a notice; pure functions, so that they can be tested without a page. */

export interface Passage {
  readonly key: string;
  readonly start: number;
  readonly length: number;
}

/** A stretch of the source; `key` names the value that was read from it. */
export interface Segment {
  readonly text: string;
  readonly key: string | null;
}

/** Whole themes and lines would cover everything inside them: only values are shown as passages. */
const WHOLE_THEME = /^themes\[\d+\]$/;

/** Cuts the source at every passage; where passages overlap the shortest one has the stretch. */
export function segmentsOf(source: string, passages: readonly Passage[]): Segment[] {
  const values = passages.filter(
    (passage) =>
      passage.length > 0 && passage.start + passage.length <= source.length && !WHOLE_THEME.test(passage.key),
  );
  const cuts = [...new Set([0, source.length, ...values.flatMap((v) => [v.start, v.start + v.length])])].sort(
    (a, b) => a - b,
  );
  const byLength = [...values].sort((a, b) => a.length - b.length);
  const segments: Segment[] = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const from = cuts[i] ?? 0;
    const to = cuts[i + 1] ?? source.length;
    const key = byLength.find((v) => v.start <= from && v.start + v.length >= to)?.key ?? null;
    const last = segments.at(-1);
    const text = source.slice(from, to);
    if (last && last.key === key) {
      segments[segments.length - 1] = { text: last.text + text, key };
    } else if (text) {
      segments.push({ text, key });
    }
  }
  return segments;
}

/** The passage to show for a place in the source that a question names. */
export function keyAt(passages: readonly Passage[], start: number | null | undefined): string | null {
  if (start === null || start === undefined) {
    return null;
  }
  const covering = passages
    .filter((p) => !WHOLE_THEME.test(p.key) && p.start <= start && start < p.start + p.length)
    .sort((a, b) => a.length - b.length);
  return covering[0]?.key ?? null;
}

/** The form field's id for a path of the content, such as `content.themes[2].title`. */
export function fieldId(path: string): string {
  return (
    'notice-' +
    path
      .replace(/^content\./, '')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/-$/, '')
  );
}

/** Moves an item; places outside the list leave it as it is. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) {
    return [...items];
  }
  const rest = items.filter((_, index) => index !== from);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

export function replacedAt<T>(items: readonly T[], index: number, change: Partial<T>): T[] {
  return items.map((item, i) => (i === index ? { ...item, ...change } : item));
}

export function withoutAt<T>(items: readonly T[], index: number): T[] {
  return items.filter((_, i) => i !== index);
}

const HAN = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** The number of a theme that is added at the end, in the manner of the one before. */
export function nextNumber(numbers: readonly string[]): string {
  const place = numbers.length + 1;
  const last = numbers.at(-1) ?? '';
  const han = place <= 10 ? HAN[place - 1] : place < 20 ? `十${HAN[place - 11]}` : String(place);
  if (/^（/.test(last)) {
    return `（${han}）`;
  }
  return /^[一二三四五六七八九十]/.test(last) ? `${han}、` : String(place);
}
