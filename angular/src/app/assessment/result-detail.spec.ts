import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { Api } from '@api/api';
import {
  getAssessment,
  getAssessmentResult,
  raiseObjection,
  ruleOnObjection,
  withdrawObjection,
} from '@api/functions';
import { AssessmentDto, ObjectionDto, ResultDto } from '@api/models';
import { SessionService } from '@core';
import { Confirm } from '@ui';
import { provideTexts } from '../../testing/texts';
import { ResultDetailPage } from './result-detail';

const INDICATORS = [
  {
    key: 'a',
    group: '成果',
    name: '完整性',
    weight: 60,
    maxPoints: 10,
    mean: 8.5,
    originalMean: null,
    comments: [],
  },
  {
    key: 'b',
    group: '成果',
    name: '可复制性',
    weight: 40,
    maxPoints: 20,
    mean: 17,
    originalMean: null,
    comments: [],
  },
];

const RESULT: ResultDto = {
  id: 'r1',
  assessmentId: 'a1',
  pilotId: 'p1',
  programmeId: 'g1',
  themeTitle: '容缺受理',
  regionId: 'nt',
  regionName: '南通市',
  partName: null,
  schemeName: '成效评估',
  schemeVersion: 1,
  passMark: 60,
  total: 85,
  passed: true,
  originalTotal: null,
  originalPassed: null,
  comment: '达到预期。',
  publishedAt: '2023-06-01T02:00:00Z',
  state: 'Open',
  finalAt: null,
  objectionsUntil: '2023-06-08',
  objectionsUntilIsProvisional: false,
  workingDaysLeft: 5,
  isOwn: true,
  isIssuer: false,
  objection: null,
  indicators: INDICATORS,
  assessorComments: [],
  concurrencyStamp: 'result-stamp',
};

const OBJECTION: ObjectionDto = {
  id: 'o1',
  state: 'Waiting',
  reason: '请复核。',
  points: [{ indicatorKey: 'b', indicatorName: '可复制性', reason: '已有三个地区采用。' }],
  files: [],
  raisedAt: '2023-06-02T02:00:00Z',
  raisedByName: '张敏',
  rulingDueOn: '2023-06-16',
  ruling: null,
  rulingText: '',
  ruledAt: null,
  ruledByName: '',
  withdrawnAt: null,
  withdrawnByName: '',
  concurrencyStamp: 'objection-stamp',
};

const OUTCOME = {
  outcome: {
    total: 85,
    passes: true,
    passMark: 60,
    spread: 10,
    spreadThreshold: 15,
    spreadAlarm: false,
    spreadNote: '会商后维持评分。',
    thirdScoreRule: 'Closest',
    thirdRule: 'Closest',
    assessors: [
      { assessorId: 'x', name: '甲', total: 20, isThird: false, isExcluded: true, comment: '' },
      { assessorId: 'y', name: '乙', total: 90, isThird: false, isExcluded: false, comment: '' },
      { assessorId: 'z', name: '丙', total: 80, isThird: true, isExcluded: false, comment: '' },
    ],
    indicators: [
      {
        ...INDICATORS[0],
        points: [
          { assessorId: 'x', points: 2, comment: '' },
          { assessorId: 'y', points: 9, comment: '' },
          { assessorId: 'z', points: 8, comment: '' },
        ],
      },
      {
        ...INDICATORS[1],
        points: [
          { assessorId: 'x', points: 4, comment: '' },
          { assessorId: 'y', points: 18, comment: '' },
          { assessorId: 'z', points: 16, comment: '' },
        ],
      },
    ],
  },
} as unknown as AssessmentDto;

/** The element, or a failure that says which one is missing. */
function find<T extends Element>(host: Element, selector: string): T {
  const found = host.querySelector<T>(selector);
  if (!found) {
    throw new Error(`There is no ${selector}.`);
  }
  return found;
}

describe('ResultDetailPage', () => {
  const invoke = vi.fn();
  const ask = vi.fn();
  let permissions: string[] = [];
  const argumentOf = (operation: unknown): unknown =>
    invoke.mock.calls.find(([called]) => called === operation)?.[1];

  async function open(result: ResultDto) {
    invoke.mockImplementation((operation: unknown) =>
      Promise.resolve(operation === getAssessment ? OUTCOME : result),
    );
    const fixture = TestBed.createComponent(ResultDetailPage);
    fixture.componentRef.setInput('id', 'r1');
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    const settle = async () => {
      await new Promise((resolve) => setTimeout(resolve));
      await fixture.whenStable();
    };
    const fill = async (selector: string, text: string, event = 'input') => {
      const field = find<HTMLInputElement>(host, selector);
      field.value = text;
      field.dispatchEvent(new Event(event));
      await settle();
    };
    const press = async (selector: string) => {
      find<HTMLElement>(host, selector).click();
      await settle();
    };
    return { fixture, host, fill, press, settle };
  }

  beforeEach(() => {
    invoke.mockReset();
    ask.mockReset();
    ask.mockResolvedValue({ reason: '' });
    permissions = ['Assessment.View', 'Assessment.RaiseObjection'];
    TestBed.configureTestingModule({
      providers: [
        provideTexts(),
        provideRouter([]),
        { provide: Api, useValue: { invoke } },
        { provide: Confirm, useValue: { ask } },
        {
          provide: SessionService,
          useValue: { can: (permission: string) => permissions.includes(permission) },
        },
      ],
    });
  });

  it('lets the region object while it may: with reasons for the indicators chosen, and the stamp it read', async () => {
    const { host, fill, press } = await open(RESULT);
    await press('button.primary');
    await fill('#objection-form textarea', '指标口径不一致。');
    await press('fieldset > div:nth-of-type(2) input[type=checkbox]');
    await press('#objection-form button[type=submit]');
    expect(argumentOf(raiseObjection)).toBeUndefined();
    expect(host.querySelectorAll('fieldset .error')).toHaveLength(1);

    await fill('fieldset textarea', '已有三个地区采用。');
    await press('#objection-form button[type=submit]');
    expect(argumentOf(raiseObjection)).toEqual({
      id: 'r1',
      body: {
        reason: '指标口径不一致。',
        points: [{ indicatorKey: 'b', reason: '已有三个地区采用。' }],
        fileIds: [],
        concurrencyStamp: 'result-stamp',
      },
    });
  });

  it('keeps what was typed when the person does not confirm', async () => {
    ask.mockResolvedValue(null);
    const { host, fill, press, fixture } = await open(RESULT);
    await press('button.primary');
    await fill('#objection-form textarea', '指标口径不一致。');
    await press('#objection-form button[type=submit]');
    expect(argumentOf(raiseObjection)).toBeUndefined();
    expect(find<HTMLTextAreaElement>(host, '#objection-form textarea').value).toBe('指标口径不一致。');
    expect(fixture.componentInstance.hasUnsavedChanges()).toBe(true);
  });

  it.each([
    ['the issuer', { isOwn: false, isIssuer: true }],
    ['a region whose time is over', { state: 'WindowOver' as const }],
    ['a region whose result is final', { state: 'Final' as const, finalAt: '2023-06-09T02:00:00Z' }],
  ])('offers no objection to %s', async (_, change) => {
    const { host } = await open({ ...RESULT, ...change });
    expect(host.querySelector('button.primary')).toBeNull();
  });

  it('offers no objection without the permission', async () => {
    permissions = ['Assessment.View'];
    const { host } = await open(RESULT);
    expect(host.querySelector('button.primary')).toBeNull();
  });

  it('withdraws with the stamp of the objection', async () => {
    const { press } = await open({ ...RESULT, state: 'UnderObjection', objection: OBJECTION });
    await press('section button.button');
    expect(argumentOf(withdrawObjection)).toEqual({
      id: 'r1',
      body: { concurrencyStamp: 'objection-stamp' },
    });
  });

  it('rules with the new points only, and shows the total that comes of the sheets that count', async () => {
    permissions = ['Assessment.View', 'Assessment.Rule'];
    const { host, fill, press } = await open({
      ...RESULT,
      isOwn: false,
      isIssuer: true,
      state: 'UnderObjection',
      objection: OBJECTION,
    });
    await fill('app-ruling-form select', 'Upheld', 'change');
    await fill('#ruled-1', '20.5');
    await fill('app-ruling-form textarea', '采用情况属实。');
    await press('app-ruling-form button[type=submit]');
    expect(host.querySelector('#ruled-1-error')).not.toBeNull();
    expect(argumentOf(ruleOnObjection)).toBeUndefined();

    await fill('#ruled-1', '19.5');
    expect(find(host, 'app-ruling-form tfoot strong').textContent).toContain('90');
    await press('app-ruling-form button[type=submit]');
    expect(argumentOf(ruleOnObjection)).toEqual({
      id: 'r1',
      body: {
        ruling: 'Upheld',
        text: '采用情况属实。',
        points: [{ indicatorKey: 'b', points: 19.5 }],
        concurrencyStamp: 'objection-stamp',
      },
    });
  });

  it('does not take an adjustment that changes nothing', async () => {
    permissions = ['Assessment.View', 'Assessment.Rule'];
    const { fill, press } = await open({
      ...RESULT,
      isOwn: false,
      isIssuer: true,
      state: 'UnderObjection',
      objection: OBJECTION,
    });
    await fill('app-ruling-form select', 'Upheld', 'change');
    await fill('#ruled-0', '8.5');
    await fill('app-ruling-form textarea', '核对无误。');
    await press('app-ruling-form button[type=submit]');
    expect(argumentOf(ruleOnObjection)).toBeUndefined();
  });

  it('shows both values of an adjusted result', async () => {
    const { host } = await open({
      ...RESULT,
      total: 90,
      originalTotal: 85,
      originalPassed: true,
      state: 'Final',
      finalAt: '2023-06-12T02:00:00Z',
      indicators: INDICATORS.map((indicator, i) =>
        i === 1 ? { ...indicator, mean: 19.5, originalMean: 17 } : indicator,
      ),
    });
    const totals = [...host.querySelectorAll('tfoot td')].map((cell) => cell.textContent.trim());
    expect(totals.slice(0, 2)).toEqual(['85.00', '90.00']);
    const row = [...host.querySelectorAll('tbody tr')][1];
    expect([...(row?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent.trim())).toContain(
      '19.50',
    );
  });

  it('asks for the result of its address', async () => {
    await open(RESULT);
    expect(argumentOf(getAssessmentResult)).toEqual({ id: 'r1' });
  });
});
