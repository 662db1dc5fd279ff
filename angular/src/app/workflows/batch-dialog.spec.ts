import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { MatDialog } from '@angular/material/dialog';
import { provideRouter } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import { TaskDto } from '@api/models';
import { apiInterceptor } from '../core/api.interceptor';
import texts from '../../../public/i18n/workflows/zh-Hans.json';
import { provideTexts } from '../../testing/texts';
import { BatchDialog, BatchOutcome, adviceFor, mayTryAgain } from './batch-dialog';
import { InboxRow } from './models';

const row = (id: string) => ({ id, title: `成果 ${id}` }) as InboxRow;
const settle = () => new Promise((done) => setTimeout(done, 20));

function open() {
  TestBed.configureTestingModule({
    providers: [
      provideTexts(),
      provideRouter([{ path: '**', children: [] }]),
      provideHttpClient(withInterceptors([apiInterceptor])),
      provideHttpClientTesting(),
    ],
  });
  TestBed.inject(TranslocoService).setTranslation({ workflows: texts }, 'zh-Hans');
  const closed = vi.fn<(outcome: BatchOutcome | undefined) => void>();
  TestBed.inject(MatDialog)
    .open<BatchDialog, readonly InboxRow[], BatchOutcome>(BatchDialog, {
      data: [row('a'), row('b'), row('c')],
    })
    .afterClosed()
    .subscribe(closed);
  const button = (text: string) =>
    [...document.querySelectorAll<HTMLElement>('mat-dialog-container button')].find((candidate) =>
      candidate.textContent.includes(text),
    );
  return { http: TestBed.inject(HttpTestingController), closed, button };
}

describe('advice for what a batch could not do', () => {
  it.each([
    ['Platform:StaleStamp', 'again', true],
    ['Workflows:ClaimedByOther', 'claimed', false],
    ['Workflows:TaskNotOpen', 'nothing', false],
    ['Platform:NotFound', 'gone', false],
    ['Workflows:SomethingNew', 'open', true],
    [null, 'open', true],
  ])('of %s is %s', (errorCode, advice, again) => {
    expect(adviceFor({ errorCode })).toBe(advice);
    expect(mayTryAgain({ errorCode })).toBe(again);
  });
});

describe('batch', () => {
  it('gives the several options that were chosen to all of them', async () => {
    const { http, button } = open();
    await settle();
    const options = ['甲', '乙', '丙'].map((label) => ({ value: label, label }));
    const field = { name: 'failed', label: '不合格项', kind: 'Choices', isRequired: true, options };
    http
      .expectOne('/api/workflow-tasks/a')
      .flush({ task: { id: 'a', name: '形式审查' }, fields: [field] } as unknown as TaskDto);
    await settle();
    const boxes = document.querySelectorAll<HTMLInputElement>('mat-dialog-container fieldset input');
    boxes[2]?.click();
    boxes[1]?.click();
    button('办理 3 项')?.click();
    await settle();
    const { body } = http.expectOne('/api/workflow-tasks/complete-batch').request;
    expect(body).toMatchObject({ taskIds: ['a', 'b', 'c'], values: { failed: ['乙', '丙'] } });
  });

  it('says of each row why it was not done and what to do, and tells the list however it is closed', async () => {
    const { http, closed, button } = open();
    await settle();
    http
      .expectOne('/api/workflow-tasks/a')
      .flush({ task: { id: 'a', name: '形式审查' }, fields: [] } as unknown as TaskDto);
    await settle();
    button('办理 3 项')?.click();
    await settle();
    http.expectOne('/api/workflow-tasks/complete-batch').flush([
      { taskId: 'a', done: true, errorCode: null, reason: null },
      { taskId: 'b', done: false, errorCode: 'Workflows:ClaimedByOther', reason: '该待办已由王芳签收。' },
      { taskId: 'c', done: false, errorCode: 'Platform:StaleStamp', reason: '办理的同时该待办有了变化。' },
    ]);
    await settle();

    const items = [...document.querySelectorAll('mat-dialog-container .failed li')];
    expect(document.activeElement?.textContent).toContain('已办理 1 项，2 项没有办理');
    expect(items).toHaveLength(2);
    expect(items[0]?.textContent).toContain('成果 b');
    expect(items[0]?.textContent).toContain('该待办已由王芳签收。');
    expect(items[0]?.textContent).toContain('请对方退还');
    expect(items[0]?.querySelector('a')).toBeNull();
    expect(items[1]?.querySelector('a')?.getAttribute('href')).toBe('/workflows/tasks/c');

    document
      .querySelector('mat-dialog-container')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', keyCode: 27, bubbles: true }));
    await vi.waitFor(() => {
      expect(closed).toHaveBeenCalledOnce();
    });
    expect(closed.mock.calls[0]?.[0]?.done).toBe(1);
  });
});
