import { DashboardDto } from '@api/models/dashboard-dto';
import { DashboardPilotDto } from '@api/models/dashboard-pilot-dto';
import {
  areasTable,
  factsOf,
  lightsTable,
  matrixOf,
  shareText,
  stateText,
  worstLight,
} from './dashboard-view';
import { levelOf } from './progress-map';
import { named } from './province-maps';
import { aDashboard, aPilot } from './dashboard.testing';

const say = (key: string, values?: Record<string, unknown>) =>
  values ? `${key} ${Object.values(values).join('|')}` : key;

describe('dashboard view', () => {
  it('shows a pilot by its state, a concluded one by its outcome, a part by its name', () => {
    expect(stateText(aPilot({ status: 'Running' }), say)).toBe('insights.status.Running');
    expect(stateText(aPilot({ status: 'Concluded', outcome: 'Certified' }), say)).toBe(
      'insights.outcome.Certified',
    );
    const { cells } = matrixOf(aDashboard(), say);
    expect(cells.find((cell) => cell.rowId === 't2')?.text).toBe(
      'insights.cell.part insights.status.Running|如皋市',
    );
  });

  it('gives a cell of several pilots their number and the worst light', () => {
    const cell = matrixOf(aDashboard(), say).cells.find((candidate) => candidate.rowId === 't1');
    expect(cell).toMatchObject({ light: 'Red', text: 'insights.cell.several 2', count: 2 });
  });

  it.each([
    [['Green', 'Yellow'], 'Yellow'],
    [['Yellow', 'Amber'], 'Amber'],
    [['Green', 'Red', 'Amber'], 'Red'],
    [['Green'], 'Green'],
  ] as const)('takes of %s the light %s', (lights, worst) => {
    expect(worstLight(lights.map((light) => aPilot({ light })))).toBe(worst);
  });

  it('adds up in every table', () => {
    const dashboard: DashboardDto = aDashboard();
    for (const { rows } of [lightsTable(dashboard, say), areasTable(dashboard, say, 'zh-Hans')]) {
      const body = rows.slice(0, -1);
      const last = rows[rows.length - 1];
      expect(body.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(last?.[1]);
    }
    const lights = lightsTable(dashboard, say).rows;
    expect(lights[0]?.slice(1)).toEqual([1, 0, 0, 1, 2]);
    expect(lights[lights.length - 1]?.[5]).toBe(dashboard.totals.total);
  });

  it('says nothing of a result before it is published, and no share where there is nothing to divide', () => {
    const terms = (pilot: DashboardPilotDto) => factsOf(pilot, say, 'zh-Hans').map((fact) => fact.term);
    expect(terms(aPilot({}))).not.toContain('insights.fact.result');
    expect(terms(aPilot({ result: 0 }))).toContain('insights.fact.result');
    expect(shareText(null, 'zh-Hans')).toBe('—');
    expect(shareText(0.5, 'zh-Hans')).toBe('50%');
  });

  it('opens with the programme that is due next, else with the newest', () => {
    const programme = (id: string, dueDate: string | null, status: 'Published' | 'Closed' = 'Published') => ({
      ...aDashboard().programme,
      id,
      dueDate,
      status,
    });
    const newest = programme('newest', '2027-05-01');
    const next = programme('next', '2026-12-31');
    const over = programme('over', '2026-01-31');
    const closed = programme('closed', '2026-12-01', 'Closed');
    expect(preferredOf([newest, next, closed, over], '2026-11-21')?.id).toBe('next');
    expect(preferredOf([over, programme('undated', null)], '2026-11-21')?.id).toBe('over');
    expect(preferredOf([], '2026-11-21')).toBeUndefined();
  });

  it.each([
    [null, 'none'],
    [0, 'zero'],
    [0.49, 'some'],
    [0.5, 'most'],
    [0.99, 'most'],
    [1, 'all'],
  ] as const)('shades a share of %s as %s', (share, level) => {
    expect(
      levelOf({ regionId: 'r', name: '', shortName: '', adcode: null, total: 1, submitted: 0, share }),
    ).toBe(level);
  });

  it('names the shapes of a map by code, and leaves those of others as they are', () => {
    const shapes = {
      features: [
        { id: '320600', properties: { name: 'Nantong' } },
        { id: '321000', properties: { name: '扬州市' } },
      ],
    };
    expect(named(shapes, aDashboard().areas).features.map((feature) => feature.properties.name)).toEqual([
      '南通',
      '扬州市',
    ]);
  });
});
