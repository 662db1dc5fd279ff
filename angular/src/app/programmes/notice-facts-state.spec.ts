import { describe, expect, it } from 'vitest';
import { asTarget, NO_FACTS, withoutCount } from './notice-facts-state';

describe('facts of a notice', () => {
  const part = {
    key: 'c2',
    number: 76,
    unit: '项',
    what: '直接下放',
    partOf: 'c1',
    sourceKey: 'counts[1]',
  };
  const counts = [
    { key: 'c1', number: 105, unit: '项', what: '事项', partOf: null, sourceKey: 'counts[0]' },
    part,
  ];

  it('lets the parts of a removed whole stand by themselves', () => {
    expect(withoutCount(counts, 'c1')).toEqual([{ ...part, partOf: null }]);
    expect(withoutCount(counts, 'c2')).toEqual([counts[0]]);
  });

  it('makes a target of a count, with its passage', () => {
    const facts = asTarget({ ...NO_FACTS, counts }, part);
    expect(facts.targets).toEqual([{ what: '直接下放', value: '76项', sourceKey: 'counts[1]' }]);
    expect(facts.counts.map((count) => count.key)).toEqual(['c1']);
  });
});
