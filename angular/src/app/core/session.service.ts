import { HttpClient } from '@angular/common/http';
import { Injectable, Injector, computed, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { Observable, catchError, map, of, tap } from 'rxjs';
import { ApiProblem } from './api-problem';
import { ANONYMOUS, Session } from './session';

/** Who is signed in, for which region, with which permissions. Loaded before the first screen. */
@Injectable({ providedIn: 'root' })
export class SessionService {
  // Resolved late: the HTTP client's interceptor itself needs this service.
  private readonly injector = inject(Injector);
  private readonly state = signal<Session>(ANONYMOUS);
  private readonly failure = signal<ApiProblem | null>(null);

  readonly session = this.state.asReadonly();
  /** Why the session could not be loaded; the frame shows it with a retry. */
  readonly problem = this.failure.asReadonly();
  readonly user = computed(() => this.state().user);
  readonly region = computed(() => this.state().region);
  readonly isAuthenticated = computed(() => this.state().isAuthenticated);
  private readonly granted = computed(() => new Set(this.state().permissions));

  /** Never fails: what went wrong is in `problem`. */
  load(): Observable<Session> {
    return this.injector
      .get(HttpClient)
      .get<Session>('/api/session')
      .pipe(
        map((session) => ({ ...ANONYMOUS, ...session })),
        tap((session) => {
          this.state.set(session);
          this.failure.set(null);
        }),
        catchError((error: unknown) => {
          this.failure.set(ApiProblem.from(error));
          return of(this.state());
        }),
      );
  }

  /** Reads signals, so templates and computed values follow a change of role. */
  can(permission: string): boolean {
    return this.granted().has(permission);
  }

  /** `Pilots.*` asks for any permission of a module. */
  canAny(patterns: readonly string[]): boolean {
    return patterns.some((pattern) =>
      pattern.endsWith('*')
        ? this.state().permissions.some((permission) => permission.startsWith(pattern.slice(0, -1)))
        : this.can(pattern),
    );
  }

  /** The server no longer knows us: keep the place, ask to sign in again. */
  expire(): void {
    const wasSignedIn = this.isAuthenticated();
    this.state.set(ANONYMOUS);
    const router = this.injector.get(Router);
    if (wasSignedIn && !router.url.startsWith('/sign-in')) {
      void router.navigate(['/sign-in'], { queryParams: { returnUrl: router.url, expired: true } });
    }
  }

  /** Whether the server still knows us: if not, as at any other end of the session; if so, with a new token. */
  recheck(): void {
    this.injector
      .get(HttpClient)
      .get<Session>('/api/session')
      .subscribe({
        next: (session) => {
          if (session.isAuthenticated) {
            this.state.set({ ...ANONYMOUS, ...session });
          } else {
            this.expire();
          }
        },
        error: (error: unknown) => {
          this.failure.set(ApiProblem.from(error));
        },
      });
  }

  clear(): void {
    this.state.set(ANONYMOUS);
  }
}
