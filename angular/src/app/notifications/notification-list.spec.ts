import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { provideTexts } from '../../testing/texts';
import { apiInterceptor } from '../core/api.interceptor';
import { NotificationListPage } from './notification-list';

const ITEM = {
  id: '1',
  title: '江苏省退回了《一业一证》',
  body: '请补正。',
  link: '/pilots/7',
  due: '2023-09-30',
  isRead: false,
  createdAt: '2023-06-01T01:00:00Z',
};

async function show(items: object[]) {
  TestBed.configureTestingModule({
    providers: [
      provideTexts(),
      provideRouter([]),
      provideHttpClient(withInterceptors([apiInterceptor])),
      provideHttpClientTesting(),
    ],
  });
  const navigate = vi.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
  const fixture = TestBed.createComponent(NotificationListPage);
  const backend = TestBed.inject(HttpTestingController);
  backend
    .expectOne((request) => request.url === '/api/notifications')
    .flush({ totalCount: items.length, items });
  const settle = async () => {
    await new Promise((done) => setTimeout(done, 5));
    await fixture.whenStable();
  };
  await settle();
  return { root: fixture.nativeElement as HTMLElement, backend, navigate, settle };
}

describe('notification list', () => {
  it('marks as read before it goes where the notification leads', async () => {
    const { root, backend, navigate, settle } = await show([ITEM]);
    root.querySelector<HTMLElement>('li a')?.click();
    backend.expectOne('/api/notifications/1/read').flush({ ...ITEM, isRead: true });
    await settle();
    backend.expectOne('/api/notifications/unread-count').flush({ count: 0 });
    await settle();
    expect(navigate).toHaveBeenCalledWith('/pilots/7');
    expect(root.querySelector('li.unread')).toBeNull();
  });

  it('asks again for the unread alone', async () => {
    const { root, backend, settle } = await show([{ ...ITEM, isRead: true }]);
    root.querySelector<HTMLElement>('input[type=checkbox]')?.click();
    const request = backend.expectOne((r) => r.url === '/api/notifications');
    expect(request.request.params.get('unreadOnly')).toBe('true');
    request.flush({ totalCount: 0, items: [] });
    await settle();
    expect(root.querySelector('ui-empty-state')).not.toBeNull();
  });
});
