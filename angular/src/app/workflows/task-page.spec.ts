import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import { HistoryItemDto, TaskAbilitiesDto, TaskDto } from '@api/models';
import { apiInterceptor } from '../core/api.interceptor';
import texts from '../../../public/i18n/workflows/zh-Hans.json';
import { provideTexts } from '../../testing/texts';
import { SAMPLE_FLOW } from './flow/sample-flow.testing';
import { TaskPage } from './task-page';
import { WorkflowsApi } from './workflows-api';

const MAY: TaskAbilitiesDto = {
  claim: false,
  release: true,
  complete: true,
  sendBack: true,
  withdraw: false,
  reassign: true,
  addSigner: false,
  copy: true,
  urge: false,
  comment: true,
};

const TASK: TaskDto = {
  task: {
    id: 't1',
    instanceId: 'i1',
    nodeId: 'check',
    name: '形式审查',
    title: '南通市成果',
    regionId: 'r1',
    regionName: '南通市',
    key: 'pilots.submission',
    dueOn: '2026-11-25',
    light: 'Amber',
    offeredTo: 'role',
    assignee: { id: 'u1', name: '张敏' },
    claimedByMe: true,
    onBehalfOf: null,
    openedAt: '2026-11-20T01:00:00Z',
    completedAt: null,
    completedByName: '',
    urgedTimes: 0,
    allowsBatch: true,
    isUnread: false,
    link: '/pilots/1',
    status: 'Open',
    concurrencyStamp: 's1',
  },
  fields: [
    {
      name: 'decision',
      label: '审核意见',
      kind: 'Choice',
      isRequired: true,
      options: [
        { value: 'accept', label: '通过' },
        { value: 'return', label: '退回' },
      ],
    },
    { name: 'score', label: '得分', kind: 'Number', isRequired: false, options: [] },
    { name: 'urgent', label: '加急', kind: 'Boolean', isRequired: true, options: [] },
  ],
  values: {},
  comment: '',
  may: MAY,
  sendBackTargets: [],
  dueIsProvisional: false,
  comments: [],
  addedAs: null,
  subjectType: 'deliverable',
  subjectId: 'x1',
};

const SEVERAL: TaskDto['fields'][number] = {
  name: 'failed',
  label: '不合格的审查项',
  kind: 'Choices',
  isRequired: true,
  options: [
    { value: 'whole', label: '材料齐全' },
    { value: 'legible', label: '内容清晰' },
    { value: 'secret', label: '不涉密' },
  ],
};

async function show(
  task: TaskDto = TASK,
  kept?: { readonly key: string; readonly value: unknown },
  history: readonly HistoryItemDto[] = [],
) {
  localStorage.clear();
  if (kept) {
    const backup = { value: kept.value, savedAt: '2026-11-20T01:00:00Z' };
    localStorage.setItem(`pilot-draft:anonymous:${kept.key}`, JSON.stringify(backup));
  }
  TestBed.configureTestingModule({
    providers: [
      provideTexts(),
      provideRouter([{ path: '**', children: [] }]),
      provideHttpClient(withInterceptors([apiInterceptor])),
      provideHttpClientTesting(),
    ],
  });
  TestBed.inject(TranslocoService).setTranslation({ workflows: texts }, 'zh-Hans');
  const http = TestBed.inject(HttpTestingController);
  const fixture = TestBed.createComponent(TaskPage);
  fixture.componentRef.setInput('id', 't1');
  const root = fixture.nativeElement as HTMLElement;
  const settle = async () => {
    await new Promise((done) => setTimeout(done));
    await fixture.whenStable();
    for (const request of http.match('/api/workflow-instances/i1')) {
      request.flush({
        instance: {
          id: 'i1',
          key: 'pilots.submission',
          definitionName: '成果报送',
          version: 1,
          title: '南通市成果',
          regionId: 'r1',
          regionName: '南通市',
          status: 'Running',
          startedAt: '2026-11-01T00:00:00Z',
          startedByName: '',
          endedAt: null,
          link: '/pilots/1',
        },
        xml: SAMPLE_FLOW,
        live: [],
        doneNodes: [],
        takenFlows: [],
        history,
        expected: [],
        variables: {},
        concurrencyStamp: '',
      });
    }
    await fixture.whenStable();
  };
  fixture.detectChanges();
  http.expectOne('/api/workflow-tasks/t1').flush(task);
  await settle();
  const submit = () => {
    root.querySelector('form')?.dispatchEvent(new Event('submit'));
  };
  return { root, http, settle, submit, page: fixture.componentInstance };
}

describe('task page', () => {
  it('does not hand in a form whose required answer is missing, and says which', async () => {
    const { root, http, settle, submit } = await show();
    submit();
    await settle();
    http.expectNone('/api/workflow-tasks/t1/complete');
    expect(root.querySelector('.ui-error-summary')?.textContent).toContain('审核意见');
  });

  it('leads from the error to the choice that is missing, which says what is wrong with it', async () => {
    const { root, settle, submit } = await show();
    submit();
    await settle();
    root.querySelector<HTMLElement>('.ui-error-summary a')?.click();
    const group = root.querySelector('[role=radiogroup]');
    expect(document.activeElement).toBe(group?.querySelector('input'));
    const named = document.getElementById(group?.getAttribute('aria-labelledby') ?? '');
    expect(named?.textContent).toContain('审核意见');
    expect(group?.getAttribute('aria-invalid')).toBe('true');
    const described = document.getElementById(group?.getAttribute('aria-describedby') ?? '');
    expect(described?.textContent).toContain('审核意见');
  });

  it('lets a choice that may be left blank be taken back', async () => {
    const optional = TASK.fields.map((field) => ({ ...field, isRequired: false }));
    const { root, http, settle, submit } = await show({ ...TASK, fields: optional });
    const radios = [...root.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    expect(radios.map((radio) => radio.parentElement?.textContent.trim())).toEqual(['通过', '退回', '不选']);
    expect(radios[2]?.checked).toBe(true);
    radios[0]?.click();
    radios[2]?.click();
    await settle();
    submit();
    await settle();
    const sent = http.expectOne('/api/workflow-tasks/t1/complete');
    expect(sent.request.body).toMatchObject({ values: { decision: null } });
  });

  it('takes several options, in their order, and shows their labels once it is done', async () => {
    const { root, http, settle, submit } = await show({ ...TASK, fields: [SEVERAL] });
    submit();
    await settle();
    http.expectNone('/api/workflow-tasks/t1/complete');
    const group = root.querySelector('app-task-fields fieldset');
    expect(group?.querySelector('legend')?.textContent).toContain('不合格的审查项');
    root.querySelector<HTMLElement>('.ui-error-summary a')?.click();
    const boxes = [...(group?.querySelectorAll<HTMLInputElement>('input[type=checkbox]') ?? [])];
    expect(document.activeElement).toBe(boxes[0]);
    boxes[2]?.click();
    boxes[0]?.click();
    await settle();
    submit();
    await settle();
    const sent = http.expectOne('/api/workflow-tasks/t1/complete');
    expect(sent.request.body).toMatchObject({ values: { failed: ['whole', 'secret'] } });
    sent.flush({
      ...TASK,
      fields: [SEVERAL, { ...SEVERAL, name: 'none', label: '其他' }],
      task: { ...TASK.task, completedAt: '2026-11-21T01:00:00Z', completedByName: '张敏' },
      may: { ...MAY, complete: false },
      values: { failed: ['whole', 'secret'], none: [] },
    });
    await settle();
    const answers = [...root.querySelectorAll('dl dd')].map((answer) =>
      [...answer.querySelectorAll('li')].map((line) => line.textContent.trim()),
    );
    expect(answers).toEqual([['材料齐全', '不涉密'], ['—']]);
  });

  it('says the server’s refusal of a choice beside its group', async () => {
    const { root, http, settle, submit } = await show({ ...TASK, fields: [SEVERAL] });
    root.querySelector<HTMLInputElement>('app-task-fields input')?.click();
    await settle();
    submit();
    await settle();
    http
      .expectOne('/api/workflow-tasks/t1/complete')
      .flush(
        { status: 400, title: '填写有误', errors: { 'values.failed': ['请从列出的选项中选择。'] } },
        { status: 400, statusText: 'Bad Request' },
      );
    await settle();
    expect(root.querySelector('app-task-fields fieldset .error')?.textContent).toContain(
      '请从列出的选项中选择',
    );
  });

  it('hands in an empty list where nothing needs to be chosen', async () => {
    const { http, settle, submit } = await show({ ...TASK, fields: [{ ...SEVERAL, isRequired: false }] });
    submit();
    await settle();
    const sent = http.expectOne('/api/workflow-tasks/t1/complete');
    expect(sent.request.body).toMatchObject({ values: { failed: [] } });
  });

  it('offers a draft again that was kept while only one could be chosen', async () => {
    const { root, settle, page } = await show({ ...TASK, fields: [SEVERAL] });
    (page as unknown as { restore(draft: object): void }).restore({
      values: { failed: 'secret' },
      comment: '',
    });
    await settle();
    const checked = [...root.querySelectorAll<HTMLInputElement>('app-task-fields input:checked')];
    expect(checked.map((box) => box.parentElement?.textContent.trim())).toEqual(['不涉密']);
  });

  it('leaves the choice of one field when that of another is made', async () => {
    const [decision] = TASK.fields;
    const { root, settle } = await show({
      ...TASK,
      fields: decision ? [decision, { ...decision, name: 'section', label: '需补正的部分' }] : [],
    });
    const radios = [...root.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    radios[0]?.click();
    radios[3]?.click();
    await settle();
    expect(radios.map((radio) => radio.checked)).toEqual([true, false, false, true]);
  });

  it('hands in values of their kinds with the stamp that was seen', async () => {
    const { root, http, settle, submit } = await show();
    root.querySelector<HTMLInputElement>('input[type=radio][value=accept], input[type=radio]')?.click();
    const score = root.querySelector<HTMLInputElement>('input[type=number]');
    if (score) {
      score.value = '88.5';
      score.dispatchEvent(new Event('input'));
    }
    await settle();
    submit();
    await settle();
    const request = http.expectOne('/api/workflow-tasks/t1/complete');
    expect(request.request.body).toEqual({
      values: { decision: 'accept', score: 88.5, urgent: false },
      comment: null,
      concurrencyStamp: 's1',
    });
    request.flush({
      ...TASK,
      task: { ...TASK.task, completedAt: '2026-11-21T01:00:00Z', completedByName: '张敏' },
      may: { ...MAY, complete: false },
      values: { decision: 'accept' },
    });
    await settle();
    expect(root.querySelector('dl')?.textContent).toContain('通过');
  });

  it('keeps what was typed when somebody else was faster', async () => {
    const { root, http, settle, submit, page } = await show();
    root.querySelector<HTMLInputElement>('input[type=radio]')?.click();
    await settle();
    expect(page.hasUnsavedChanges()).toBe(true);
    submit();
    await settle();
    http
      .expectOne('/api/workflow-tasks/t1/complete')
      .flush(
        { status: 409, code: 'Workflows:TaskNotOpen', title: '已被他人办理' },
        { status: 409, statusText: 'Conflict' },
      );
    await settle();
    http.expectOne('/api/workflow-tasks/t1').flush(TASK);
    await settle();
    expect(root.querySelector('.ui-error-summary')?.textContent).toContain('已被他人办理');
    expect(root.querySelector<HTMLInputElement>('input[type=radio]')?.checked).toBe(true);
  });

  it('shows what was typed and why it was not handed in when the task is no longer the person’s', async () => {
    const { root, http, settle, submit, page } = await show();
    root.querySelector<HTMLInputElement>('input[type=radio]')?.click();
    const comment = root.querySelector<HTMLTextAreaElement>('form textarea');
    if (comment) {
      comment.value = '材料齐全';
      comment.dispatchEvent(new Event('input'));
    }
    await settle();
    submit();
    await settle();
    http
      .expectOne('/api/workflow-tasks/t1/complete')
      .flush(
        { status: 409, code: 'Workflows:TaskNotOpen', title: '该待办已经办结' },
        { status: 409, statusText: 'Conflict' },
      );
    await settle();
    http.expectOne('/api/workflow-tasks/t1').flush({
      ...TASK,
      task: { ...TASK.task, completedAt: '2026-11-21T01:00:00Z', completedByName: '王芳' },
      may: { ...MAY, complete: false },
      values: { decision: 'return' },
    });
    await settle();
    const box = root.querySelector<HTMLElement>('.unsent');
    expect(box?.textContent).toContain('该待办已经办结');
    expect(box?.textContent).toContain('通过');
    expect(box?.textContent).toContain('材料齐全');
    expect(document.activeElement).toBe(box);
    expect(page.hasUnsavedChanges()).toBe(true);
    box?.querySelector('button')?.click();
    await settle();
    expect(root.querySelector('.unsent')).toBeNull();
    expect(page.hasUnsavedChanges()).toBe(false);
  });

  it('stays with what was typed while the server does not answer', async () => {
    const { root, http, settle, submit } = await show();
    root.querySelector<HTMLInputElement>('input[type=radio]')?.click();
    await settle();
    submit();
    await settle();
    http
      .expectOne('/api/workflow-tasks/t1/complete')
      .flush({ status: 409, title: '请重试' }, { status: 409, statusText: 'Conflict' });
    await settle();
    http.expectOne('/api/workflow-tasks/t1').error(new ProgressEvent('error'));
    await settle();
    expect(root.querySelector('ui-problem-view')).toBeNull();
    expect(root.querySelector<HTMLInputElement>('input[type=radio]')?.checked).toBe(true);
  });

  it('finds a remark again that was typed before the session ended', async () => {
    const { root, http, settle, page } = await show(TASK, {
      key: 'workflow-task-comment:t1',
      value: '请核对',
    });
    const remark = [...root.querySelectorAll('textarea')].at(-1);
    expect(remark?.value).toBe('请核对');
    expect(page.hasUnsavedChanges()).toBe(true);
    [...root.querySelectorAll('form')].at(-1)?.dispatchEvent(new Event('submit'));
    http.expectOne('/api/workflow-tasks/t1/comment').flush(TASK);
    await settle();
    expect(remark?.value).toBe('');
    expect(localStorage.getItem('pilot-draft:anonymous:workflow-task-comment:t1')).toBeNull();
    expect(page.hasUnsavedChanges()).toBe(false);
  });

  it('says who sent it back and why', async () => {
    const { root, settle } = await show(TASK, undefined, [
      {
        at: '2026-11-20T01:00:00.004Z',
        kind: 'SentBack',
        nodeId: 'sign',
        nodeName: '负责人签批',
        actorName: '王芳',
        note: '数据口径不一致',
      } as HistoryItemDto,
    ]);
    await settle();
    const told = root.querySelector('.came-back')?.textContent ?? '';
    expect(told).toContain('王芳 从“负责人签批”退回');
    expect(told).toContain('数据口径不一致');
  });

  it('claims an unread task with the stamp that opening it has made', async () => {
    const unread = { ...TASK, task: { ...TASK.task, isUnread: true }, may: { ...MAY, claim: true } };
    const { root, http, settle } = await show(unread);
    const claim = [...root.querySelectorAll<HTMLElement>('button.primary')].find(
      (button) => button.textContent.trim() === '领取',
    );
    claim?.click();
    await settle();
    http.expectNone('/api/workflow-tasks/t1/claim');
    http.expectOne('/api/workflow-tasks/t1/seen').flush({
      ...unread,
      task: { ...unread.task, isUnread: false, concurrencyStamp: 's2' },
    });
    await settle();
    const sent = http.expectOne('/api/workflow-tasks/t1/claim');
    expect(sent.request.body).toEqual({ concurrencyStamp: 's2' });
  });

  it('offers only what the server allows', async () => {
    const { root, settle } = await show({ ...TASK, may: { ...MAY, complete: false, claim: true } });
    await settle();
    expect(root.querySelector('app-task-fields')).toBeNull();
    expect(
      [...root.querySelectorAll('button.primary')].map((button) => button.textContent?.trim()),
    ).toContain('领取');
  });

  it('knows that work given away may be out of sight', async () => {
    const { http, settle, page } = await show();
    const api = TestBed.inject(WorkflowsApi);
    const answers: unknown[] = [];
    api.reassign({ id: 't1', concurrencyStamp: 's1' }, 'u2', '出差').subscribe((task) => answers.push(task));
    http.expectOne('/api/workflow-tasks/t1/reassign').flush(null, { status: 204, statusText: 'No Content' });
    await settle();
    http
      .expectOne('/api/workflow-tasks/t1')
      .flush({ status: 403, title: '没有权限' }, { status: 403, statusText: 'Forbidden' });
    await settle();
    expect(answers).toEqual([null]);
    expect(page.hasUnsavedChanges()).toBe(false);
  });
});
