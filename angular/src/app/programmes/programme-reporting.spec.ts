import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { TranslocoService } from '@jsverse/transloco';
import texts from '../../../public/i18n/programmes/zh-Hans.json';
import { provideTexts } from '../../testing/texts';
import { apiInterceptor } from '../core/api.interceptor';
import { Confirm } from '@ui';
import { NoticeGaps } from './notice-gaps';
import { ProgrammeReporting } from './programme-reporting';

const duty = {
  id: 'd1',
  order: 1,
  what: '试点进展情况',
  to: '省政务办',
  when: '每季度',
  dueOn: '2023-06-30',
  light: 'Amber',
  mayReport: false,
  expected: 2,
  reports: [
    {
      id: 'r1',
      regionId: 'nt',
      regionName: '南通市',
      number: 1,
      text: '已报送',
      fileId: null,
      fileName: null,
      reportedBy: '王某',
      reportedAt: '2023-06-28T02:00:00Z',
      isLate: false,
      isOwn: false,
      concurrencyStamp: 's',
    },
  ],
  missing: [{ regionId: 'yz', regionName: '扬州市' }],
  lastRemindedAt: null,
  mayRemindFrom: null,
};

function show(reporting: unknown) {
  TestBed.configureTestingModule({
    providers: [
      provideTexts(),
      provideHttpClient(withInterceptors([apiInterceptor])),
      provideHttpClientTesting(),
    ],
  });
  TestBed.inject(TranslocoService).setTranslation({ programmes: texts }, 'zh-Hans');
  const fixture = TestBed.createComponent(ProgrammeReporting);
  fixture.componentRef.setInput('reporting', reporting);
  fixture.componentRef.setInput('mayWrite', true);
  return {
    fixture,
    root: fixture.nativeElement as HTMLElement,
    backend: TestBed.inject(HttpTestingController),
  };
}

describe('duties to report', () => {
  it('tells the issuer who has reported and who has not', async () => {
    const { fixture, root } = show({ programmeId: 'p', isIssuer: true, mayRemind: true, duties: [duty] });
    await fixture.whenStable();
    expect(root.textContent).toContain('已报送 1 个地区，应报送 2 个地区');
    expect(root.textContent).toContain('尚未报送：扬州市');
    expect(root.textContent).toContain('南通市');
    const buttons = [...root.querySelectorAll('button')].map((button) => button.textContent.trim());
    expect(buttons).toEqual(['催报']);
  });

  it('reminds once an hour, and says from when it may be again', async () => {
    vi.useFakeTimers({
      now: new Date('2023-06-28T02:00:00Z'),
      toFake: ['Date', 'setTimeout', 'clearTimeout'],
    });
    try {
      const reporting = {
        programmeId: 'p',
        isIssuer: true,
        mayRemind: true,
        duties: [{ ...duty, lastRemindedAt: null, mayRemindFrom: null }],
      };
      const { fixture, root, backend } = show(reporting);
      fixture.componentInstance.changed.subscribe((value) => {
        fixture.componentRef.setInput('reporting', value);
      });
      const settle = async () => {
        await vi.advanceTimersByTimeAsync(1);
        fixture.detectChanges();
      };
      const button = () => root.querySelector('button');
      vi.spyOn(TestBed.inject(Confirm), 'ask').mockResolvedValue({ reason: '' });
      await settle();
      expect(button()?.getAttribute('aria-disabled')).toBeNull();
      button()?.click();
      await settle();
      backend.expectOne('/api/reporting-duties/d1/remind').flush({
        regions: 1,
        lastRemindedAt: '2023-06-28T02:00:00Z',
        mayRemindFrom: '2023-06-28T03:00:00Z',
      });
      await settle();
      expect(button()?.getAttribute('aria-disabled')).toBe('true');
      const hint =
        document.getElementById(button()?.getAttribute('aria-describedby') ?? '') ??
        root.querySelector('#reminded-d1');
      expect(hint?.textContent.trim()).toBe('已于 2023-06-28 10:00 提醒过，2023-06-28 11:00 起可再次催报。');
      button()?.click();
      await settle();
      backend.expectNone('/api/reporting-duties/d1/remind');

      await vi.advanceTimersByTimeAsync(60 * 60 * 1000);
      fixture.detectChanges();
      expect(button()?.getAttribute('aria-disabled')).toBeNull();
      expect(root.textContent).toContain('最近提醒：2023-06-28 10:00');
    } finally {
      vi.useRealTimers();
    }
  });

  it('lets a region say that it has reported, and hands on what the server answers', async () => {
    const own = {
      programmeId: 'p',
      isIssuer: false,
      mayRemind: false,
      duties: [{ ...duty, mayReport: true, reports: [], expected: 1 }],
    };
    const { fixture, root, backend } = show(own);
    const changed: unknown[] = [];
    fixture.componentInstance.changed.subscribe((value) => changed.push(value));
    await fixture.whenStable();
    [...root.querySelectorAll('button')].find((button) => button.textContent.includes('登记报送'))?.click();
    await fixture.whenStable();
    const text = root.querySelector('textarea');
    expect(text?.labels?.[0]?.textContent).toContain('报送说明');
    if (text) {
      text.value = ' 已通过公文交换报送 ';
      text.dispatchEvent(new Event('input'));
    }
    await fixture.whenStable();
    root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    const request = backend.expectOne('/api/reporting-duties/d1/report');
    expect(request.request.body).toEqual({ text: '已通过公文交换报送', fileId: null });
    const answer = { ...own, duties: [{ ...duty, mayReport: false }] };
    request.flush(answer);
    await new Promise((done) => setTimeout(done, 5));
    expect(changed).toEqual([answer]);
  });
});

describe('gaps of a notice', () => {
  it('says what is withheld, what was decided and by whom, and takes a decision back', async () => {
    TestBed.configureTestingModule({ providers: [provideTexts()] });
    TestBed.inject(TranslocoService).setTranslation({ programmes: texts }, 'zh-Hans');
    const fixture = TestBed.createComponent(NoticeGaps);
    const gap = { themeKey: 't1', number: '一', title: '优化窗口', isWithheld: true };
    fixture.componentRef.setInput('gaps', [
      {
        ...gap,
        key: 'gap:t1:Responsible',
        gap: 'Responsible',
        field: 'themes[0].leadOffices',
        decision: null,
        decidedBy: null,
        decidedAt: null,
      },
      {
        ...gap,
        key: 'gap:t1:Due',
        gap: 'Due',
        field: 'themes[0].deadline',
        decision: '另行明确',
        decidedBy: '王某',
        decidedAt: '2023-06-28T02:00:00Z',
      },
    ]);
    const [jumps, decisions]: [string[], unknown[]] = [[], []];
    fixture.componentInstance.jump.subscribe((to) => jumps.push(to.field));
    fixture.componentInstance.decided.subscribe((decision) => decisions.push(decision));
    await fixture.whenStable();
    const root = fixture.nativeElement as HTMLElement;
    expect(root.textContent).toContain('原文称已明确');
    expect(root.textContent).toContain('保留空缺：另行明确（王某');
    expect(root.textContent).toContain('全部保留空缺（1 处）');
    const press = (text: string) =>
      [...root.querySelectorAll('button')].find((button) => button.textContent.trim() === text)?.click();
    press('去填写');
    press('撤销决定');
    expect(jumps).toEqual(['themes[0].leadOffices']);
    expect(decisions).toEqual([{ keys: ['gap:t1:Due'], reason: '' }]);
  });
});
