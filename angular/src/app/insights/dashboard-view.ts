import { DashboardCellDto } from '@api/models/dashboard-cell-dto';
import { DashboardDto } from '@api/models/dashboard-dto';
import { DashboardPilotDto } from '@api/models/dashboard-pilot-dto';
import { DashboardProgrammeDto } from '@api/models/dashboard-programme-dto';
import { StatusLight } from '@api/models/status-light';
import { Language, formatDate, formatNumber, formatPercent } from '@core';
import { ChartTable, Definition, MatrixCell, MatrixHeading } from '@ui';
import type { EChartsCoreOption } from 'echarts/core';

/** Translates a text key. */
export type Translate = (key: string, values?: Record<string, unknown>) => string;

export interface MatrixView {
  readonly rows: readonly MatrixHeading[];
  readonly columns: readonly MatrixHeading[];
  readonly cells: readonly MatrixCell[];
}

/** In the order in which a leader wants to know of them. */
export const LIGHTS: readonly StatusLight[] = ['Red', 'Amber', 'Yellow', 'Green'];

/** Charts paint on a canvas of their own, beyond the reach of custom properties; dark enough on white. */
const LIGHT_COLOURS: Readonly<Record<StatusLight, string>> = {
  Red: '#b3261e',
  Amber: '#c77700',
  Yellow: '#a89000',
  Green: '#1a6b38',
};

/**
 * What to show when nobody has chosen: the programme that is due next, since one that still calls for claims has
 * nothing to show yet; otherwise the newest.
 */
export function preferredOf(
  programmes: readonly DashboardProgrammeDto[],
  today: string,
): DashboardProgrammeDto | undefined {
  const open = programmes.filter(
    (programme) =>
      programme.status === 'Published' && programme.dueDate !== null && programme.dueDate >= today,
  );
  return open.sort((a, b) => (a.dueDate ?? '').localeCompare(b.dueDate ?? ''))[0] ?? programmes[0];
}

export function worstLight(pilots: readonly DashboardPilotDto[]): StatusLight {
  return LIGHTS.find((light) => pilots.some((pilot) => pilot.light === light)) ?? 'Green';
}

/** Where a pilot stands, in two to four characters: its outcome once it is over. */
export function stateText(pilot: DashboardPilotDto, t: Translate): string {
  return pilot.status === 'Concluded' && pilot.outcome
    ? t('insights.outcome.' + pilot.outcome)
    : t('insights.status.' + pilot.status);
}

function cellText(cell: DashboardCellDto, t: Translate): string {
  const [first] = cell.pilots;
  if (!first || cell.pilots.length > 1) {
    return t('insights.cell.several', { count: cell.pilots.length });
  }
  const state = stateText(first, t);
  return first.partName ? t('insights.cell.part', { state, part: first.partName }) : state;
}

export function matrixOf(dashboard: DashboardDto, t: Translate): MatrixView {
  return {
    rows: dashboard.themes.map((theme) => ({
      id: theme.id,
      text: `${theme.order} ${theme.title}`,
      title: `${theme.number} ${theme.title}`.trim(),
    })),
    columns: dashboard.regions.map((region) => ({
      id: region.id,
      text: region.shortName,
      title: region.name,
    })),
    cells: dashboard.cells.map((cell) => ({
      rowId: cell.themeId,
      columnId: cell.regionId,
      light: worstLight(cell.pilots),
      text: cellText(cell, t),
      count: cell.pilots.length,
    })),
  };
}

/** What the card of a cell says of one pilot. */
export function factsOf(pilot: DashboardPilotDto, t: Translate, language: Language): Definition[] {
  const facts: Definition[] = [
    { term: t('insights.fact.state'), text: stateText(pilot, t) },
    { term: t('insights.fact.due'), text: formatDate(pilot.dueDate) },
    { term: t('insights.fact.submitted'), text: formatDate(pilot.submittedOn) },
  ];
  if (pilot.partName) {
    facts.unshift({ term: t('insights.fact.part'), text: pilot.partName });
  }
  if (pilot.result !== null) {
    facts.push({
      term: t('insights.fact.result'),
      text: t('insights.fact.points', { points: formatNumber(pilot.result, language, 2) }),
    });
  }
  return facts;
}

/** Lights by theme, as stacked bars: the first theme on top, as in the notice. */
export function lightsOptions(dashboard: DashboardDto, t: Translate): EChartsCoreOption {
  return {
    grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, selectedMode: false },
    xAxis: { type: 'value', minInterval: 1 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: dashboard.themes.map((theme) => `${theme.order} ${theme.title}`),
      axisLabel: { width: 150, overflow: 'truncate' },
    },
    series: LIGHTS.map((light) => ({
      type: 'bar',
      stack: 'lights',
      name: t('ui.light.' + light.toLowerCase()),
      itemStyle: { color: LIGHT_COLOURS[light] },
      emphasis: { disabled: true },
      data: dashboard.themes.map((theme) => theme.totals[lower(light)]),
    })),
  };
}

/** The same figures as the bars, with a last line in which they add up. */
export function lightsTable(dashboard: DashboardDto, t: Translate): ChartTable {
  const line = (name: string, totals: DashboardDto['totals']) => [
    name,
    ...LIGHTS.map((light) => totals[lower(light)]),
    totals.total,
  ];
  return {
    headings: [
      t('insights.matrix.corner'),
      ...LIGHTS.map((light) => t('ui.light.' + light.toLowerCase())),
      t('insights.total'),
    ],
    rows: [
      ...dashboard.themes.map((theme) => line(`${theme.order} ${theme.title}`, theme.totals)),
      line(t('insights.total'), dashboard.totals),
    ],
  };
}

/** Progress by area, with a last line in which the counts add up. */
export function areasTable(dashboard: DashboardDto, t: Translate, language: Language): ChartTable {
  const total = dashboard.areas.reduce((sum, area) => sum + area.total, 0);
  const submitted = dashboard.areas.reduce((sum, area) => sum + area.submitted, 0);
  return {
    headings: [
      t('insights.map.region'),
      t('insights.map.pilots'),
      t('insights.map.submitted'),
      t('insights.map.share'),
    ],
    rows: [
      ...dashboard.areas.map((area) => [
        area.name,
        area.total,
        area.submitted,
        shareText(area.share, language),
      ]),
      [t('insights.total'), total, submitted, shareText(total === 0 ? null : submitted / total, language)],
    ],
  };
}

/** A dash where there is nothing to divide: 0% would claim that somebody is behind. */
export function shareText(share: number | null, language: Language): string {
  return share === null ? '—' : formatPercent(share, language, 0);
}

function lower(light: StatusLight): 'red' | 'amber' | 'yellow' | 'green' {
  return light.toLowerCase() as 'red' | 'amber' | 'yellow' | 'green';
}
