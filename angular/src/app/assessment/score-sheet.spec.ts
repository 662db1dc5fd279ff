import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { Api } from '@api/api';
import { getScoreSheet, saveScoreSheet, submitScoreSheet } from '@api/functions';
import { SheetDto } from '@api/models';
import { Confirm } from '@ui';
import { provideTexts } from '../../testing/texts';
import { ScoreSheetPage } from './score-sheet';

const SHEET: SheetDto = {
  id: 's1',
  pilotId: 'p1',
  themeTitle: '容缺受理',
  regionName: '南通市',
  partName: null,
  schemeName: '成效评估',
  schemeVersion: 1,
  dueOn: null,
  isSubmitted: false,
  submittedAt: null,
  comment: '',
  selfAssessment: '',
  selfAssessedAt: null,
  selfEntries: [],
  recusedAt: null,
  total: 0,
  deliverables: [],
  concurrencyStamp: 'stamp-1',
  indicators: [
    {
      key: 'a',
      group: '成果',
      name: '完整性',
      guidance: '',
      weight: 60,
      maxPoints: 10,
      points: null,
      comment: '',
    },
    {
      key: 'b',
      group: '成果',
      name: '可复制性',
      guidance: '',
      weight: 40,
      maxPoints: 20,
      points: null,
      comment: '',
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

describe('ScoreSheetPage', () => {
  const invoke = vi.fn();
  const ask = vi.fn();
  const argumentOf = (operation: unknown): unknown =>
    invoke.mock.calls.find(([called]) => called === operation)?.[1];

  async function open() {
    const fixture = TestBed.createComponent(ScoreSheetPage);
    fixture.componentRef.setInput('id', 's1');
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    const type = async (index: number, text: string) => {
      const input = find<HTMLInputElement>(host, `#points-${index}`);
      input.value = text;
      input.dispatchEvent(new Event('input'));
      await fixture.whenStable();
    };
    const submit = async () => {
      find<HTMLButtonElement>(host, 'button.primary').click();
      await new Promise((resolve) => setTimeout(resolve));
      await fixture.whenStable();
    };
    return { host, type, submit };
  }

  beforeEach(() => {
    invoke.mockReset();
    ask.mockReset();
    invoke.mockImplementation((operation: unknown) => {
      if (operation === getScoreSheet) {
        return Promise.resolve(SHEET);
      }
      return operation === saveScoreSheet
        ? Promise.resolve({
            id: 's1',
            concurrencyStamp: 'stamp-2',
            total: 80,
            savedAt: '2023-06-01T00:00:00Z',
          })
        : Promise.resolve({ ...SHEET, isSubmitted: true, concurrencyStamp: 'stamp-3' });
    });
    TestBed.configureTestingModule({
      providers: [
        provideTexts(),
        provideRouter([]),
        { provide: Api, useValue: { invoke } },
        { provide: Confirm, useValue: { ask } },
      ],
    });
  });

  afterEach(() => {
    localStorage.clear();
  });

  it('shows the weighted total while typing', async () => {
    const { host, type } = await open();
    await type(0, '8');
    await type(1, '16');
    expect(find(host, '.total strong').textContent).toContain('80');
  });

  it('refuses to submit with gaps and asks nobody', async () => {
    const { host, type, submit } = await open();
    await type(0, '8');
    await submit();
    expect(ask).not.toHaveBeenCalled();
    expect(host.querySelector('#points-1-error')).not.toBeNull();
    expect(host.querySelector('#points-0-error')).toBeNull();
  });

  it('marks points out of range at their field', async () => {
    const { host, type } = await open();
    await type(1, '20.5');
    expect(find(host, '#points-1').getAttribute('aria-invalid')).toBe('true');
  });

  it('submits what stands in the form, with the stamp of its own save', async () => {
    ask.mockResolvedValue({ reason: '' });
    const { type, submit } = await open();
    await type(0, '8');
    await type(1, '16');
    await submit();
    const save = argumentOf(saveScoreSheet);
    expect(
      (save as { body: { entries: { points: number }[] } }).body.entries.map((entry) => entry.points),
    ).toEqual([8, 16]);
    const sent = argumentOf(submitScoreSheet);
    expect((sent as { body: { concurrencyStamp: string } }).body.concurrencyStamp).toBe('stamp-2');
  });

  it('does not submit when the person thinks better of it', async () => {
    ask.mockResolvedValue(null);
    const { type, submit } = await open();
    await type(0, '8');
    await type(1, '16');
    await submit();
    expect(invoke.mock.calls.some(([operation]) => operation === submitScoreSheet)).toBe(false);
  });

  it('shows what the region says of itself beside the indicator, read only', async () => {
    invoke.mockResolvedValueOnce({
      ...SHEET,
      selfAssessment: '按期完成。',
      selfAssessedAt: '2023-06-02T02:00:00Z',
      selfEntries: [
        {
          indicatorKey: 'b',
          group: null,
          name: '可复制性',
          guidance: '',
          weight: 40,
          maxPoints: 20,
          points: 18,
          remark: '已有采用',
          links: ['https://a.gov.cn'],
        },
      ],
    });
    const { host } = await open();
    const shown = host.querySelectorAll('.self');
    expect(shown).toHaveLength(1);
    expect(shown[0]?.closest('fieldset')?.querySelector('#points-1')).not.toBeNull();
    expect(shown[0]?.textContent).toContain('已有采用');
    expect(shown[0]?.querySelector('a')?.rel).toBe('noopener noreferrer');
    expect(shown[0]?.querySelector('input, textarea')).toBeNull();
  });
});
