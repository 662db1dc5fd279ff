import { HttpClient } from '@angular/common/http';
import { Injectable, InjectionToken, computed, effect, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { ApiProblem, SessionService } from '@core';

/** The part of EventSource in use; null where there is none. Tests put a stand-in here. */
export type UnreadSource = Pick<EventSource, 'addEventListener' | 'close' | 'readyState'>;
export const UNREAD_SOURCE = new InjectionToken<(url: string) => UnreadSource | null>('unread source', {
  providedIn: 'root',
  factory: () => (url) => (typeof EventSource === 'undefined' ? null : new EventSource(url)),
});

export interface TaskCounts {
  readonly todo: number;
  readonly overdue: number;
  readonly copiedUnread: number;
}

/** The stream's events about tasks, and what each counts. */
const TASK_EVENTS: Readonly<Record<string, keyof TaskCounts>> = {
  tasks: 'todo',
  'tasks-overdue': 'overdue',
  'tasks-copied': 'copiedUnread',
};

/** A browser opens a broken stream again by itself, but not one that was refused, as by a proxy while the server starts. */
const CLOSED = 2;
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 60_000;

/** How many notifications and tasks wait: pushed by the server; notifications are also asked for when pages call `refresh`. */
@Injectable({ providedIn: 'root' })
export class InboxService {
  private readonly http = inject(HttpClient);
  private readonly session = inject(SessionService);
  private readonly openSource = inject(UNREAD_SOURCE);
  private readonly unread = signal<number | null>(null);
  private readonly tasks = signal<Partial<TaskCounts>>({});

  /** Null while it is not known, so that the frame never claims an empty inbox. */
  readonly unreadCount = this.unread.asReadonly();
  /** Tasks of flows that wait for the person, once the server has pushed them all; a new value only when one has changed. */
  readonly taskCounts = computed<TaskCounts | null>(
    () => {
      const { todo, overdue, copiedUnread } = this.tasks();
      return todo === undefined || overdue === undefined || copiedUnread === undefined
        ? null
        : { todo, overdue, copiedUnread };
    },
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );

  constructor() {
    effect((onCleanup) => {
      if (!this.session.isAuthenticated()) {
        this.unread.set(null);
        this.tasks.set({});
        return;
      }
      let source: UnreadSource | null = null;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let wait = FIRST_WAIT;
      const open = () => {
        const opened = this.openSource('/api/notifications/stream');
        source = opened;
        opened?.addEventListener('open', () => {
          wait = FIRST_WAIT;
        });
        opened?.addEventListener('error', () => {
          if (opened.readyState === CLOSED) {
            timer = setTimeout(open, wait);
            wait = Math.min(2 * wait, LONGEST_WAIT);
          }
        });
        opened?.addEventListener('unread', (event: MessageEvent<string>) => {
          this.unread.set(countOf(event));
        });
        // All that is shown comes with the event: asking for more would count as the person's doing, at every heartbeat,
        // and keep the session of somebody who has left alive.
        for (const [name, key] of Object.entries(TASK_EVENTS)) {
          opened?.addEventListener(name, (event: MessageEvent<string>) => {
            this.tasks.update((counts) => ({ ...counts, [key]: countOf(event) }));
          });
        }
      };
      open();
      onCleanup(() => {
        clearTimeout(timer);
        source?.close();
      });
    });
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

function countOf(event: MessageEvent<string>): number {
  return (JSON.parse(event.data) as { count: number }).count;
}
