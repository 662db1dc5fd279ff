import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import {
  ActivatedRouteSnapshot,
  RedirectCommand,
  RouterStateSnapshot,
  UrlTree,
  provideRouter,
} from '@angular/router';
import { requirePermission, safeReturnUrl } from './permission.guard';
import { SessionService } from './session.service';

function signIn(session: object): void {
  TestBed.inject(SessionService).load().subscribe();
  TestBed.inject(HttpTestingController).expectOne('/api/session').flush(session);
}

function run(permission: string, url: string): unknown {
  return TestBed.runInInjectionContext(() =>
    requirePermission(permission)({} as ActivatedRouteSnapshot, { url } as RouterStateSnapshot),
  );
}

describe('requirePermission', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideRouter([]), provideHttpClient(), provideHttpClientTesting()],
    });
  });

  it('sends strangers to sign in and remembers where they wanted to go', () => {
    expect(String(run('Pilots.View', '/pilots/7?tab=2') as UrlTree)).toBe(
      '/sign-in?returnUrl=%2Fpilots%2F7%3Ftab%3D2',
    );
  });

  it('lets in who holds the permission, or any of a module', () => {
    signIn({ isAuthenticated: true, permissions: ['Pilots.Plans.Edit'] });
    expect(run('Pilots.Plans.Edit', '/pilots')).toBe(true);
    expect(run('Pilots.*', '/pilots')).toBe(true);
  });

  it('shows “forbidden” to who lacks it, without changing the address', () => {
    signIn({ isAuthenticated: true, permissions: ['Pilots.Plans.Edit'] });
    const answer = run('Pilots.Plans', '/pilots') as RedirectCommand;
    expect(answer).toBeInstanceOf(RedirectCommand);
    expect(String(answer.redirectTo)).toBe('/forbidden');
    expect(answer.navigationBehaviorOptions?.skipLocationChange).toBe(true);
  });

  it('wants an initial password changed before anything else', () => {
    signIn({ isAuthenticated: true, permissions: ['Pilots.View'], mustChangePassword: true });
    expect(String(run('Pilots.View', '/pilots') as UrlTree)).toContain('/account/change-password');
  });
});

describe('safeReturnUrl', () => {
  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', null])(
    'does not leave the platform for %s',
    (url) => {
      expect(safeReturnUrl(url)).toBe('/');
    },
  );

  it('returns to an address of the platform', () => {
    expect(safeReturnUrl('/pilots/7?tab=2')).toBe('/pilots/7?tab=2');
  });
});
