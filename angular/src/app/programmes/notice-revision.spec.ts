import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import texts from '../../../public/i18n/programmes/zh-Hans.json';
import { provideTexts } from '../../testing/texts';
import { apiInterceptor } from '../core/api.interceptor';
import { NoticeCalendar } from './notice-calendar';
import { NoticeRevisionPage } from './notice-revision';

const revision = {
  noticeId: 'n1',
  title: '通知',
  sourceName: null,
  newQuestions: 0,
  concurrencyStamp: 's2',
  differences: [
    {
      key: 'documentNumber',
      kind: 'Changed',
      themeTitle: null,
      field: 'documentNumber',
      before: '8号',
      after: '9号',
      mine: '88号',
      editedByHand: true,
      suggested: 'Kept',
    },
    {
      key: 't4.regions',
      kind: 'Changed',
      themeTitle: '容缺受理',
      field: 'regions',
      before: '南通市',
      after: '南通市、盐城市',
      mine: '南通市',
      editedByHand: false,
      suggested: 'Revised',
    },
  ],
};

describe('a corrected notice', () => {
  it('keeps what was edited by hand unless chosen otherwise, and sends a choice for each difference', async () => {
    TestBed.configureTestingModule({
      providers: [
        provideTexts(),
        provideRouter([{ path: '**', children: [] }]),
        provideHttpClient(withInterceptors([apiInterceptor])),
        provideHttpClientTesting(),
      ],
    });
    TestBed.inject(TranslocoService).setTranslation({ programmes: texts }, 'zh-Hans');
    const fixture = TestBed.createComponent(NoticeRevisionPage);
    fixture.componentRef.setInput('id', 'n1');
    const backend = TestBed.inject(HttpTestingController);
    const settle = async () => {
      await new Promise((done) => setTimeout(done, 5));
      await fixture.whenStable();
    };
    await settle();
    backend.expectOne('/api/notices/n1').flush({ id: 'n1', hasRevision: true });
    await settle();
    backend.expectOne('/api/notices/n1/revision').flush(revision);
    await settle();

    const root = fixture.nativeElement as HTMLElement;
    const radios = [...root.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    expect(radios.map((radio) => radio.checked)).toEqual([false, true, true, false]);
    expect(root.textContent).toContain('88号');

    radios[0]?.click();
    await settle();
    root.querySelector<HTMLButtonElement>('button.primary')?.click();
    const request = backend.expectOne('/api/notices/n1/revision/apply');
    expect(request.request.body).toEqual({
      choices: [
        { key: 'documentNumber', choice: 'Revised' },
        { key: 't4.regions', choice: 'Revised' },
      ],
      concurrencyStamp: 's2',
    });
  });
});

describe('calendar of a programme', () => {
  it('says in the table what the months show', async () => {
    TestBed.configureTestingModule({ providers: [provideTexts()] });
    TestBed.inject(TranslocoService).setTranslation({ programmes: texts }, 'zh-Hans');
    const fixture = TestBed.createComponent(NoticeCalendar);
    fixture.componentRef.setInput('dates', [
      {
        date: '2021-01-15',
        kind: 'Due',
        text: '成立领导小组',
        precision: 'Day',
        isSoft: false,
        taskInstances: 19,
        dueSoFar: 19,
      },
      {
        date: '2021-02-28',
        kind: 'Due',
        text: '划转人员',
        precision: 'Day',
        isSoft: true,
        taskInstances: 57,
        dueSoFar: 76,
      },
    ]);
    await fixture.whenStable();
    const root = fixture.nativeElement as HTMLElement;
    expect(root.querySelectorAll('table.month').length).toBe(2);
    expect(root.textContent).toContain('成立领导小组');

    root.querySelectorAll<HTMLButtonElement>('button')[1]?.click();
    await fixture.whenStable();
    const rows = [...root.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent.trim()),
    );
    expect(rows[0]?.slice(2)).toEqual(['19', '19']);
    expect(rows[1]?.slice(2)).toEqual(['57', '76']);
    expect(rows[1]?.[1]).toContain('原则上');
  });
});
