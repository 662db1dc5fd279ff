import { describe, expect, it } from 'vitest';
import { MatrixCellDto } from '@api/models/matrix-cell-dto';
import { matrixCell } from './matrix-cells';

const words = {
  assigned: '已确定',
  claim: { Submitted: '待定', Declined: '未同意' },
  opinions: (a: number, b: number, c: number) => `${a}/${b}/${c}`,
};
const cell: MatrixCellDto = {
  themeId: 't',
  regionId: 'r',
  claimId: 'c',
  claimStatus: 'Submitted',
  supports: 1,
  neutrals: 0,
  objections: 2,
  assignments: [],
};

describe('matrix cell', () => {
  it('shows a claim that waits, with the number of opinions', () => {
    expect(matrixCell(cell, words)).toEqual({
      rowId: 't',
      columnId: 'r',
      light: 'Amber',
      text: '待定 3',
      description: '1/0/2',
    });
  });

  it('shows the assignment rather than the claim', () => {
    const assigned = matrixCell({ ...cell, claimStatus: 'Declined', assignments: [{} as never] }, words);
    expect(assigned.text).toBe('已确定');
    expect(assigned.light).toBe('Green');
  });

  it('has no light for a claim that was declined', () => {
    expect(matrixCell({ ...cell, claimStatus: 'Declined', supports: 0, objections: 0 }, words)).toMatchObject(
      {
        light: 'None',
        text: '未同意',
      },
    );
  });
});
