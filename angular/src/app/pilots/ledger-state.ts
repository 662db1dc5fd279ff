import { LedgerCellDto, LedgerFilter, LedgerRowDto, SlotDto, SlotStampDto } from '@api/models';
import { Tone } from '@ui';

export const LEDGER_FILTERS: readonly LedgerFilter[] = [
  'Open',
  'Filled',
  'HandedIn',
  'Returned',
  'Confirmed',
  'Closed',
];

/** What a cell says: its state, and for the region itself whether something waits to be handed in. */
export type CellState = 'Open' | 'Filled' | 'HandedIn' | 'Returned' | 'Refilled' | 'Confirmed' | 'Closed';

export function stateOf(
  cell: Pick<LedgerCellDto, 'status' | 'isFilled' | 'draftStamp' | 'closedInVersion'>,
): CellState {
  if (cell.closedInVersion !== null) {
    return 'Closed';
  }
  if (cell.draftStamp !== null && cell.isFilled) {
    return cell.status === 'Returned' ? 'Refilled' : 'Filled';
  }
  return cell.status;
}

export function toneOfCell(state: CellState): Tone {
  switch (state) {
    case 'HandedIn':
      return 'active';
    case 'Confirmed':
      return 'good';
    case 'Returned':
    case 'Refilled':
      return 'attention';
    default:
      return 'neutral';
  }
}

/** The chosen rows' drafts that can be handed in: with the drafts' stamps, for it is the drafts that one has seen. */
export function toHandIn(rows: Iterable<LedgerRowDto>): SlotStampDto[] {
  return [...rows]
    .flatMap((row) => row.slots)
    .filter((cell) => ['Filled', 'Refilled'].includes(stateOf(cell)))
    .map((cell) => ({ slotId: cell.id, concurrencyStamp: cell.draftStamp ?? '' }));
}

/** The chosen rows' slots that wait for the issuer. */
export function toDecide(rows: Iterable<LedgerRowDto>): SlotStampDto[] {
  return [...rows]
    .flatMap((row) => row.slots)
    .filter((cell) => stateOf(cell) === 'HandedIn')
    .map((cell) => ({ slotId: cell.id, concurrencyStamp: cell.concurrencyStamp }));
}

/** The rows with one slot as it is now. */
export function withSlot(rows: readonly LedgerRowDto[], slot: SlotDto): LedgerRowDto[] {
  return rows.map((row) =>
    row.id === slot.ledgerItemId
      ? { ...row, slots: row.slots.map((cell) => (cell.id === slot.id ? cellOf(cell, slot) : cell)) }
      : row,
  );
}

function cellOf(cell: LedgerCellDto, slot: SlotDto): LedgerCellDto {
  return {
    ...cell,
    status: slot.status,
    isNotApplicable: slot.isNotApplicable,
    latestVersion: slot.latestVersion,
    closedInVersion: slot.closedInVersion,
    concurrencyStamp: slot.concurrencyStamp,
    draftStamp: slot.draft?.concurrencyStamp ?? null,
    isFilled: slot.draft?.isFilled ?? false,
  };
}
