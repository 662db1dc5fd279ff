import { TableQuery } from '@ui';

/** A table's page and order under the names that the server's lists have; filters are named by each list itself. */
export function pageParams(query: TableQuery) {
  return {
    SkipCount: query.skipCount,
    MaxResultCount: query.maxResultCount,
    Sorting: query.sorting ?? undefined,
  };
}
