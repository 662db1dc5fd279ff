import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, TestRequest, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { TranslocoService } from '@jsverse/transloco';
import { TaskListItemDto } from '@api/models';
import { apiInterceptor } from '../core/api.interceptor';
import texts from '../../../public/i18n/workflows/zh-Hans.json';
import { provideTexts } from '../../testing/texts';
import { InboxPage } from './inbox-page';

const task = (id: string, nodeId: string, rest: Partial<TaskListItemDto> = {}): TaskListItemDto => ({
  id,
  instanceId: `i-${id}`,
  nodeId,
  name: '形式审查',
  title: `成果 ${id}`,
  regionId: 'r1',
  regionName: '南通市',
  key: 'pilots.submission',
  dueOn: '2026-11-25',
  light: 'Red',
  offeredTo: 'role',
  assignee: null,
  claimedByMe: false,
  onBehalfOf: null,
  openedAt: '2026-11-20T01:00:00Z',
  completedAt: null,
  completedByName: '',
  urgedTimes: 0,
  allowsBatch: true,
  isUnread: false,
  link: '/pilots/1',
  status: 'Open',
  concurrencyStamp: 's',
  ...rest,
});

async function show(address = '/workflows/inbox') {
  TestBed.configureTestingModule({
    providers: [
      provideTexts(),
      provideRouter([
        { path: 'workflows/inbox', component: InboxPage },
        { path: '**', children: [] },
      ]),
      provideHttpClient(withInterceptors([apiInterceptor])),
      provideHttpClientTesting(),
    ],
  });
  TestBed.inject(TranslocoService).setTranslation({ workflows: texts }, 'zh-Hans');
  const http = TestBed.inject(HttpTestingController);
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(address);
  const root = harness.routeNativeElement as HTMLElement;
  const settle = async () => {
    await new Promise((done) => setTimeout(done));
    await harness.fixture.whenStable();
  };
  const answer = async (path: string, body: object): Promise<TestRequest['request']> => {
    await settle();
    const request = http.expectOne((sent) => sent.url.split('?')[0] === path);
    request.flush(body);
    await settle();
    return request.request;
  };
  return { root, http, settle, answer };
}

describe('inbox', () => {
  it('selects for one form only tasks of the same step that allow it', async () => {
    const { root, settle, answer } = await show();
    await answer('/api/workflow-tasks/counts', { todo: 3, overdue: 1, copiedUnread: 2 });
    await answer('/api/workflow-tasks/flows', []);
    await answer('/api/workflow-tasks', {
      totalCount: 4,
      items: [
        task('a', 'check'),
        task('b', 'check'),
        task('c', 'other'),
        task('d', 'check', { allowsBatch: false }),
      ],
    });
    const boxes = () => [...root.querySelectorAll<HTMLInputElement>('input.pick')];
    expect(boxes()).toHaveLength(3);
    expect(root.querySelector('nav')?.textContent).toContain('3');
    expect(root.textContent).toContain('1 项已逾期');
    boxes()[0]?.click();
    await settle();
    expect(boxes().map((box) => box.disabled)).toEqual([false, false, true]);
    expect(root.querySelector('.batch')?.textContent).toContain('已选 1 项');
    boxes()[0]?.click();
    await settle();
    expect(boxes()[2]?.disabled).toBe(false);
    expect(root.querySelector('.batch')).toBeNull();
  });

  it('narrows by flow and by light, which the address keeps and the server is asked for', async () => {
    const { root, answer, settle } = await show('/workflows/inbox?key=pilots.submission&light=Red');
    await answer('/api/workflow-tasks/counts', { todo: 3, overdue: 1, copiedUnread: 2 });
    await answer('/api/workflow-tasks/flows', [
      { key: 'assessment.main', name: '评估' },
      { key: 'pilots.submission', name: '成果报送' },
    ]);
    const asked = await answer('/api/workflow-tasks', { totalCount: 1, items: [task('a', 'check')] });
    expect(asked.urlWithParams).toContain('key=pilots.submission');
    expect(asked.urlWithParams).toContain('light=Red');
    const [flow, light] = [...root.querySelectorAll('select')];
    const texts = (select: HTMLSelectElement | undefined) =>
      [...(select?.options ?? [])].map((option) => option.text.trim());
    expect(texts(flow)).toEqual(['全部', '评估', '成果报送']);
    expect(flow?.value).toBe('pilots.submission');
    expect(texts(light)).toEqual(['全部', '逾期', '临期', '正常', '无时限']);
    if (light) {
      light.value = 'None';
      light.dispatchEvent(new Event('change'));
    }
    await settle();
    expect(TestBed.inject(Router).url).toBe('/workflows/inbox?key=pilots.submission&light=None');
    const narrowed = await answer('/api/workflow-tasks', { totalCount: 0, items: [] });
    expect(narrowed.urlWithParams).toContain('light=None');
  });

  it('offers in each box the lights that it can show', async () => {
    const { root, answer } = await show('/workflows/inbox?box=Done');
    await answer('/api/workflow-tasks/counts', { todo: 0, overdue: 0, copiedUnread: 0 });
    await answer('/api/workflow-tasks/flows', []);
    await answer('/api/workflow-tasks', { totalCount: 0, items: [] });
    const options = [...root.querySelectorAll('select')].at(1)?.options ?? [];
    expect([...options].map((option) => option.value)).toEqual(['', 'Green', 'Yellow', 'None']);
  });

  it('lists flows that the person started, leading to each', async () => {
    const { root, answer } = await show('/workflows/inbox?box=Started');
    await answer('/api/workflow-tasks/counts', { todo: 0, overdue: 0, copiedUnread: 0 });
    await answer('/api/workflow-instances/flows', []);
    const request = await answer('/api/workflow-instances', {
      totalCount: 1,
      items: [
        {
          id: 'i1',
          key: 'pilots.submission',
          definitionName: '成果报送',
          version: 1,
          title: '南通市成果',
          regionId: 'r1',
          regionName: '南通市',
          status: 'Failed',
          startedAt: '2026-11-01T00:00:00Z',
          startedByName: '李强',
          endedAt: null,
          link: '/pilots/1',
        },
      ],
    });
    expect(request.urlWithParams).toContain('startedByMe=true');
    expect(root.querySelector('a[href="/workflows/instances/i1"]')).not.toBeNull();
    expect(root.textContent).toContain('异常结束');
    expect(TestBed.inject(Router).url).toContain('box=Started');
  });
});
