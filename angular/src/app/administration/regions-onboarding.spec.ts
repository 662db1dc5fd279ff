import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTexts } from '../../testing/texts';
import { apiInterceptor } from '../core/api.interceptor';
import { RegionsOnboardingPage } from './regions-onboarding';

const JIANGSU = { code: '32', name: '江苏省', cities: 13, isOnboarded: true, hasAdministrator: true };
const ZHEJIANG = { code: '33', name: '浙江省', cities: 11, isOnboarded: false, hasAdministrator: false };

describe('onboarding', () => {
  it('offers what is not yet onboarded, and shows the password once', async () => {
    TestBed.configureTestingModule({
      providers: [
        provideTexts(),
        provideRouter([]),
        provideHttpClient(withInterceptors([apiInterceptor])),
        provideHttpClientTesting(),
      ],
    });
    const fixture = TestBed.createComponent(RegionsOnboardingPage);
    const backend = TestBed.inject(HttpTestingController);
    const root = fixture.nativeElement as HTMLElement;
    const settle = async () => {
      await new Promise((done) => setTimeout(done, 5));
      await fixture.whenStable();
    };
    const type = (selector: string, value: string, event: string) => {
      const field = root.querySelector<HTMLInputElement | HTMLSelectElement>(selector);
      if (!field) {
        throw new Error(`no ${selector}`);
      }
      field.value = value;
      field.dispatchEvent(new Event(event));
    };
    backend.expectOne('/api/onboarding/provinces').flush([JIANGSU, ZHEJIANG]);
    await settle();
    expect([...root.querySelectorAll('option')].map((option) => option.value)).toEqual(['', '33']);

    type('select', '33', 'change');
    type('[formControlName=administratorUserName]', 'zj.admin', 'input');
    type('[formControlName=administratorDisplayName]', '浙江管理员', 'input');
    root.querySelector<HTMLElement>('button[type=submit]')?.click();
    await settle();
    const request = backend.expectOne('/api/onboarding/provinces/33');
    expect(request.request.body).toEqual({
      administratorUserName: 'zj.admin',
      administratorDisplayName: '浙江管理员',
    });
    request.flush({
      province: { ...ZHEJIANG, isOnboarded: true, hasAdministrator: true },
      administratorUserName: 'zj.admin',
      initialPassword: 'Ab2#cdefghijkmnp',
    });
    await settle();
    backend.expectOne('/api/onboarding/provinces').flush([JIANGSU]);
    await settle();
    expect(root.querySelector('code')?.textContent).toBe('Ab2#cdefghijkmnp');
    expect(fixture.componentInstance.hasUnsavedChanges()).toBe(true);

    root.querySelector<HTMLElement>('section[role=status] button')?.click();
    await settle();
    expect(root.textContent).not.toContain('Ab2#cdefghijkmnp');
    expect(fixture.componentInstance.hasUnsavedChanges()).toBe(false);
  });
});
