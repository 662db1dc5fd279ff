import { MatrixCellDto } from '@api/models/matrix-cell-dto';
import { MatrixCell } from '@ui';

/** The words that a cell needs; already translated. */
export interface CellWords {
  readonly assigned: string;
  readonly claim: Readonly<Record<string, string>>;
  readonly opinions: (supports: number, neutrals: number, objections: number) => string;
}

/** A cell of the ui matrix: what was decided comes before what was asked. */
export function matrixCell(cell: MatrixCellDto, words: CellWords): MatrixCell {
  const assigned = cell.assignments.length > 0;
  const text = assigned ? words.assigned : (words.claim[cell.claimStatus ?? ''] ?? '');
  const opinions = cell.supports + cell.neutrals + cell.objections;
  return {
    rowId: cell.themeId,
    columnId: cell.regionId,
    light: assigned ? 'Green' : cell.claimStatus === 'Submitted' ? 'Amber' : 'None',
    text: opinions > 0 && !assigned ? `${text} ${opinions}` : text,
    description: opinions > 0 ? words.opinions(cell.supports, cell.neutrals, cell.objections) : '',
  };
}
