import { DashboardDto } from '@api/models/dashboard-dto';
import { DashboardPilotDto } from '@api/models/dashboard-pilot-dto';

export function aPilot(facts: Partial<DashboardPilotDto>): DashboardPilotDto {
  return {
    id: 'p1',
    partName: null,
    status: 'Running',
    outcome: null,
    light: 'Green',
    dueDate: '2026-12-31',
    submittedOn: null,
    result: null,
    ...facts,
  };
}

/** Two themes in one city: two pilots of the first, one part's pilot of the second. */
export function aDashboard(): DashboardDto {
  return {
    programme: {
      id: 'programme-1',
      title: '示范试点工作方案',
      documentNumber: '示政务办发〔2026〕1号',
      issuingBody: '省政务办',
      issuerName: '江苏省',
      status: 'Published',
      issueDate: '2026-07-20',
      dueDate: '2026-12-31',
      duePrecision: 'Month',
      isDueSoft: true,
    },
    asOf: '2026-11-21',
    isWhole: true,
    totals: { total: 3, green: 2, yellow: 0, amber: 0, red: 1 },
    withdrawn: 1,
    statuses: [
      { status: 'Running', count: 2 },
      { status: 'Submitted', count: 1 },
    ],
    achievements: {
      concluded: 0,
      certified: 0,
      completed: 0,
      notPassed: 0,
      resultsPublished: 0,
      practices: 0,
      adoptions: 0,
    },
    timeliness: { onTime: 1, late: 0, rate: 1 },
    themes: [
      {
        id: 't1',
        order: 1,
        number: '1.',
        title: '容缺受理',
        totals: { total: 2, green: 1, yellow: 0, amber: 0, red: 1 },
      },
      {
        id: 't2',
        order: 2,
        number: '2.',
        title: '考核评价',
        totals: { total: 1, green: 1, yellow: 0, amber: 0, red: 0 },
      },
    ],
    regions: [
      {
        id: 'r1',
        name: '南通市',
        shortName: '南通',
        totals: { total: 3, green: 2, yellow: 0, amber: 0, red: 1 },
      },
    ],
    cells: [
      {
        themeId: 't1',
        regionId: 'r1',
        pilots: [aPilot({ light: 'Red' }), aPilot({ id: 'p2', status: 'Submitted' })],
      },
      { themeId: 't2', regionId: 'r1', pilots: [aPilot({ id: 'p3', partName: '如皋市' })] },
    ],
    mapAdcode: null,
    areas: [
      {
        regionId: 'r1',
        name: '南通市',
        shortName: '南通',
        adcode: '320600',
        total: 3,
        submitted: 1,
        share: 0.3333,
      },
    ],
  };
}
