/** What the wizard works out from a notice; pure functions, so that they can be tested without a page. */

export interface Passage {
  readonly key: string;
  readonly start: number;
  readonly length: number;
  /** 0 to 1; absent where nothing is known of it. */
  readonly confidence?: number | null;
  /** What the confidence rests on. */
  readonly basis?: string | null;
}

/** Below this the importer asks about a value itself; the text marks it as to be checked. */
const ASK_BELOW = 0.65;

/** The keys of values that were concluded or assumed rather than read. */
export function uncertainKeys(passages: readonly Passage[]): Set<string> {
  return new Set(
    passages.filter((p) => typeof p.confidence === 'number' && p.confidence < ASK_BELOW).map((p) => p.key),
  );
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

/** The next passage in the order of the text, or the one before; the first or last where none is in hand. */
export function neighbour(keys: readonly string[], from: string | null, by: 1 | -1): string | null {
  const place = from === null ? -1 : keys.indexOf(from);
  if (place < 0) {
    return (by === 1 ? keys[0] : keys.at(-1)) ?? null;
  }
  return keys[Math.min(keys.length - 1, Math.max(0, place + by))] ?? null;
}

/** 省政务办、省数据局 as a clerk types it, with any of the usual marks between. */
export function namesIn(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[、，,；;\n]/)
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
  ];
}

/** What merging and splitting need to know of a theme. */
export interface MergeableTheme {
  readonly key: string;
  readonly number: string;
  readonly title: string;
  readonly description: string;
  readonly regions: readonly {
    readonly text: string;
    readonly regionId: string | null;
    readonly partName: string | null;
  }[];
  readonly deliverables: readonly { readonly name: string }[];
  readonly leadOffices: readonly string[];
  readonly assistingOffices?: readonly string[] | null;
  readonly toolKits?: readonly unknown[] | null;
  readonly facts?: MergeableFacts | null;
}

export interface MergeableFacts {
  readonly targets: readonly { readonly what: string; readonly value: string }[];
  readonly links: readonly { readonly programmeId: string; readonly themeId: string | null }[];
  readonly withheld: readonly unknown[];
}

const NO_THEME_FACTS: MergeableFacts = { targets: [], links: [], withheld: [] };

function mergedFacts(into: MergeableFacts, from: MergeableFacts): MergeableFacts {
  return {
    targets: without([...into.targets, ...from.targets], (a, b) => a.what === b.what && a.value === b.value),
    links: without(
      [...into.links, ...from.links],
      (a, b) => a.programmeId === b.programmeId && a.themeId === b.themeId,
    ),
    withheld: [...new Set([...into.withheld, ...from.withheld])],
  };
}

function without<T>(items: readonly T[], same: (a: T, b: T) => boolean): T[] {
  return items.filter((item, index) => items.findIndex((other) => same(other, item)) === index);
}

/** The theme at `index` takes in the one behind it: its title and number stay, everything else comes together once. */
export function mergedWithNext<T extends MergeableTheme>(themes: readonly T[], index: number): T[] {
  const [into, from] = [themes[index], themes[index + 1]];
  if (!into || !from) {
    return [...themes];
  }
  const merged = {
    ...into,
    description: [into.description, from.title, from.description].filter((text) => text !== '').join('\n'),
    regions: without(
      [...into.regions, ...from.regions],
      (a, b) =>
        a.partName === b.partName && (a.regionId === null ? a.text === b.text : a.regionId === b.regionId),
    ),
    deliverables: without([...into.deliverables, ...from.deliverables], (a, b) => a.name === b.name),
    leadOffices: [...new Set([...into.leadOffices, ...from.leadOffices])],
    assistingOffices: [...new Set([...(into.assistingOffices ?? []), ...(from.assistingOffices ?? [])])],
    toolKits: [...new Set([...(into.toolKits ?? []), ...(from.toolKits ?? [])])],
    facts: mergedFacts(into.facts ?? NO_THEME_FACTS, from.facts ?? NO_THEME_FACTS),
  } as T;
  return [...themes.slice(0, index), merged, ...themes.slice(index + 2)];
}

/** The theme at `index` becomes two: its paragraphs from the second on go to the new one, which keeps regions, offices and links. */
export function splitAt<T extends MergeableTheme>(themes: readonly T[], index: number, key: string): T[] {
  const theme = themes[index];
  if (!theme) {
    return [...themes];
  }
  const [first = '', ...rest] = theme.description.split('\n');
  const second = {
    ...theme,
    key,
    title: '',
    description: rest.join('\n'),
    deliverables: [],
    facts: { ...(theme.facts ?? NO_THEME_FACTS), targets: [] },
  } as T;
  return [...themes.slice(0, index), { ...theme, description: first }, second, ...themes.slice(index + 1)];
}

/** A key that none of the list has: themes begin with t, counts with c. */
export function freshKey(keys: readonly string[], prefix = 't'): string {
  let place = keys.length + 1;
  while (keys.includes(`${prefix}${place}`)) {
    place++;
  }
  return `${prefix}${place}`;
}

/** The choice on every difference: the office's, or the suggested one. */
export function chosenFor<C extends string>(
  differences: readonly { readonly key: string; readonly suggested: C }[],
  choices: Readonly<Record<string, C>>,
): { key: string; choice: C }[] {
  return differences.map(({ key, suggested }) => ({ key, choice: choices[key] ?? suggested }));
}

export interface CalendarDay<E> {
  readonly day: number;
  readonly events: readonly E[];
}

export interface CalendarMonth<E> {
  readonly key: string;
  readonly year: number;
  readonly month: number;
  /** Seven places each, Monday first; null outside the month. */
  readonly weeks: readonly (CalendarDay<E> | null)[][];
}

/** The months in which something happens, as weeks. */
export function monthsOf<E extends { readonly date: string }>(events: readonly E[]): CalendarMonth<E>[] {
  const keys = [...new Set(events.map((event) => event.date.slice(0, 7)))].sort();
  return keys.map((key) => {
    const year = Number(key.slice(0, 4));
    const month = Number(key.slice(5, 7));
    const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
    const lead = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7;
    const cells: (CalendarDay<E> | null)[] = Array.from({ length: lead }, () => null);
    for (let day = 1; day <= length; day++) {
      const date = `${key}-${String(day).padStart(2, '0')}`;
      cells.push({ day, events: events.filter((event) => event.date === date) });
    }
    while (cells.length % 7 !== 0) {
      cells.push(null);
    }
    return {
      key,
      year,
      month,
      weeks: Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7)),
    };
  });
}
