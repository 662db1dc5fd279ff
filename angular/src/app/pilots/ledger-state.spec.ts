import { LedgerCellDto, LedgerRowDto, SlotDto } from '@api/models';
import { stateOf, toDecide, toHandIn, withSlot } from './ledger-state';

export function cell(id: string, change: Partial<LedgerCellDto> = {}): LedgerCellDto {
  return {
    id,
    artefactKey: 'plan',
    artefactName: '一案（承接方案）',
    status: 'Open',
    isNotApplicable: false,
    latestVersion: 0,
    handedInAt: null,
    closedInVersion: null,
    concurrencyStamp: `slot-${id}`,
    draftStamp: null,
    isFilled: false,
    ...change,
  };
}

export function row(id: string, slots: LedgerCellDto[]): LedgerRowDto {
  return { id, order: 1, number: id, name: `事项${id}`, officeName: '民政局', mode: null, slots };
}

describe('ledger state', () => {
  it('names a draft that can be handed in, also over a returned version, and nothing of an empty one', () => {
    expect(stateOf(cell('a'))).toBe('Open');
    expect(stateOf(cell('a', { draftStamp: 'd' }))).toBe('Open');
    expect(stateOf(cell('a', { draftStamp: 'd', isFilled: true }))).toBe('Filled');
    expect(stateOf(cell('a', { status: 'Returned' }))).toBe('Returned');
    expect(stateOf(cell('a', { status: 'Returned', draftStamp: 'd', isFilled: true }))).toBe('Refilled');
    expect(stateOf(cell('a', { status: 'HandedIn', closedInVersion: 2 }))).toBe('Closed');
  });

  it('hands in by the draft’s stamp and decides by the slot’s', () => {
    const rows = [
      row('1', [cell('a', { draftStamp: 'd', isFilled: true }), cell('b', { draftStamp: 'e' })]),
      row('2', [
        cell('c', { status: 'HandedIn' }),
        cell('d', { status: 'Confirmed' }),
        cell('e', { status: 'HandedIn', closedInVersion: 2 }),
      ]),
    ];
    expect(toHandIn(rows)).toEqual([{ slotId: 'a', concurrencyStamp: 'd' }]);
    expect(toDecide(rows)).toEqual([{ slotId: 'c', concurrencyStamp: 'slot-c' }]);
  });

  it('changes the one cell of a slot', () => {
    const rows = [row('1', [cell('a'), cell('b')]), row('2', [cell('c')])];
    const slot = {
      id: 'b',
      ledgerItemId: '1',
      status: 'HandedIn',
      isNotApplicable: true,
      latestVersion: 1,
      closedInVersion: null,
      concurrencyStamp: 'new',
      draft: null,
    } as unknown as SlotDto;
    const [first, second] = withSlot(rows, slot);
    expect(first?.slots[0]).toBe(rows[0]?.slots[0]);
    expect(first?.slots[1]).toMatchObject({
      status: 'HandedIn',
      concurrencyStamp: 'new',
      isNotApplicable: true,
    });
    expect(second).toBe(rows[1]);
  });
});
