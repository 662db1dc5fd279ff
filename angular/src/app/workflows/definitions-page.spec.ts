import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import { DefinitionListItemDto, OverrideDto } from '@api/models';
import { SessionService } from '../core';
import { apiInterceptor } from '../core/api.interceptor';
import texts from '../../../public/i18n/workflows/zh-Hans.json';
import { provideTexts } from '../../testing/texts';
import { DefinitionsPage } from './definitions-page';

const FREE: OverrideDto = {
  isForbiddenHere: false,
  isForbiddenBelow: false,
  forbiddenBy: null,
  ruleStamp: null,
  overriding: [],
};

const definition = (rest: Partial<DefinitionListItemDto> = {}): DefinitionListItemDto => ({
  id: 'd1',
  key: 'pilots.submission',
  name: '成果报送',
  regionId: 'r0',
  regionName: '',
  isOwn: false,
  isInForceHere: true,
  allowsOverride: true,
  currentVersionId: 'v1',
  currentVersion: 1,
  publishedAt: '2026-11-01T00:00:00Z',
  draftId: null,
  runningInstances: 2,
  openIncidents: 0,
  override: FREE,
  concurrencyStamp: 's1',
  ...rest,
});

const settle = () => new Promise((done) => setTimeout(done, 20));
/** Dialogs fade before they answer. */
const eventually = <T>(look: () => T) => vi.waitFor(look, { timeout: 3000 });

async function show(rows: DefinitionListItemDto[]) {
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
    permissions: ['Workflows.View', 'Workflows.Design'],
  });
  const fixture = TestBed.createComponent(DefinitionsPage);
  const list = async () => {
    const request = await eventually(() =>
      http.expectOne((request) => request.url === '/api/workflow-definitions' && request.method === 'GET'),
    );
    request.flush({
      totalCount: rows.length,
      items: rows,
    });
    await settle();
    await fixture.whenStable();
  };
  await list();
  const root = fixture.nativeElement as HTMLElement;
  const menu = async () => {
    root.querySelector<HTMLElement>('tbody .button-row button')?.click();
    await settle();
    return [...document.querySelectorAll<HTMLElement>('.mat-mdc-menu-panel button')];
  };
  return { http, root, menu, list };
}

const dialogButton = (text: string) =>
  [...document.querySelectorAll<HTMLElement>('mat-dialog-container button')].find(
    (button) => button.textContent.trim() === text,
  );

describe('definitions', () => {
  it('forbid versions below of a flow that is only inherited, naming whom it concerns', async () => {
    const { http, menu, list } = await show([definition({ override: { ...FREE, overriding: ['南通市'] } })]);
    const items = await menu();
    expect(items.map((item) => item.textContent.trim())).toEqual(['改为本地区版本', '不允许下级改动']);
    items[1]?.click();
    await eventually(() => {
      expect(document.querySelector('mat-dialog-container')?.textContent).toContain('南通市');
    });
    dialogButton('不允许下级改动')?.click();
    await settle();
    const sent = await eventually(() => http.expectOne('/api/workflow-definitions/override-rules'));
    expect(sent.request.body).toEqual({ key: 'pilots.submission', allows: false, concurrencyStamp: null });
    sent.flush(null, { status: 204, statusText: 'No Content' });
    await list();
  });

  it('say who forbids it, and offer nothing that would be refused', async () => {
    const { root } = await show([
      definition({
        override: { ...FREE, isForbiddenHere: true, isForbiddenBelow: true, forbiddenBy: '江苏省' },
      }),
    ]);
    expect(root.querySelector('tbody')?.textContent).toContain('不允许');
    expect(root.querySelector('tbody')?.textContent).toContain('江苏省规定');
    expect(root.querySelector('tbody .button-row button')).toBeNull();
  });

  it('edit name and flag, and after a stale stamp save over what was shown', async () => {
    const own = definition({ isOwn: true, regionName: '江苏省', draftId: null });
    const { http, menu, list } = await show([own]);
    const items = await menu();
    items.find((item) => item.textContent.includes('名称和下级权限'))?.click();
    const name = await eventually(() => {
      const input = document.querySelector<HTMLInputElement>(
        'mat-dialog-container input[formControlName=name]',
      );
      expect(input).not.toBeNull();
      return input;
    });
    const type = (value: string) => {
      if (name) {
        name.value = value;
        name.dispatchEvent(new Event('input'));
      }
    };
    type('   ');
    dialogButton('保存')?.click();
    await settle();
    http.expectNone('/api/workflow-definitions/d1');
    type('省级成果报送');
    dialogButton('保存')?.click();
    await settle();
    http
      .expectOne({ method: 'PUT', url: '/api/workflow-definitions/d1' })
      .flush(
        { status: 409, code: 'Platform:StaleStamp', title: '已被他人修改' },
        { status: 409, statusText: 'Conflict' },
      );
    await settle();
    http
      .expectOne({ method: 'GET', url: '/api/workflow-definitions/d1' })
      .flush({ definition: { ...own, name: '他人改的名称', concurrencyStamp: 's2' }, versions: [] });
    await eventually(() => {
      expect(document.body.textContent).toContain('他人改的名称');
    });
    [...document.querySelectorAll<HTMLElement>('ui-conflict-dialog button')].at(-1)?.click();
    await settle();
    const again = await eventually(() =>
      http.expectOne({ method: 'PUT', url: '/api/workflow-definitions/d1' }),
    );
    expect(again.request.body).toEqual({
      name: '省级成果报送',
      allowsOverride: true,
      concurrencyStamp: 's2',
    });
    again.flush({ definition: own, versions: [] });
    await list();
  });

  it('warn before a flow is retired: what is in force then, what runs, and who chose it', async () => {
    const { http, menu, list } = await show([definition({ isOwn: true, currentVersion: 3, draftId: null })]);
    const items = await menu();
    items.find((item) => item.textContent.trim() === '停用')?.click();
    await settle();
    http.expectOne('/api/workflow-versions/v1').flush({ id: 'v1', concurrencyStamp: 's7' });
    http.expectOne('/api/workflow-versions/v1/retirement').flush({
      runningInstances: 12,
      isInForce: true,
      nextVersion: null,
      chosenForCount: 7,
      chosenFor: [{ title: '改革试点（三）容缺受理', kind: '成果报送', regionName: '江苏省' }],
    });
    const text = await eventually(() => {
      const shown = [...document.querySelectorAll('mat-dialog-container')].at(-1)?.textContent ?? '';
      expect(shown).toContain('停用第 3 版后，新的业务不再启动本流程');
      return shown;
    });
    expect(text).toContain('正在办理的 12 项');
    expect(text).toContain('改革试点（三）容缺受理（江苏省，成果报送）');
    expect(text).toContain('另有 6 处');
    http.expectNone('/api/workflow-versions/v1/retire');
    dialogButton('停用')?.click();
    await settle();
    const sent = await eventually(() => http.expectOne('/api/workflow-versions/v1/retire'));
    expect(sent.request.body).toEqual({ concurrencyStamp: 's7' });
    sent.flush({});
    await list();
  });
});
