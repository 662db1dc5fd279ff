import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { TranslocoService } from '@jsverse/transloco';
import { provideTexts } from '../../testing/texts';
import administration from '../../../public/i18n/administration/zh-Hans.json';
import { apiInterceptor } from '../core/api.interceptor';
import { AuditPage } from './audit';

const entry = (id: string, kind: string, subject: string, details: object) => ({
  id,
  kind,
  subject,
  details: JSON.stringify(details),
  occurredAt: '2026-11-22T00:23:00Z',
  actorName: '林明察',
  actorRegionName: '江苏省',
  regionName: '江苏省',
  subjectId: '7',
  traceId: '',
  sequence: 1,
});

async function show(url: string, items: object[]) {
  TestBed.configureTestingModule({
    providers: [
      provideTexts(),
      provideRouter([{ path: 'audit', component: AuditPage }]),
      provideHttpClient(withInterceptors([apiInterceptor])),
      provideHttpClientTesting(),
    ],
  });
  TestBed.inject(TranslocoService).setTranslation({ administration }, 'zh-Hans');
  const harness = await RouterTestingHarness.create(url);
  const backend = TestBed.inject(HttpTestingController);
  const settle = async () => {
    await new Promise((done) => setTimeout(done, 5));
    await harness.fixture.whenStable();
  };
  await settle();
  backend
    .match((request) => request.url === '/api/regions')
    .forEach((request) => {
      request.flush([]);
    });
  const asked = backend.expectOne((request) => request.url === '/api/audit');
  asked.flush({ totalCount: items.length, items });
  await settle();
  return {
    text: (harness.routeNativeElement?.textContent ?? '').replace(/\s+/g, ' '),
    asked,
    root: harness.routeNativeElement,
  };
}

describe('the audit page', () => {
  it('says in words what the log holds in codes', async () => {
    const { text } = await show('/audit', [
      entry('1', 'Security', 'SignInFailed', { by: 'password', failures: 2 }),
      entry('2', 'Request', 'POST /api/pilots/{id:guid}/suspend', { status: 204 }),
      entry('3', 'RowChanged', 'Claim', { Status: ['Submitted', 'Accepted'] }),
      entry('4', 'RowChanged', 'Deliverable', { Status: ['Submitted', 'Accepted'] }),
      entry('5', 'RowCreated', 'NewerThanTheTexts', { Unheard: [null, 'Of'] }),
    ]);
    expect(text).toContain('登录失败');
    expect(text).toContain('登录方式：密码');
    expect(text).toContain('办理：试点');
    // The same code is another word with another kind of row.
    expect(text).toContain('状态：已提交 → 已同意');
    expect(text).toContain('状态：审核中 → 审核通过');
    expect(text).toContain('NewerThanTheTexts');
    expect(text).toContain('Unheard：Of');
  });

  it('folds a long entry', async () => {
    const { root } = await show('/audit', [
      entry('1', 'RowCreated', 'Pilot', {
        A: [null, 1],
        B: [null, 2],
        C: [null, 3],
        D: [null, 4],
        E: [null, 5],
      }),
    ]);
    expect(root?.querySelector('details summary')?.textContent.trim()).toBe('5 项内容');
  });

  it('asks the server for the code of a word that it shows itself', async () => {
    const { asked } = await show('/audit?subject=' + encodeURIComponent('登录失败'), []);
    expect(asked.request.params.get('subject')).toBe('SignInFailed');
  });

  it('asks for other texts as they are typed', async () => {
    const { asked } = await show('/audit?subject=js.admin', []);
    expect(asked.request.params.get('subject')).toBe('js.admin');
  });
});
