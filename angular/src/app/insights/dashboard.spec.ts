import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import { Chart } from '@ui';
import texts from '../../../public/i18n/insights/zh-Hans.json';
import { provideTexts } from '../../testing/texts';
import { DashboardPage } from './dashboard';
import { aDashboard } from './dashboard.testing';

async function show(programme?: string) {
  TestBed.configureTestingModule({
    providers: [provideTexts(), provideRouter([]), provideHttpClient(), provideHttpClientTesting()],
  });
  // jsdom cannot draw; what the chart is given is tested with the view.
  TestBed.overrideComponent(Chart, { set: { template: '', imports: [] } });
  TestBed.inject(TranslocoService).setTranslation({ insights: texts }, 'zh-Hans');
  const http = TestBed.inject(HttpTestingController);
  const fixture = TestBed.createComponent(DashboardPage);
  if (programme) {
    fixture.componentRef.setInput('programme', programme);
  }
  const root = fixture.nativeElement as HTMLElement;
  const settle = async () => {
    await new Promise((done) => setTimeout(done));
    await fixture.whenStable();
  };
  fixture.detectChanges();
  return { http, root, settle };
}

const ofDashboard = (id: string) => `/api/insights/dashboard?programmeId=${id}`;

describe('dashboard page', () => {
  it('opens the newest programme and shows figures that add up', async () => {
    const { http, root, settle } = await show();
    http.expectOne('/api/insights/programmes').flush([aDashboard().programme]);
    await settle();
    http.expectOne(ofDashboard('programme-1')).flush(aDashboard());
    await settle();
    expect(root.querySelector('h2')?.textContent).toContain('示范试点工作方案');
    expect(root.querySelector('.figures dd')?.textContent).toContain('3 项');
    const footer = [...root.querySelectorAll('ui-matrix tfoot td')].map((cell) => cell.textContent.trim());
    expect(footer).toEqual(['3', '3 项']);
    expect(root.querySelector('.counts tfoot td')?.textContent).toContain('3 项');
    expect(root.textContent).toContain('另有 1 项已撤回');
    expect(root.textContent).not.toContain('以下仅统计本地区');
  });

  it('shows the programme that the address names, and says when these are only one’s own pilots', async () => {
    const { http, root, settle } = await show('programme-9');
    http.expectOne(ofDashboard('programme-9')).flush({ ...aDashboard(), isWhole: false });
    http.expectOne('/api/insights/programmes').flush([]);
    await settle();
    expect(root.textContent).toContain('以下仅统计本地区');
  });

  it('draws tiles with words where there is no map', async () => {
    const { http, root, settle } = await show('programme-1');
    http.expectOne('/api/insights/programmes').flush([aDashboard().programme]);
    http.expectOne(ofDashboard('programme-1')).flush(aDashboard());
    await settle();
    expect(root.querySelector('.tiles li')?.textContent).toContain('试点 3 项，已报送 1 项');
    expect(root.querySelector('.tiles li')?.className).toContain('some');
  });

  it('says what comes next when there is no programme', async () => {
    const { http, root, settle } = await show();
    http.expectOne('/api/insights/programmes').flush([]);
    await settle();
    expect(root.querySelector('ui-empty-state')?.textContent).toContain('还没有已发布的试点计划');
  });

  it('offers a retry when loading failed, and loads again', async () => {
    const { http, root, settle } = await show('programme-1');
    http.expectOne('/api/insights/programmes').flush([aDashboard().programme]);
    http.expectOne(ofDashboard('programme-1')).flush({ title: '出错' }, { status: 500, statusText: 'x' });
    await settle();
    root.querySelector<HTMLElement>('ui-problem-view button')?.click();
    await settle();
    http.expectOne(ofDashboard('programme-1')).flush(aDashboard());
    await settle();
    expect(root.querySelector('ui-matrix')).not.toBeNull();
    expect(root.querySelector('ui-problem-view')).toBeNull();
  });
});
