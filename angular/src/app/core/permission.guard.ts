import { inject } from '@angular/core';
import { CanActivateFn, RedirectCommand, Router, RouterStateSnapshot, UrlTree } from '@angular/router';
import { SessionService } from './session.service';

/** Lets signed-in people in; everybody else signs in first and comes back here. */
export const requireSignIn: CanActivateFn = (_route, state) => signInFirst(state) ?? true;

/** Route guard: the role must hold the permission (any of them, where several are named). */
export function requirePermission(...permissions: string[]): CanActivateFn {
  return (_route, state) => {
    const elsewhere = signInFirst(state);
    if (elsewhere) {
      return elsewhere;
    }
    if (inject(SessionService).canAny(permissions)) {
      return true;
    }
    // The address stays, so that a reload after a grant opens the page that was asked for.
    return new RedirectCommand(inject(Router).parseUrl('/forbidden'), { skipLocationChange: true });
  };
}

function signInFirst(state: RouterStateSnapshot): UrlTree | null {
  const session = inject(SessionService);
  const router = inject(Router);
  if (!session.isAuthenticated()) {
    return router.createUrlTree(['/sign-in'], {
      queryParams: state.url === '/' ? {} : { returnUrl: state.url },
    });
  }
  if (session.session().mustChangePassword && !state.url.startsWith('/account/change-password')) {
    return router.createUrlTree(['/account/change-password'], { queryParams: { returnUrl: state.url } });
  }
  return null;
}

/** Only addresses of this app are returned to; anything else would be an open redirect. */
export function safeReturnUrl(url: string | null | undefined): string {
  return url && /^\/(?![/\\])/.test(url) && !url.startsWith('/sign-in') ? url : '/';
}
