import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTexts } from '../../testing/texts';
import { SessionService } from '../core';
import { apiInterceptor } from '../core/api.interceptor';
import { InboxService, UNREAD_SOURCE } from './inbox.service';

describe('inbox service', () => {
  it('listens while signed in, shows what is pushed, and stops with the session', async () => {
    const push = new Map<string, (event: MessageEvent<string>) => void>();
    const close = vi.fn();
    const open = vi.fn(() => ({
      addEventListener: (name: string, listener: (event: MessageEvent<string>) => void) => {
        push.set(name, listener);
      },
      close,
    }));
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
    TestBed.tick();
    expect(open).not.toHaveBeenCalled();

    session.load().subscribe();
    TestBed.inject(HttpTestingController)
      .expectOne('/api/session')
      .flush({ isAuthenticated: true, user: { id: '1', userName: 'a', displayName: 'A' }, permissions: [] });
    TestBed.tick();
    expect(open).toHaveBeenCalledWith('/api/notifications/stream');
    push.get('unread')?.(new MessageEvent('unread', { data: '{"count":3}' }));
    expect(inbox.unreadCount()).toBe(3);
    push.get('tasks')?.(new MessageEvent('tasks', { data: '{"count":4}' }));
    TestBed.inject(HttpTestingController)
      .expectOne('/api/workflow-tasks/counts')
      .flush({ todo: 4, overdue: 1, copiedUnread: 2 });
    await Promise.resolve();
    expect(inbox.taskCounts()).toEqual({ todo: 4, overdue: 1, copiedUnread: 2 });

    session.clear();
    TestBed.tick();
    expect(close).toHaveBeenCalled();
    expect(inbox.unreadCount()).toBeNull();
  });
});
