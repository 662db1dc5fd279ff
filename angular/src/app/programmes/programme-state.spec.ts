import { ProgrammeDto } from '@api/models/programme-dto';
import { ReportingDutyDto } from '@api/models/reporting-duty-dto';
import { describe, expect, it } from 'vitest';
import { countsWithParts, programmeDates } from './programme-state';

describe('programme state', () => {
  it('puts parts under their whole', () => {
    const count = { unit: '项', what: '事项' };
    const counts = [
      { ...count, order: 1, number: 105, partOf: null },
      { ...count, order: 2, number: 76, partOf: 1 },
      { ...count, order: 3, number: 10, partOf: null },
    ];
    expect(countsWithParts(counts).map((c) => [c.number, c.parts.map((p) => p.number)])).toEqual([
      [105, [76]],
      [10, []],
    ]);
  });

  it('puts deadlines and duties to report into one order, and adds up what is due', () => {
    const theme = (title: string, date: string | null, regions: number) => ({
      title,
      deadline: date ? { date, precision: 'Day', isSoft: false } : null,
      assignments: Array.from({ length: regions }, () => ({ revokedAt: null })),
      leadOffices: ['市政务办', '市政务办'],
    });
    const programme = {
      title: '通知',
      issueDate: '2023-01-01',
      claimAudience: 'None',
      claimsCloseOn: '2023-01-02',
      deadline: { date: '2023-09-30', precision: 'Day', isSoft: false },
      phases: [{ name: '实施', start: null, end: '2023-06-30' }],
      themes: [theme('一', null, 2), theme('二', null, 1), theme('三', '2023-03-31', 3)],
    } as unknown as ProgrammeDto;
    const duties = [
      { what: '进展情况', dueOn: '2023-05-31' },
      { what: '随时', dueOn: null },
    ] as unknown as ReportingDutyDto[];
    expect(
      programmeDates(programme, duties).map((d) => [d.date, d.kind, d.taskInstances, d.dueSoFar]),
    ).toEqual([
      ['2023-01-01', 'Issued', 0, 0],
      ['2023-03-31', 'Due', 4, 4],
      ['2023-05-31', 'Report', 0, 4],
      ['2023-06-30', 'PhaseEnd', 0, 4],
      ['2023-09-30', 'Due', 5, 9],
    ]);
  });
});
