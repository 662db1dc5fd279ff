/** An entry's JSON as lines one can read: `name: before → after` for changed rows, `name: value` otherwise. */
export function describeDetails(json: string): string[] {
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
  return Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([name, value]) =>
      Array.isArray(value) && value.length === 2
        ? `${name}: ${print(value[0])} → ${print(value[1])}`
        : `${name}: ${print(value)}`,
    );
}

function print(value: unknown): string {
  if (value === null || value === undefined) {
    return '—';
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
