import { ItemEntry } from '@api/models/item-entry';
import { ItemImportRowDto } from '@api/models/item-import-row-dto';
import { ItemListContent } from '@api/models/item-list-content';
import { ItemListDraftDto } from '@api/models/item-list-draft-dto';

/** An item while it is edited: `uid` tells rows apart that have no id yet. */
export interface ItemRow extends ItemEntry {
  readonly uid: number;
}

/** The fields that are typed into the table. */
export type TextField = 'number' | 'name' | 'code' | 'officeName' | 'mode' | 'kind' | 'groupKey';

let nextUid = 0;

export function rowOf(entry: ItemEntry): ItemRow {
  return { ...entry, uid: ++nextUid };
}

export function emptyRow(like?: ItemEntry, batch = 1): ItemRow {
  return rowOf({
    id: null,
    number: '',
    name: '',
    code: null,
    officeName: like?.officeName ?? '',
    mode: like?.mode ?? null,
    kind: like?.kind ?? null,
    groupKey: null,
    regionIds: [],
    batch,
    batchDate: null,
  });
}

export function entryOf(row: ItemRow): ItemEntry {
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    code: row.code,
    officeName: row.officeName,
    mode: row.mode,
    kind: row.kind,
    groupKey: row.groupKey,
    regionIds: row.regionIds,
    batch: row.batch,
    batchDate: row.batchDate,
  };
}

/** What is sent: the head as it stands, the rows without what only this screen knows. */
export function contentOf(head: ItemListContent, rows: readonly ItemRow[]): ItemListContent {
  return { ...head, items: rows.map(entryOf) };
}

/** Takes ids and batches that the server gave to the rows that were sent; what was typed since stays. */
export function withServerIds(
  rows: readonly ItemRow[],
  sent: readonly ItemRow[],
  saved: readonly ItemEntry[],
): ItemRow[] {
  const given = new Map(sent.map((row, index) => [row.uid, saved[index]]));
  return rows.map((row) => {
    const entry = given.get(row.uid);
    return entry ? { ...row, id: entry.id, batch: entry.batch, batchDate: entry.batchDate } : row;
  });
}

/** Items that a locked list has issued: they can be read, not changed. */
export function lockedIds(draft: ItemListDraftDto): ReadonlySet<string> {
  if (!draft.locked || draft.baseVersion === 0) {
    return new Set();
  }
  const added = new Set((draft.changes?.items ?? []).filter((c) => c.kind === 'Added').map((c) => c.id));
  return new Set(draft.content.items.flatMap((i) => (i.id && !added.has(i.id) ? [i.id] : [])));
}

/** How an import is put into the draft. */
export type ImportMode = 'replace' | 'append';

/**
 * The rows after an import. `replace` keeps only what the file has (an item that was known keeps its id);
 * `append` adds what is new and leaves items that are known as they are. Rows that cannot be taken stay out.
 */
export function imported(
  rows: readonly ItemRow[],
  read: readonly ItemImportRowDto[],
  mode: ImportMode,
  locked: ReadonlySet<string>,
): ItemRow[] {
  const taken = read.filter((row) => !row.blocked && row.sameAsRow === null).map((row) => row.item);
  const known = new Set(rows.flatMap((row) => (row.id ? [row.id] : [])));
  if (mode === 'append') {
    return [...rows, ...taken.filter((item) => !item.id || !known.has(item.id)).map(rowOf)];
  }
  const kept = rows.filter((row) => row.id !== null && locked.has(row.id));
  return [...kept, ...taken.filter((item) => !item.id || !locked.has(item.id)).map(rowOf)];
}

/** How many rows an import would take in, for the button. */
export function importCount(
  rows: readonly ItemRow[],
  read: readonly ItemImportRowDto[],
  mode: ImportMode,
): number {
  return mode === 'append'
    ? imported(rows, read, mode, new Set()).length - rows.length
    : read.filter((row) => !row.blocked && row.sameAsRow === null).length;
}

/** Rows that hold a text in number, name, code or office. */
export function matching(rows: readonly ItemRow[], text: string): readonly ItemRow[] {
  const part = text.trim().toLowerCase();
  return part === ''
    ? rows
    : rows.filter((row) =>
        [row.number, row.name, row.code ?? '', row.officeName].some((cell) =>
          cell.toLowerCase().includes(part),
        ),
      );
}

/** Moves a row up or down; at the end it stays. */
export function moved(rows: readonly ItemRow[], uid: number, by: -1 | 1): ItemRow[] {
  const from = rows.findIndex((row) => row.uid === uid);
  const row = rows[from];
  const other = rows[from + by];
  return row && other
    ? rows.map((at, index) => (index === from ? other : index === from + by ? row : at))
    : [...rows];
}

/** Numbers all rows anew in their order; issued items of a locked list keep theirs. */
export function renumbered(rows: readonly ItemRow[], locked: ReadonlySet<string>): ItemRow[] {
  return rows.map((row, index) =>
    row.id && locked.has(row.id) ? row : { ...row, number: String(index + 1) },
  );
}

/** A key that no part of the list has yet. */
export function newKey(prefix: string, taken: readonly { key: string }[]): string {
  const keys = new Set(taken.map((part) => part.key));
  let n = 1;
  while (keys.has(`${prefix}${n}`)) {
    n++;
  }
  return `${prefix}${n}`;
}

/** Whether a pasted text is several cells of a spreadsheet, and not words for one cell. */
export function isTable(text: string): boolean {
  return text.includes('\t') || text.trim().includes('\n');
}

/** A typed count; null for an empty field. */
export function countOf(text: string): number | null {
  const count = Number.parseInt(text, 10);
  return Number.isFinite(count) && count >= 0 ? Math.min(count, 10000) : null;
}

/** Where a count of the notice goes in the list. */
export type CountUse = 'total' | 'offices' | 'newMode' | `mode:${string}` | `group:${string}`;

/** A count that a person chose, and what they said it is. */
export interface TakenCount {
  readonly number: number;
  readonly use: CountUse;
  /** The name of a new way of handing over. */
  readonly name: string;
}

/** What the list states once the chosen counts are in it; what nobody chose stays as it is. */
export function withCounts(head: ItemListContent, counts: readonly TakenCount[]): ItemListContent {
  let result = head;
  for (const count of counts) {
    const declaredCount = count.number;
    if (count.use === 'total') {
      result = { ...result, declaredTotal: count.number };
    } else if (count.use === 'offices') {
      result = { ...result, declaredOffices: count.number };
    } else if (count.use.startsWith('group:')) {
      const key = count.use.slice('group:'.length);
      result = {
        ...result,
        groups: result.groups.map((group) => (group.key === key ? { ...group, declaredCount } : group)),
      };
    } else {
      const name = (count.use === 'newMode' ? count.name : count.use.slice('mode:'.length)).trim();
      result = result.modes.some((mode) => mode.name === name)
        ? {
            ...result,
            modes: result.modes.map((mode) => (mode.name === name ? { ...mode, declaredCount } : mode)),
          }
        : { ...result, modes: [...result.modes, { name, declaredCount }] };
    }
  }
  return result;
}
