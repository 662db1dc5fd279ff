import { ItemImportRowDto } from '@api/models/item-import-row-dto';
import { ItemListDraftDto } from '@api/models/item-list-draft-dto';
import {
  countOf,
  emptyRow,
  importCount,
  imported,
  isTable,
  lockedIds,
  matching,
  moved,
  newKey,
  renumbered,
  rowOf,
  withCounts,
  withServerIds,
} from './items-model';

const item = (id: string | null, name: string, officeName = '示例局') => ({
  ...emptyRow(),
  id,
  name,
  officeName,
});
const read = (id: string | null, name: string, more: Partial<ItemImportRowDto> = {}): ItemImportRowDto => ({
  row: 1,
  item: item(id, name),
  officeInherited: false,
  sameAsRow: null,
  blocked: false,
  ...more,
});

describe('items-model', () => {
  it('appends what is new and leaves known items, blocked rows and repetitions out', () => {
    const rows = [rowOf(item('a', '甲'))];
    const file = [
      read('a', '甲'),
      read(null, '乙'),
      read(null, '', { blocked: true }),
      read(null, '乙', { sameAsRow: 2 }),
    ];
    expect(imported(rows, file, 'append', new Set()).map((row) => row.name)).toEqual(['甲', '乙']);
    expect(importCount(rows, file, 'append')).toBe(1);
    expect(importCount(rows, file, 'replace')).toBe(2);
  });

  it('replaces all but what a locked list has issued; known items keep their ids', () => {
    const rows = [rowOf(item('a', '甲')), rowOf(item('b', '乙')), rowOf(item(null, '丙'))];
    const result = imported(rows, [read('b', '乙（改）'), read(null, '丁')], 'replace', new Set(['a']));
    expect(result.map((row) => [row.id, row.name])).toEqual([
      ['a', '甲'],
      ['b', '乙（改）'],
      [null, '丁'],
    ]);
  });

  it('takes the server’s ids although a row was added and another typed into meanwhile', () => {
    const [first, second] = [rowOf(item(null, '甲')), rowOf(item(null, '乙'))];
    const sent = [first, second];
    const now = [{ ...second, name: '乙（改）' }, emptyRow(), first];
    const saved = [
      { ...first, id: '1' },
      { ...second, id: '2' },
    ];
    expect(withServerIds(now, sent, saved).map((row) => [row.id, row.name])).toEqual([
      ['2', '乙（改）'],
      [null, ''],
      ['1', '甲'],
    ]);
  });

  it('locks what a locked list has issued, not what is added', () => {
    const draft = {
      locked: true,
      baseVersion: 1,
      content: { items: [item('a', '甲'), item('b', '乙')] },
      changes: { items: [{ kind: 'Added', id: 'b' }] },
    } as unknown as ItemListDraftDto;
    expect([...lockedIds(draft)]).toEqual(['a']);
    expect(lockedIds({ ...draft, locked: false }).size).toBe(0);
    expect(lockedIds({ ...draft, baseVersion: 0 }).size).toBe(0);
  });

  it('moves, numbers and finds rows', () => {
    const [first, second] = [rowOf(item('a', '甲')), rowOf(item('b', '乙', '另一局'))];
    const rows = [first, second];
    expect(moved(rows, second.uid, -1).map((row) => row.id)).toEqual(['b', 'a']);
    expect(moved(rows, first.uid, -1).map((row) => row.id)).toEqual(['a', 'b']);
    expect(renumbered(rows, new Set(['a'])).map((row) => row.number)).toEqual(['', '2']);
    expect(matching(rows, '另一').map((row) => row.id)).toEqual(['b']);
    expect(matching(rows, ' ')).toHaveLength(2);
  });

  it('knows tables from words, counts from letters, and free keys', () => {
    expect(isTable('甲\t乙')).toBe(true);
    expect(isTable('甲\n乙\n')).toBe(true);
    expect(isTable('甲乙\n')).toBe(false);
    expect(countOf('105')).toBe(105);
    expect(countOf('')).toBeNull();
    expect(countOf('-3')).toBeNull();
    expect(newKey('g', [{ key: 'g1' }, { key: 'g3' }])).toBe('g2');
  });

  it('puts chosen counts where the person said, and leaves the rest alone', () => {
    const head = {
      title: '清单',
      artefacts: [],
      declaredTotal: null,
      declaredOffices: 9,
      modes: [{ name: '直接下放', declaredCount: null }],
      groups: [
        {
          key: 'g1',
          name: '章贡区',
          regionIds: [],
          declaredCount: null,
          reading: null,
          placement: null,
        },
      ],
      locked: false,
      items: [],
    };
    const stated = withCounts(head, [
      { number: 105, use: 'total', name: '' },
      { number: 76, use: 'mode:直接下放', name: '' },
      { number: 29, use: 'newMode', name: ' 实质性审核 ' },
      { number: 21, use: 'group:g1', name: '' },
    ]);
    expect(stated.declaredTotal).toBe(105);
    expect(stated.declaredOffices).toBe(9);
    expect(stated.modes).toEqual([
      { name: '直接下放', declaredCount: 76 },
      { name: '实质性审核', declaredCount: 29 },
    ]);
    expect(stated.groups[0]?.declaredCount).toBe(21);
    expect(stated.groups[0]?.placement).toBeNull();
    expect(withCounts(head, [])).toEqual(head);
  });
});
