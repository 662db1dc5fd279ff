import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { Api } from '@api/api';
import { NoticeContent } from '@api/models/notice-content';
import { NoticeOptionsDto } from '@api/models/notice-options-dto';
import { provideTexts } from '../../testing/texts';
import { ChoiceChange, NoticeFlows } from './notice-flows';

const flow = (key: string, name: string) => ({
  key,
  name,
  definitionId: 'd-' + key,
  versionId: 'v-' + key,
  version: 1,
  owner: '',
  publishedAt: '2026-01-01T00:00:00Z',
});

const OPTIONS: NoticeOptionsDto = {
  kinds: [
    {
      key: 'pilots.submission',
      name: '成果报送',
      runsAtIssuer: false,
      options: [flow('pilots.submission', '成果报送'), flow('own.quick', '简易报送')],
    },
  ],
  schemes: [{ id: 's1', name: '指标一', version: 2, isUsual: true }],
  mayChooseFlows: true,
  mayChooseSchemes: true,
};

const theme = (key: string, title: string) => ({ key, number: key, title, choices: null });

const CONTENT = {
  choices: { flows: [], schemeId: 's1' },
  themes: [theme('一', '容缺受理'), theme('二', '行政备案')],
} as unknown as NoticeContent;

describe('NoticeFlows', () => {
  const invoke = vi.fn();

  async function open(content: NoticeContent, options = OPTIONS) {
    invoke.mockReset().mockResolvedValue(options);
    TestBed.configureTestingModule({
      providers: [provideTexts(), provideRouter([]), { provide: Api, useValue: { invoke } }],
    });
    const fixture = TestBed.createComponent(NoticeFlows);
    fixture.componentRef.setInput('content', content);
    fixture.componentRef.setInput('preview', []);
    const changes: ChoiceChange[] = [];
    fixture.componentInstance.changed.subscribe((change) => changes.push(change));
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    const pick = async (id: string, value: string) => {
      const select = host.querySelector<HTMLSelectElement>('#' + id);
      if (!select) {
        throw new Error(`There is no ${id}.`);
      }
      select.value = value;
      select.dispatchEvent(new Event('change'));
      await fixture.whenStable();
    };
    return { fixture, host, changes, pick };
  }

  it('stands on what is usual, and tells another choice for the programme', async () => {
    const { host, changes, pick } = await open(CONTENT);
    const select = host.querySelector<HTMLSelectElement>('#notice-choices-flows-pilots-submission');
    expect(select?.value).toBe('');
    expect([...(select?.options ?? [])].map((option) => option.value)).toEqual(['', 'own.quick']);
    expect(host.querySelector<HTMLSelectElement>('#notice-choices-schemeId')?.value).toBe('s1');
    await pick('notice-choices-flows-pilots-submission', 'own.quick');
    expect(changes).toEqual([
      {
        index: null,
        choices: { flows: [{ kind: 'pilots.submission', chosenKey: 'own.quick' }], schemeId: 's1' },
      },
    ]);
  });

  it('opens one theme for a choice of its own', async () => {
    const { host, changes, pick } = await open(CONTENT);
    expect(host.querySelectorAll('details')).toHaveLength(0);
    await pick('notice-flows-theme', '二');
    expect(host.querySelector('details summary')?.textContent).toContain('行政备案');
    await pick('notice-themes-1-choices-schemeId', 's1');
    expect(changes.at(-1)).toEqual({ index: 1, choices: { flows: [], schemeId: 's1' } });
  });

  it('marks what is retired, and keeps it in view', async () => {
    const { host } = await open({
      ...CONTENT,
      themes: [
        {
          ...theme('一', '容缺受理'),
          choices: { flows: [{ kind: 'pilots.submission', chosenKey: 'own.old' }], schemeId: null },
        },
      ] as unknown as NoticeContent['themes'],
    });
    const select = host.querySelector<HTMLSelectElement>('#notice-themes-0-choices-flows-pilots-submission');
    expect(select?.value).toBe('own.old');
    expect(select?.getAttribute('aria-invalid')).toBe('true');
    expect(select?.selectedOptions[0]?.disabled).toBe(true);
  });

  it('only shows to whoever may not choose, and says where no scheme is', async () => {
    const { host } = await open(
      { ...CONTENT, choices: null },
      { ...OPTIONS, schemes: [], mayChooseFlows: false, mayChooseSchemes: false },
    );
    expect([...host.querySelectorAll('select')].every((select) => select.disabled)).toBe(true);
    expect(host.querySelector('.warning')).not.toBeNull();
    expect(host.querySelector('a[href="/assessment/schemes/new"]')).toBeNull();
  });
});
