import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { Api } from '@api/api';
import { getSelfAssessment, handInSelfAssessment, saveSelfAssessment } from '@api/functions';
import { SelfAssessmentDto } from '@api/models';
import { SessionService } from '@core';
import { Confirm } from '@ui';
import { provideTexts } from '../../testing/texts';
import { SelfAssessmentPage } from './self-assessment';

const SELF: SelfAssessmentDto = {
  id: 's1',
  pilotId: 'p1',
  programmeId: 'g1',
  themeTitle: '容缺受理',
  regionId: 'nt',
  regionName: '南通市',
  partName: null,
  dueOn: '2023-06-15',
  dueIsProvisional: false,
  schemeName: '成效评估',
  schemeVersion: 1,
  isSchemeSettled: true,
  isOwn: true,
  handedInAt: null,
  handedInByName: '',
  summary: '',
  total: 0,
  concurrencyStamp: 'stamp-1',
  entries: [
    {
      indicatorKey: 'a',
      group: '成果',
      name: '完整性',
      guidance: '',
      weight: 60,
      maxPoints: 10,
      points: null,
      remark: '',
      links: [],
    },
  ],
};

/** The element, or a failure that says which one is missing. */
function find<T extends Element>(host: Element, selector: string): T {
  const found = host.querySelector<T>(selector);
  if (!found) {
    throw new Error(`There is no ${selector}.`);
  }
  return found;
}

describe('SelfAssessmentPage', () => {
  const invoke = vi.fn();
  const ask = vi.fn();
  const calls = (operation: unknown): unknown[] =>
    invoke.mock.calls.filter(([called]) => called === operation).map(([, argument]) => argument as unknown);

  async function open(self: SelfAssessmentDto = SELF) {
    invoke.mockImplementation((operation: unknown) => {
      switch (operation) {
        case saveSelfAssessment:
          return Promise.resolve({ id: 's1', concurrencyStamp: 'stamp-2', total: 54, savedAt: '' });
        case handInSelfAssessment:
          return Promise.resolve({ ...self, handedInAt: '2023-06-02T02:00:00Z', handedInByName: '张敏' });
        default:
          return Promise.resolve(self);
      }
    });
    const fixture = TestBed.createComponent(SelfAssessmentPage);
    fixture.componentRef.setInput('id', 's1');
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    const type = async (selector: string, text: string) => {
      const field = find<HTMLInputElement>(host, selector);
      field.value = text;
      field.dispatchEvent(new Event('input'));
      await fixture.whenStable();
    };
    const handIn = async () => {
      find<HTMLButtonElement>(host, 'button.primary').click();
      await new Promise((resolve) => setTimeout(resolve));
      await fixture.whenStable();
    };
    return { fixture, host, type, handIn };
  }

  beforeEach(() => {
    localStorage.clear();
    invoke.mockReset();
    ask.mockReset();
    ask.mockResolvedValue({ reason: '' });
    TestBed.configureTestingModule({
      providers: [
        provideTexts(),
        provideRouter([]),
        { provide: Api, useValue: { invoke } },
        { provide: Confirm, useValue: { ask } },
        {
          provide: SessionService,
          useValue: { can: () => true, user: () => ({ id: 'u1' }), isAuthenticated: () => true },
        },
      ],
    });
  });

  it('says what is missing before it is handed in, and sends nothing', async () => {
    const { host, handIn } = await open();
    await handIn();
    expect(host.querySelector('#self-summary-error')).not.toBeNull();
    expect(host.querySelector('#self-points-0-error')).not.toBeNull();
    expect(ask).not.toHaveBeenCalled();
    expect(calls(handInSelfAssessment)).toHaveLength(0);
  });

  it('hands in what was typed last, with the stamp of that save', async () => {
    const { host, type, handIn } = await open();
    await type('#self-summary', '按期完成。');
    await type('#self-points-0', '9');
    await type('#self-remark-0', '齐全');
    await type('#self-links-0', 'https://a.gov.cn\n\nhttps://b.gov.cn');
    await handIn();
    expect(calls(saveSelfAssessment).at(-1)).toEqual({
      id: 's1',
      body: {
        entries: [
          { indicatorKey: 'a', points: 9, remark: '齐全', links: ['https://a.gov.cn', 'https://b.gov.cn'] },
        ],
        summary: '按期完成。',
        concurrencyStamp: 'stamp-1',
      },
    });
    expect(calls(handInSelfAssessment)).toEqual([{ id: 's1', body: { concurrencyStamp: 'stamp-2' } }]);
    expect(host.querySelector('textarea')).toBeNull();
  });

  it('keeps on this device what the server would refuse', async () => {
    const { host, type, fixture } = await open();
    await type('#self-points-0', '10.5');
    expect(host.querySelector('#self-points-0-error')).not.toBeNull();
    expect(fixture.componentInstance.hasUnsavedChanges()).toBe(false);
    await type('#self-points-0', '9');
    expect(fixture.componentInstance.hasUnsavedChanges()).toBe(true);
  });

  it('is read only for whoever is not its region, and once it is handed in', async () => {
    const foreign = await open({ ...SELF, isOwn: false, handedInAt: '2023-06-02T02:00:00Z' });
    expect(foreign.host.querySelector('textarea, input, button.primary')).toBeNull();
    expect(calls(getSelfAssessment)).toHaveLength(1);
  });
});
