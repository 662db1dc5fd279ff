import { describe, expect, it } from 'vitest';
import {
  chosenFor,
  fieldId,
  freshKey,
  keyAt,
  mergedWithNext,
  monthsOf,
  moved,
  namesIn,
  neighbour,
  nextNumber,
  segmentsOf,
  splitAt,
  uncertainKeys,
} from './notice-state';

describe('notice state', () => {
  const source = '通知\n（一）容缺受理 南通市、连云港市';
  const passages = [
    { key: 'title', start: 0, length: 2 },
    { key: 'themes[0]', start: 3, length: 17 },
    { key: 'themes[0].title', start: 6, length: 4 },
    { key: 'themes[0].regions[0]', start: 11, length: 3 },
  ];

  it('cuts the source into all of its text, values marked, whole themes not', () => {
    const segments = segmentsOf(source, passages);
    expect(segments.map((s) => s.text).join('')).toBe(source);
    expect(segments.filter((s) => s.key).map((s) => [s.key, s.text])).toEqual([
      ['title', '通知'],
      ['themes[0].title', '容缺受理'],
      ['themes[0].regions[0]', '南通市'],
    ]);
  });

  it('gives an overlap to the shorter passage', () => {
    const segments = segmentsOf('abcdef', [
      { key: 'long', start: 0, length: 6 },
      { key: 'short', start: 2, length: 2 },
    ]);
    expect(segments).toEqual([
      { text: 'ab', key: 'long' },
      { text: 'cd', key: 'short' },
      { text: 'ef', key: 'long' },
    ]);
  });

  it('ignores passages outside the source', () => {
    expect(segmentsOf('abc', [{ key: 'x', start: 2, length: 5 }])).toEqual([{ text: 'abc', key: null }]);
  });

  it('finds the value at a place', () => {
    expect(keyAt(passages, 12)).toBe('themes[0].regions[0]');
    expect(keyAt(passages, 5)).toBeNull();
    expect(keyAt(passages, null)).toBeNull();
  });

  it('makes the same id of the server’s path and the page’s', () => {
    expect(fieldId('content.themes[2].title')).toBe('notice-themes-2-title');
    expect(fieldId('themes[2].regions[0]')).toBe('notice-themes-2-regions-0');
  });

  it('moves within bounds only', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });

  it('numbers a new theme in the manner of the last', () => {
    expect(nextNumber(['（一）', '（二）'])).toBe('（三）');
    expect(nextNumber(['1', '2'])).toBe('3');
    expect(nextNumber(Array.from({ length: 10 }, () => '（十）'))).toBe('（十一）');
    expect(nextNumber([])).toBe('1');
  });

  it('marks what was concluded, not what was read or is unknown', () => {
    const marked = uncertainKeys([
      { key: 'read', start: 0, length: 1, confidence: 0.95 },
      { key: 'concluded', start: 1, length: 1, confidence: 0.6 },
      { key: 'unknown', start: 2, length: 1 },
    ]);
    expect([...marked]).toEqual(['concluded']);
  });

  it('goes from passage to passage and stops at the ends', () => {
    expect(neighbour(['a', 'b', 'c'], null, 1)).toBe('a');
    expect(neighbour(['a', 'b', 'c'], 'a', 1)).toBe('b');
    expect(neighbour(['a', 'b', 'c'], 'c', 1)).toBe('c');
    expect(neighbour(['a', 'b', 'c'], 'a', -1)).toBe('a');
    expect(neighbour([], null, 1)).toBeNull();
  });

  it('reads offices with any of the usual marks between them, each once', () => {
    expect(namesIn('省政务办、省数据局， 省司法厅;省政务办')).toEqual(['省政务办', '省数据局', '省司法厅']);
    expect(namesIn(' ')).toEqual([]);
  });

  const theme = (key: string, title: string, regions: string[]) => ({
    key,
    number: key,
    title,
    description: `${title}第一段\n${title}第二段`,
    regions: regions.map((text) => ({ text, regionId: text, partName: null })),
    deliverables: [{ name: '清单' }],
    leadOffices: ['省政务办'],
    assistingOffices: [],
    toolKits: [],
  });

  it('merges a theme with the one behind it, each region and deliverable once', () => {
    const [merged, last] = mergedWithNext(
      [theme('t1', '甲', ['南京', '无锡']), theme('t2', '乙', ['无锡', '徐州']), theme('t3', '丙', [])],
      0,
    );
    expect(merged?.title).toBe('甲');
    expect(merged?.description).toContain('乙第二段');
    expect(merged?.regions.map((r) => r.text)).toEqual(['南京', '无锡', '徐州']);
    expect(merged?.deliverables).toHaveLength(1);
    expect(last?.key).toBe('t3');
  });

  it('has nothing to merge the last theme with', () => {
    expect(mergedWithNext([theme('t1', '甲', [])], 0)).toHaveLength(1);
  });

  it('splits a theme at its first paragraph and loses no text', () => {
    const [first, second] = splitAt([theme('t1', '甲', ['南京'])], 0, 't2');
    expect(first?.description).toBe('甲第一段');
    expect(second).toMatchObject({ key: 't2', title: '', description: '甲第二段' });
    expect(second?.regions.map((r) => r.text)).toEqual(['南京']);
  });

  it('finds a key that no theme has', () => {
    expect(freshKey(['t1', 't3'])).toBe('t4');
    expect(freshKey(['t1', 't2', 't4'])).toBe('t5');
  });

  it('lays months out as weeks from Monday, with what happens on each day', () => {
    const [february, september] = monthsOf([
      { date: '2023-09-30', name: 'due' },
      { date: '2021-02-28', name: 'training' },
    ]);
    expect([february?.key, september?.key]).toEqual(['2021-02', '2023-09']);
    // 1 February 2021 was a Monday: four full weeks.
    expect(february?.weeks).toHaveLength(4);
    expect(february?.weeks[3]?.[6]?.events.map((e) => e.name)).toEqual(['training']);
    // 30 September 2023 was a Saturday.
    expect(september?.weeks.at(-1)?.[5]?.events.map((e) => e.name)).toEqual(['due']);
    expect(september?.weeks.every((week) => week.length === 7)).toBe(true);
  });

  it('sends the suggestion where nothing was chosen', () => {
    const differences = [
      { key: 'a', suggested: 'Kept' as 'Kept' | 'Revised' },
      { key: 'b', suggested: 'Revised' as 'Kept' | 'Revised' },
    ];
    expect(chosenFor(differences, { b: 'Kept' })).toEqual([
      { key: 'a', choice: 'Kept' },
      { key: 'b', choice: 'Kept' },
    ]);
  });

  it('brings targets and links together when themes are merged, and leaves targets with the first when one is split', () => {
    const theme = (key: string, what: string) => ({
      key,
      number: key,
      title: key,
      description: '甲\n乙',
      regions: [],
      deliverables: [],
      leadOffices: [],
      facts: {
        targets: [{ what, value: '≥50%' }],
        links: [{ programmeId: 'p', themeId: null }],
        withheld: ['Due'],
      },
    });
    const merged = mergedWithNext([theme('t1', '时限'), theme('t2', '材料')], 0);
    expect(merged[0]?.facts).toEqual({
      targets: [
        { what: '时限', value: '≥50%' },
        { what: '材料', value: '≥50%' },
      ],
      links: [{ programmeId: 'p', themeId: null }],
      withheld: ['Due'],
    });
    const split = splitAt([theme('t1', '时限')], 0, 't9');
    expect(split.map((t) => [t.facts.targets.length, t.facts.links.length])).toEqual([
      [1, 1],
      [0, 1],
    ]);
    expect(freshKey(['c1', 'c2'], 'c')).toBe('c3');
  });
});
