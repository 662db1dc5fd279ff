import { HttpErrorResponse, HttpInterceptorFn, HttpStatusCode } from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, throwError } from 'rxjs';
import { ApiProblem } from './api-problem';
import { PreferencesService } from './preferences.service';
import { SessionService } from './session.service';

const STALE_TOKEN = 'Platform:Antiforgery';

/** Asks for texts in the user's language, turns failures into ApiProblem and rethrows them. */
export const apiInterceptor: HttpInterceptorFn = (request, next) => {
  if (!isApi(request.url)) {
    return next(request);
  }
  const session = inject(SessionService);
  const language = inject(PreferencesService).language();
  return next(request.clone({ setHeaders: { 'Accept-Language': language } })).pipe(
    catchError((error: unknown) => {
      const problem = ApiProblem.from(error);
      if (error instanceof HttpErrorResponse && endsSession(error.status, request.url)) {
        session.expire();
      } else if (problem.code === STALE_TOKEN && session.isAuthenticated()) {
        // The page's token belongs to a person: once the session has ended it fits nobody, and this is all one is told.
        session.recheck();
      }
      return throwError(() => problem);
    }),
  );
};

function isApi(url: string): boolean {
  return url.startsWith('/api/') || url.startsWith('api/');
}

/** A 401 from the sign-in form means a wrong password, not a lost session. */
function endsSession(status: number, url: string): boolean {
  return status === Number(HttpStatusCode.Unauthorized) && !url.includes('/api/account/sign-in');
}
