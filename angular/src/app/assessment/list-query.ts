import { TableQuery } from '@ui';

/** A table's page and order under the names that the server's lists have; filters are named by each list itself. */
export function pageParams(query: TableQuery) {
  return {
    skipCount: query.skipCount,
    maxResultCount: query.maxResultCount,
    sorting: query.sorting ?? undefined,
  };
}
