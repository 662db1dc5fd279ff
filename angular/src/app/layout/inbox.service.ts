import { HttpClient } from '@angular/common/http';
import { Injectable, InjectionToken, effect, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { ApiProblem, SessionService } from '@core';

/** The part of EventSource in use; null where there is none. Tests put a stand-in here. */
export type UnreadSource = Pick<EventSource, 'addEventListener' | 'close'>;
export const UNREAD_SOURCE = new InjectionToken<(url: string) => UnreadSource | null>('unread source', {
  providedIn: 'root',
  factory: () => (url) => (typeof EventSource === 'undefined' ? null : new EventSource(url)),
});

export interface TaskCounts {
  readonly todo: number;
  readonly overdue: number;
  readonly copiedUnread: number;
}

/** How many notifications wait to be read: pushed by the server, and asked for when pages call `refresh`. */
@Injectable({ providedIn: 'root' })
export class InboxService {
  private readonly http = inject(HttpClient);
  private readonly session = inject(SessionService);
  private readonly openSource = inject(UNREAD_SOURCE);
  private readonly unread = signal<number | null>(null);
  private readonly tasks = signal<TaskCounts | null>(null);

  /** Null while it is not known, so that the frame never claims an empty inbox. */
  readonly unreadCount = this.unread.asReadonly();
  /** Tasks of flows that wait for the person, once the server has pushed them. */
  readonly taskCounts = this.tasks.asReadonly();

  constructor() {
    effect((onCleanup) => {
      if (!this.session.isAuthenticated()) {
        this.unread.set(null);
        this.tasks.set(null);
        return;
      }
      const source = this.openSource('/api/notifications/stream');
      source?.addEventListener('unread', (event: MessageEvent<string>) => {
        this.unread.set((JSON.parse(event.data) as { count: number }).count);
      });
      // The stream tells that the tasks changed; how they divide is asked for.
      source?.addEventListener('tasks', () => {
        void this.refreshTasks();
      });
      onCleanup(() => {
        source?.close();
      });
    });
  }

  private async refreshTasks(): Promise<void> {
    try {
      this.tasks.set(await firstValueFrom(this.http.get<TaskCounts>('/api/workflow-tasks/counts')));
    } catch (error) {
      if (!(error instanceof ApiProblem)) {
        throw error;
      }
      this.tasks.set(null);
    }
  }

  async refresh(): Promise<void> {
    try {
      const { count } = await firstValueFrom(
        this.http.get<{ count: number }>('/api/notifications/unread-count'),
      );
      this.unread.set(count);
    } catch (error) {
      // The count is a convenience: a failure shows no number rather than a wrong one.
      if (!(error instanceof ApiProblem)) {
        throw error;
      }
      this.unread.set(null);
    }
  }
}
