import { HttpClient, provideHttpClient, withInterceptors, withXsrfConfiguration } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { ApiProblem } from './api-problem';
import { apiInterceptor } from './api.interceptor';
import { XSRF_COOKIE, XSRF_HEADER } from './cookies';
import { SessionService } from './session.service';

describe('apiInterceptor', () => {
  let http: HttpClient;
  let backend: HttpTestingController;
  let session: SessionService;

  beforeEach(() => {
    document.cookie = `${XSRF_COOKIE}=token-1; path=/`;
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideHttpClient(
          withXsrfConfiguration({ cookieName: XSRF_COOKIE, headerName: XSRF_HEADER }),
          withInterceptors([apiInterceptor]),
        ),
        provideHttpClientTesting(),
      ],
    });
    http = TestBed.inject(HttpClient);
    backend = TestBed.inject(HttpTestingController);
    session = TestBed.inject(SessionService);
    session.load().subscribe();
    backend
      .expectOne('/api/session')
      .flush({ isAuthenticated: true, user: { id: '1', userName: 'a', displayName: 'A' }, permissions: [] });
  });

  it('sends the antiforgery token and the language with a change', () => {
    http.post('/api/pilots', {}).subscribe();
    const { request } = backend.expectOne('/api/pilots');
    expect(request.headers.get(XSRF_HEADER)).toBe('token-1');
    expect(request.headers.get('Accept-Language')).toBe('zh-Hans');
  });

  it('rethrows failures as ApiProblem', () => {
    let caught: unknown;
    http.get('/api/pilots/1').subscribe({ error: (error: unknown) => (caught = error) });
    backend
      .expectOne('/api/pilots/1')
      .flush({ title: '没有找到', code: 'Pilots:NotFound' }, { status: 404, statusText: 'Not Found' });
    expect(caught).toBeInstanceOf(ApiProblem);
    expect((caught as ApiProblem).code).toBe('Pilots:NotFound');
    expect(session.isAuthenticated()).toBe(true);
  });

  it('asks whether the session has ended when the token is refused, and keeps the place', () => {
    const navigate = vi.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    const refuse = () => {
      http.post('/api/pilots', {}).subscribe({ error: () => undefined });
      backend
        .expectOne('/api/pilots')
        .flush(
          { status: 400, code: 'Platform:Antiforgery', title: '页面已过期' },
          { status: 400, statusText: '' },
        );
    };
    refuse();
    backend
      .expectOne('/api/session')
      .flush({ isAuthenticated: true, user: { id: '1', userName: 'a', displayName: 'A' }, permissions: [] });
    expect(navigate).not.toHaveBeenCalled();
    refuse();
    backend.expectOne('/api/session').flush({ isAuthenticated: false, user: null, permissions: [] });
    expect(session.isAuthenticated()).toBe(false);
    expect(navigate).toHaveBeenCalledWith(['/sign-in'], { queryParams: { returnUrl: '/', expired: true } });
  });

  it('ends the session on 401 and keeps the place', () => {
    const navigate = vi.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    http.get('/api/pilots').subscribe({ error: () => undefined });
    backend.expectOne('/api/pilots').flush(null, { status: 401, statusText: 'Unauthorized' });
    expect(session.isAuthenticated()).toBe(false);
    expect(navigate).toHaveBeenCalledWith(['/sign-in'], { queryParams: { returnUrl: '/', expired: true } });
  });

  it('takes a 401 of the sign-in form for a wrong password', () => {
    const navigate = vi.spyOn(TestBed.inject(Router), 'navigate');
    http.post('/api/account/sign-in', {}).subscribe({ error: () => undefined });
    backend.expectOne('/api/account/sign-in').flush(null, { status: 401, statusText: 'Unauthorized' });
    expect(session.isAuthenticated()).toBe(true);
    expect(navigate).not.toHaveBeenCalled();
  });
});
