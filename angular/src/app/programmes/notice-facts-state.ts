import { NoticeCount } from '@api/models/notice-count';
import { NoticeFacts } from '@api/models/notice-facts';
import { ThemeFacts } from '@api/models/theme-facts';

/** Drafts of before have no facts: as good as empty ones. */
export const NO_FACTS: NoticeFacts = { targets: [], counts: [], duties: [], practices: [] };

export const NO_THEME_FACTS: ThemeFacts = { targets: [], links: [], withheld: [] };

/** The counts without one; its parts stand by themselves. */
export function withoutCount(counts: readonly NoticeCount[], key: string): NoticeCount[] {
  return counts
    .filter((count) => count.key !== key)
    .map((count) => (count.partOf === key ? { ...count, partOf: null } : count));
}

/** A stated number becomes a target: 15 项“微改革” is what is asked for. */
export function asTarget(facts: NoticeFacts, count: NoticeCount): NoticeFacts {
  return {
    ...facts,
    targets: [
      ...facts.targets,
      { what: count.what, value: `${count.number}${count.unit}`, sourceKey: count.sourceKey },
    ],
    counts: withoutCount(facts.counts, count.key),
  };
}
