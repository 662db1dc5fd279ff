import { WorkbenchDto } from '@api/models/workbench-dto';
import { WorkbenchItemDto } from '@api/models/workbench-item-dto';

/** One kind of work with what waits of it. */
export interface WorkGroup {
  readonly key: string;
  readonly text: string;
  readonly count: number;
  readonly red: number;
  readonly amber: number;
  readonly items: readonly WorkbenchItemDto[];
  /** How many wait that are not listed. */
  readonly hidden: number;
}

/** Puts the items under their kinds. The server's order stays: the most urgent kind first, the most urgent item first. */
export function groupsOf(workbench: WorkbenchDto): WorkGroup[] {
  return workbench.groups.map((group) => {
    const items = workbench.items.filter((item) => item.key === group.key);
    return { ...group, items, hidden: group.count - items.length };
  });
}
