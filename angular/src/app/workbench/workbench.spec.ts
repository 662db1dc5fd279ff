import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import { WorkbenchDto } from '@api/models/workbench-dto';
import { WorkbenchItemDto } from '@api/models/workbench-item-dto';
import { SessionService } from '@core';
import texts from '../../../public/i18n/workbench/zh-Hans.json';
import { provideTexts } from '../../testing/texts';
import { WorkbenchPage } from './workbench';

function anItem(key: string, subject: string): WorkbenchItemDto {
  return {
    key,
    text: key,
    subject,
    regionId: 'r1',
    regionName: '南通市',
    link: `/pilots/1?tab=plan#${subject}`,
    dueDate: '2026-11-20',
    light: 'Red',
    since: '2026-11-01T01:00:00Z',
  };
}

async function show(permissions: string[] = []) {
  TestBed.configureTestingModule({
    providers: [provideTexts(), provideRouter([]), provideHttpClient(), provideHttpClientTesting()],
  });
  TestBed.inject(TranslocoService).setTranslation({ workbench: texts }, 'zh-Hans');
  const http = TestBed.inject(HttpTestingController);
  TestBed.inject(SessionService).load().subscribe();
  http.expectOne('/api/session').flush({ isAuthenticated: true, permissions });
  const fixture = TestBed.createComponent(WorkbenchPage);
  const root = fixture.nativeElement as HTMLElement;
  const settle = async () => {
    await new Promise((done) => setTimeout(done));
    await fixture.whenStable();
  };
  fixture.detectChanges();
  const answer = async (workbench: WorkbenchDto, limit = 50) => {
    http.expectOne(`/api/workbench?limit=${limit}`).flush(workbench);
    await settle();
  };
  return { http, root, settle, answer };
}

const few: WorkbenchDto = {
  total: 3,
  isCountedWhole: true,
  groups: [
    { key: 'review', text: '待审核成果', count: 2, red: 2, amber: 0 },
    { key: 'plan', text: '待制定方案', count: 1, red: 0, amber: 0 },
  ],
  items: [anItem('review', '甲'), anItem('plan', '乙'), anItem('review', '丙')],
};

describe('workbench page', () => {
  it('lists what waits under its kind, in the server’s order, with links that keep their query', async () => {
    const { root, answer } = await show();
    await answer(few);
    const headings = [...root.querySelectorAll('section[aria-labelledby^=group] h2')].map(
      (h) => h.textContent,
    );
    expect(headings[0]).toContain('待审核成果');
    expect(headings[0]).toContain('2 项');
    expect(headings[0]).toContain('逾期 2 项');
    expect(headings[1]).not.toContain('逾期');
    const first = root.querySelector('section[aria-labelledby="group-0"]');
    expect([...(first?.querySelectorAll('li a') ?? [])].map((a) => a.textContent)).toEqual(['甲', '丙']);
    expect(first?.querySelector('a')?.getAttribute('href')).toBe('/pilots/1?tab=plan#%E7%94%B2');
    expect(root.querySelector('ui-empty-state')).toBeNull();
  });

  it('says how much is not listed, and lists it when asked', async () => {
    const { root, answer } = await show();
    await answer({ ...few, items: few.items.slice(0, 2) });
    expect(root.textContent).toContain('还有 1 项未列出');
    [...root.querySelectorAll('button')].find((b) => b.textContent.includes('显示其余 1 项'))?.click();
    await answer(few, 200);
    expect(root.textContent).not.toContain('还有 1 项未列出');
  });

  it('says “at least” when so much waits that the kinds are not counted whole', async () => {
    const { root, answer } = await show();
    await answer({ ...few, total: 900, isCountedWhole: false });
    expect(root.textContent).toContain('至少 2 项');
  });

  it('is empty with a next step by permission', async () => {
    const { root, answer } = await show(['Pilots.Pilots.View']);
    await answer({ total: 0, isCountedWhole: true, groups: [], items: [] });
    const links = [...root.querySelectorAll('ui-empty-state a')].map((a) => a.getAttribute('href'));
    expect(links).toEqual(['/pilots']);
    const quick = [...root.querySelectorAll('.quick a')].map((a) => a.getAttribute('href'));
    expect(quick).toEqual(['/pilots']);
  });

  it('shows the number of unread notifications, and none when it is not known', async () => {
    const { http, root, settle, answer } = await show();
    await answer(few);
    expect(root.querySelector('#inbox')?.textContent).toContain('暂时无法取得');
    http.expectOne('/api/notifications/unread-count').flush({ count: 4 });
    await settle();
    expect(root.querySelector('#inbox')?.textContent).toContain('有 4 条未读通知');
  });

  it('offers a retry when loading failed', async () => {
    const { http, root, settle, answer } = await show();
    http.expectOne('/api/workbench?limit=50').flush({ title: '出错' }, { status: 500, statusText: 'x' });
    await settle();
    root.querySelector<HTMLElement>('ui-problem-view button')?.click();
    await answer(few);
    expect(root.querySelector('ui-problem-view')).toBeNull();
  });
});
