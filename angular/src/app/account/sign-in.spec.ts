import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { provideTexts } from '../../testing/texts';
import { apiInterceptor } from '../core/api.interceptor';
import { SignInPage } from './sign-in';

const SESSION = {
  isAuthenticated: true,
  user: { id: '1', userName: 'a', displayName: 'A' },
  permissions: [],
};

async function show(providers: object[] = []) {
  TestBed.configureTestingModule({
    providers: [
      provideTexts(),
      provideRouter([]),
      provideHttpClient(withInterceptors([apiInterceptor])),
      provideHttpClientTesting(),
    ],
  });
  const navigate = vi.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
  const fixture = TestBed.createComponent(SignInPage);
  fixture.componentRef.setInput('returnUrl', '/pilots/7');
  const backend = TestBed.inject(HttpTestingController);
  backend.expectOne('/api/session/providers').flush(providers);
  await fixture.whenStable();
  const root = fixture.nativeElement as HTMLElement;
  const type = (name: string, value: string) => {
    const input = root.querySelector<HTMLInputElement>(`[formControlName=${name}]`);
    if (!input) {
      throw new Error(`no field ${name}`);
    }
    input.value = value;
    input.dispatchEvent(new Event('input'));
  };
  const submit = async () => {
    root.querySelector<HTMLElement>('button[type=submit]')?.click();
    await settle();
  };
  const settle = async () => {
    await new Promise((done) => setTimeout(done, 5));
    await fixture.whenStable();
  };
  return { root, backend, navigate, type, submit, settle };
}

describe('sign-in', () => {
  it('signs in and goes where one wanted to go', async () => {
    const { backend, navigate, type, submit, settle } = await show();
    type('userName', ' zhangmin ');
    type('password', 'secret');
    await submit();
    const request = backend.expectOne('/api/account/sign-in');
    expect(request.request.body).toEqual({ userName: 'zhangmin', password: 'secret' });
    request.flush(SESSION);
    backend.expectOne('/api/session').flush(SESSION);
    await settle();
    expect(navigate).toHaveBeenCalledWith('/pilots/7');
  });

  it('asks for the second factor, or a recovery code instead', async () => {
    const { root, backend, navigate, type, submit, settle } = await show();
    type('userName', 'a');
    type('password', 'secret');
    await submit();
    backend.expectOne('/api/account/sign-in').flush({ requiresTwoFactor: true });
    await settle();
    expect(root.querySelector('h1')?.textContent).toContain('二次验证');
    expect(navigate).not.toHaveBeenCalled();
    [...root.querySelectorAll('button')].find((button) => button.textContent.includes('改用恢复码'))?.click();
    await settle();
    type('code', 'abcd 1234');
    await submit();
    const request = backend.expectOne('/api/account/sign-in/two-factor');
    expect(request.request.body).toEqual({ code: 'abcd1234', isRecoveryCode: true, rememberDevice: false });
    request.flush(SESSION);
    backend.expectOne('/api/session').flush(SESSION);
    await settle();
    expect(navigate).toHaveBeenCalledWith('/pilots/7');
  });

  it('shows the server’s words for a lockout and keeps the user name', async () => {
    const { root, backend, type, submit, settle } = await show();
    type('userName', 'zhangmin');
    type('password', 'wrong');
    await submit();
    backend
      .expectOne('/api/account/sign-in')
      .flush(
        { title: '账号已锁定，请 15 分钟后再试。', code: 'Identity:LockedOut' },
        { status: 401, statusText: '' },
      );
    await settle();
    expect(root.querySelector('.ui-error-summary')?.textContent).toContain('账号已锁定');
    expect(root.querySelector<HTMLInputElement>('[formControlName=userName]')?.value).toBe('zhangmin');
  });

  it('sends nothing while a field is blank, and once only on a double click', async () => {
    const { backend, type, submit } = await show();
    type('userName', 'a');
    await submit();
    backend.expectNone('/api/account/sign-in');
    type('password', 'secret');
    await submit();
    await submit();
    expect(backend.match('/api/account/sign-in')).toHaveLength(1);
  });

  it('offers another provider only where there is one', async () => {
    const { root } = await show([{ name: 'oidc', displayName: '省统一认证' }]);
    const link = root.querySelector('main a.button');
    expect(link?.textContent).toContain('使用 省统一认证 登录');
    expect(link?.getAttribute('href')).toBe('/api/account/external/oidc?returnUrl=%2Fpilots%2F7');
  });
});
