import { ParamMap, Params } from '@angular/router';

/** What a list asks of the server; `sorting` is `name` or `name desc`. */
export interface TableQuery {
  readonly skipCount: number;
  readonly maxResultCount: number;
  readonly sorting: string | null;
  readonly filters: Readonly<Record<string, string>>;
}

export interface TablePage<T> {
  readonly totalCount: number;
  readonly items: readonly T[];
}

export interface TableState {
  readonly page: number;
  readonly size: number;
  readonly sorting: string | null;
  readonly filters: Readonly<Record<string, string>>;
}

export const PAGE_SIZES = [20, 50, 100, 200];

/** The server's query parameters for a list. */
export function toHttpParams(query: TableQuery): Record<string, string | number> {
  return {
    ...query.filters,
    skipCount: query.skipCount,
    maxResultCount: query.maxResultCount,
    ...(query.sorting ? { sorting: query.sorting } : {}),
  };
}

/** Reads a table's state from the address; `prefix` keeps several tables of a page apart. */
export function readState(
  params: ParamMap,
  prefix: string,
  filterKeys: readonly string[],
  initial: { size: number; sorting: string | null },
): TableState {
  const page = Number(params.get(`${prefix}page`));
  const size = Number(params.get(`${prefix}size`));
  const filters = filterKeys.flatMap((key) => {
    const value = params.get(prefix + key);
    return value ? [[key, value] as const] : [];
  });
  return {
    page: Number.isInteger(page) && page > 1 ? page : 1,
    size: PAGE_SIZES.includes(size) ? size : initial.size,
    sorting: params.get(`${prefix}sort`) ?? initial.sorting,
    filters: Object.fromEntries(filters),
  };
}

/** The same state as query parameters; what is as usual is left out, so addresses stay short. */
export function writeState(
  state: TableState,
  prefix: string,
  filterKeys: readonly string[],
  initial: { size: number; sorting: string | null },
): Params {
  return {
    [`${prefix}page`]: state.page > 1 ? state.page : null,
    [`${prefix}size`]: state.size === initial.size ? null : state.size,
    [`${prefix}sort`]: state.sorting === initial.sorting ? null : state.sorting,
    ...Object.fromEntries(filterKeys.map((key) => [prefix + key, state.filters[key] || null])),
  };
}

/** none → ascending → descending → none. */
export function nextSorting(current: string | null, key: string): string | null {
  if (current === key) {
    return `${key} desc`;
  }
  return current === `${key} desc` ? null : key;
}
