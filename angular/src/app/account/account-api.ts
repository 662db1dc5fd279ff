import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable, of, switchMap } from 'rxjs';
import { Session, SessionService } from '@core';

export interface TwoFactorNeeded {
  readonly requiresTwoFactor: true;
}

export interface SignInProvider {
  readonly name: string;
  readonly displayName: string;
}

export interface AccountSession {
  readonly id: string;
  readonly isCurrent: boolean;
  readonly startedAt: string;
  readonly lastSeenAt: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

export interface AuthenticatorSetup {
  readonly sharedKey: string;
  readonly uri: string;
  readonly qrCodeSvg: string;
}

export interface RecoveryCodes {
  readonly recoveryCodes: readonly string[];
}

@Injectable({ providedIn: 'root' })
export class AccountApi {
  private readonly http = inject(HttpClient);
  private readonly session = inject(SessionService);

  providers(): Observable<readonly SignInProvider[]> {
    return this.http.get<readonly SignInProvider[]>('/api/session/providers');
  }

  /** Answers true when a second factor is still wanted. */
  signIn(userName: string, password: string): Observable<boolean> {
    return this.http
      .post<Session | TwoFactorNeeded>('/api/account/sign-in', { userName, password })
      .pipe(switchMap((answer) => ('requiresTwoFactor' in answer ? of(true) : this.signedIn())));
  }

  signInWithCode(code: string, isRecoveryCode: boolean): Observable<boolean> {
    return this.http
      .post<Session>('/api/account/sign-in/two-factor', { code, isRecoveryCode, rememberDevice: false })
      .pipe(switchMap(() => this.signedIn()));
  }

  changePassword(currentPassword: string, newPassword: string): Observable<unknown> {
    return this.http
      .post('/api/account/change-password', { currentPassword, newPassword })
      .pipe(switchMap(() => this.session.load()));
  }

  sessions(): Observable<readonly AccountSession[]> {
    return this.http.get<readonly AccountSession[]>('/api/account/sessions');
  }

  revokeSession(id: string): Observable<unknown> {
    return this.http.delete(`/api/account/sessions/${encodeURIComponent(id)}`);
  }

  revokeAllSessions(): Observable<unknown> {
    return this.http.post('/api/account/sessions/revoke-all', {});
  }

  startAuthenticator(): Observable<AuthenticatorSetup> {
    return this.http.post<AuthenticatorSetup>('/api/account/authenticator/start', {});
  }

  enableAuthenticator(code: string): Observable<RecoveryCodes> {
    return this.http.post<RecoveryCodes>('/api/account/authenticator/enable', { code });
  }

  disableAuthenticator(code: string): Observable<unknown> {
    return this.http.post('/api/account/authenticator/disable', { code });
  }

  newRecoveryCodes(code: string): Observable<RecoveryCodes> {
    return this.http.post<RecoveryCodes>('/api/account/recovery-codes', { code });
  }

  // The antiforgery token is bound to the person, so it is fetched again once we know who they are.
  private signedIn(): Observable<boolean> {
    return this.session.load().pipe(switchMap(() => of(false)));
  }
}
