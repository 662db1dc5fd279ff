import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import { IncidentDto } from '@api/models';
import { SessionService } from '../core';
import { apiInterceptor } from '../core/api.interceptor';
import texts from '../../../public/i18n/workflows/zh-Hans.json';
import { provideTexts } from '../../testing/texts';
import { SAMPLE_FLOW } from './flow/sample-flow.testing';
import { IncidentList } from './incident-list';

const incident = (may: IncidentDto['may']): IncidentDto => ({
  id: 'x1',
  instanceId: 'i1',
  key: 'pilots.submission',
  title: '南通市成果',
  regionId: 'r1',
  regionName: '南通市',
  kind: 'NoAssignee',
  nodeId: 'check',
  nodeName: '形式审查',
  code: 'nobody-found',
  detail: '',
  openedAt: '2026-11-20T01:00:00Z',
  settledAt: null,
  resolution: null,
  settledByName: '',
  reason: '',
  taskId: null,
  issuerName: '江苏省',
  may,
  concurrencyStamp: 's1',
});

const settle = () => new Promise((done) => setTimeout(done, 20));

async function show(may: IncidentDto['may']) {
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
  TestBed.inject(SessionService).load().subscribe();
  http.expectOne('/api/session').flush({
    isAuthenticated: true,
    user: { id: '1', userName: 'a', displayName: 'A' },
    permissions: ['Workflows.Administer'],
  });
  const fixture = TestBed.createComponent(IncidentList);
  fixture.componentRef.setInput('incidents', [incident(may)]);
  await fixture.whenStable();
  const root = fixture.nativeElement as HTMLElement;
  const buttons = () =>
    [...root.querySelectorAll('button')].map((button) => button.textContent.trim().split(/\s/)[0]);
  return { http, root, buttons };
}

const dialogButton = (text: string) =>
  [...document.querySelectorAll<HTMLElement>('mat-dialog-container button')].find((button) =>
    button.textContent.includes(text),
  );

describe('incidents', () => {
  it('offer a region below the issuer only what the server lets it do, and say whose the rest is', async () => {
    const { root, buttons } = await show({ retry: true, skip: false, setVariable: false });
    expect(buttons()).toEqual(['重试']);
    expect(root.textContent).toContain('由江苏省办理');
  });

  it('offer the issuer all of it, and only to take notice of a flow that has ended', async () => {
    const all = await show({ retry: true, skip: true, setVariable: true });
    expect(all.buttons()).toEqual(['重试', '修改变量并重试', '跳过']);
    expect(all.root.textContent).not.toContain('由江苏省办理');
    TestBed.resetTestingModule();
    const ended = await show({ retry: false, skip: true, setVariable: false });
    expect(ended.buttons()).toEqual(['已知悉']);
  });

  it('skip a step with what its form would have set, or without', async () => {
    const { http, root } = await show({ retry: true, skip: true, setVariable: true });
    [...root.querySelectorAll<HTMLElement>('button')].at(-1)?.click();
    await settle();
    http.expectOne('/api/workflow-instances/i1').flush({ xml: SAMPLE_FLOW });
    http.expectOne('/api/workflow-incidents/x1/step').flush({
      nodeId: 'check',
      name: '形式审查',
      fields: [{ name: 'score', label: '得分', kind: 'Number', isRequired: true, options: [] }],
    });
    const form = await vi.waitFor(() => {
      const shown = document.querySelector('mat-dialog-container form');
      expect(shown).not.toBeNull();
      return shown;
    });
    const fill = (selector: string, value: string) => {
      const control = form?.querySelector<HTMLInputElement>(selector);
      if (control) {
        control.value = value;
        control.dispatchEvent(new Event('input'));
      }
    };
    fill('textarea', '线下已审');
    dialogButton('跳过')?.click();
    await settle();
    // The form's own rules hold: the score is required.
    http.expectNone('/api/workflow-incidents/x1/skip');
    expect(form?.textContent).toContain('得分');
    fill('input[type=number]', '80');
    dialogButton('跳过')?.click();
    await settle();
    const sent = http.expectOne('/api/workflow-incidents/x1/skip');
    expect(sent.request.body).toEqual({
      reason: '线下已审',
      values: { score: 80 },
      flowId: null,
      concurrencyStamp: 's1',
    });
    sent.flush(
      {
        status: 400,
        code: 'Platform:InvalidInput',
        title: '有误',
        errors: { 'values.score': ['应在 0 到 10 之间。'] },
      },
      { status: 400, statusText: 'Bad Request' },
    );
    await settle();
    expect(form?.textContent).toContain('应在 0 到 10 之间。');

    form?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
    await settle();
    expect(form?.querySelector('input[type=number]')).toBeNull();
    dialogButton('跳过')?.click();
    await settle();
    const bare = http.expectOne('/api/workflow-incidents/x1/skip');
    expect((bare.request.body as { values: unknown }).values).toBeNull();
    bare.flush(incident({ retry: false, skip: false, setVariable: false }));
    await vi.waitFor(() => {
      expect(document.querySelector('mat-dialog-container form')).toBeNull();
    });
  });
});
