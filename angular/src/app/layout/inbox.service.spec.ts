import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTexts } from '../../testing/texts';
import { SessionService } from '../core';
import { apiInterceptor } from '../core/api.interceptor';
import { InboxService, UNREAD_SOURCE } from './inbox.service';

function start() {
  const listeners = new Map<string, (event: MessageEvent<string>) => void>();
  const close = vi.fn();
  const source = {
    readyState: 1,
    addEventListener: (name: string, listener: (event: MessageEvent<string>) => void) => {
      listeners.set(name, listener);
    },
    close,
  };
  const open = vi.fn(() => source);
  TestBed.configureTestingModule({
    providers: [
      provideTexts(),
      provideRouter([]),
      provideHttpClient(withInterceptors([apiInterceptor])),
      provideHttpClientTesting(),
      { provide: UNREAD_SOURCE, useValue: open },
    ],
  });
  const session = TestBed.inject(SessionService);
  const inbox = TestBed.inject(InboxService);
  const http = TestBed.inject(HttpTestingController);
  const signIn = () => {
    session.load().subscribe();
    http
      .expectOne('/api/session')
      .flush({ isAuthenticated: true, user: { id: '1', userName: 'a', displayName: 'A' }, permissions: [] });
    TestBed.tick();
  };
  const push = (name: string, count?: number) => {
    listeners.get(name)?.(new MessageEvent(name, { data: JSON.stringify({ count }) }));
  };
  TestBed.tick();
  return { inbox, session, http, signIn, push, open, close, source };
}

describe('inbox service', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('listens while signed in, shows what is pushed, and stops with the session', () => {
    const { inbox, session, signIn, push, open, close } = start();
    expect(open).not.toHaveBeenCalled();
    signIn();
    expect(open).toHaveBeenCalledWith('/api/notifications/stream');
    push('unread', 3);
    expect(inbox.unreadCount()).toBe(3);

    session.clear();
    TestBed.tick();
    expect(close).toHaveBeenCalled();
    expect(inbox.unreadCount()).toBeNull();
  });

  it('takes the counts of tasks from the stream and asks for nothing, which would keep an idle session alive', () => {
    const { inbox, http, signIn, push } = start();
    signIn();
    push('tasks', 4);
    push('tasks-overdue', 1);
    expect(inbox.taskCounts()).toBeNull();
    push('tasks-copied', 2);
    const counts = inbox.taskCounts();
    expect(counts).toEqual({ todo: 4, overdue: 1, copiedUnread: 2 });
    // A heartbeat says the same again.
    push('tasks', 4);
    expect(inbox.taskCounts()).toBe(counts);
    http.verify();
  });

  it('opens a stream again that was refused, and waits longer each time until it holds', () => {
    vi.useFakeTimers();
    const { session, signIn, push, open, source } = start();
    signIn();
    // The browser itself tries again: nothing to do.
    source.readyState = 0;
    push('error');
    vi.advanceTimersByTime(60_000);
    expect(open).toHaveBeenCalledTimes(1);
    source.readyState = 2;
    push('error');
    vi.advanceTimersByTime(5_000);
    expect(open).toHaveBeenCalledTimes(2);
    push('error');
    vi.advanceTimersByTime(5_000);
    expect(open).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(5_000);
    expect(open).toHaveBeenCalledTimes(3);
    push('open');
    push('error');
    vi.advanceTimersByTime(5_000);
    expect(open).toHaveBeenCalledTimes(4);
    push('error');
    session.clear();
    TestBed.tick();
    vi.advanceTimersByTime(60_000);
    expect(open).toHaveBeenCalledTimes(4);
  });
});
