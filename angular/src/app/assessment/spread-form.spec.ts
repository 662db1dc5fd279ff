import { TestBed } from '@angular/core/testing';
import { provideNativeDateAdapter } from '@angular/material/core';
import { Api } from '@api/api';
import { callThirdAssessor, listAssessorCandidates, moderateAssessment } from '@api/functions';
import { AssessmentDto } from '@api/models';
import { Confirm } from '@ui';
import { provideTexts } from '../../testing/texts';
import { SpreadForm } from './spread-form';

const assessment = (assessors: number, thirdRule: string | null = null) =>
  ({
    id: 'a1',
    regionName: '南通市',
    themeTitle: '容缺受理',
    concurrencyStamp: 'stamp',
    outcome: {
      assessors: Array.from({ length: assessors }, () => ({})),
      thirdScoreRule: 'Closest',
      thirdRule,
    },
  }) as unknown as AssessmentDto;

describe('SpreadForm', () => {
  const invoke = vi.fn();
  const decided = vi.fn();

  async function open(assessors = 2, thirdRule: string | null = null) {
    const fixture = TestBed.createComponent(SpreadForm);
    fixture.componentRef.setInput('assessment', assessment(assessors, thirdRule));
    fixture.componentInstance.decided.subscribe(decided);
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    const settle = async () => {
      await new Promise((resolve) => setTimeout(resolve));
      await fixture.whenStable();
    };
    const choose = async (way: string) => {
      const select = host.querySelector('select');
      if (select) {
        select.value = way;
        select.dispatchEvent(new Event('change'));
      }
      await settle();
    };
    const submit = async () => {
      host.querySelector<HTMLButtonElement>('button[type=submit]')?.click();
      await settle();
    };
    return { host, choose, submit, settle };
  }

  beforeEach(() => {
    invoke.mockReset();
    decided.mockReset();
    invoke.mockImplementation((operation: unknown) =>
      Promise.resolve(
        operation === listAssessorCandidates
          ? [
              { id: 'x', name: '甲', hasConflict: false, openSheets: 0, isOnPanel: true },
              { id: 'y', name: '乙', hasConflict: true, openSheets: 0, isOnPanel: false },
              { id: 'z', name: '丙', hasConflict: false, openSheets: 0, isOnPanel: false },
            ]
          : assessment(2),
      ),
    );
    TestBed.configureTestingModule({
      providers: [
        provideTexts(),
        provideNativeDateAdapter(),
        { provide: Api, useValue: { invoke } },
        { provide: Confirm, useValue: { ask: () => Promise.resolve({ reason: '' }) } },
      ],
    });
  });

  it('offers those who are not on the panel and have no conflict, and calls in the one chosen', async () => {
    const { host, choose, submit, settle } = await open();
    await choose('Third');
    const radios = [...host.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    expect(radios.map((radio) => radio.disabled)).toEqual([true, true, false]);
    await submit();
    expect(invoke).not.toHaveBeenCalledWith(callThirdAssessor, expect.anything());
    radios[2]?.click();
    await settle();
    await submit();
    expect(invoke).toHaveBeenCalledWith(callThirdAssessor, {
      id: 'a1',
      body: { assessorId: 'z', dueOn: null, concurrencyStamp: 'stamp' },
    });
    expect(decided).toHaveBeenCalledOnce();
  });

  it('wants minutes for a moderation', async () => {
    const { host, choose, submit } = await open();
    await choose('Moderation');
    await submit();
    expect(invoke).not.toHaveBeenCalledWith(moderateAssessment, expect.anything());
    const minutes = host.querySelector('textarea');
    if (minutes) {
      minutes.value = '会商后维持评分。';
      minutes.dispatchEvent(new Event('input'));
    }
    await submit();
    expect(invoke).toHaveBeenCalledWith(moderateAssessment, {
      id: 'a1',
      body: { minutes: '会商后维持评分。', concurrencyStamp: 'stamp' },
    });
  });

  it('offers a further assessor to a larger panel too, and says by which rule the scores are put together', async () => {
    const { host, choose } = await open(5);
    expect([...host.querySelectorAll('option')].map((option) => option.value)).toEqual([
      '',
      'Third',
      'Moderation',
    ]);
    await choose('Third');
    expect(host.textContent).toContain('assessment.spread.rule.Closest');
  });

  it('leaves it to a moderation once a further assessor has scored', async () => {
    const { host } = await open(4, 'Closest');
    expect([...host.querySelectorAll('option')].map((option) => option.value)).toEqual(['', 'Moderation']);
  });
});
