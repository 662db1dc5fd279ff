import { ChangeDetectionStrategy, Component, effect, inject, signal, untracked } from '@angular/core';
import { Router, RouterLink, UrlTree } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Api } from '@api/api';
import { listNotifications } from '@api/fn/notifications/list-notifications';
import { readAllNotifications } from '@api/fn/notifications/read-all-notifications';
import { readNotification } from '@api/fn/notifications/read-notification';
import { NotificationDto } from '@api/models/notification-dto';
import { ApiProblem, AppDatePipe, AppInstantPipe, PreferencesService } from '@core';
import { Busy, Loading, Toast } from '@ui';
import { InboxService } from '../layout/inbox.service';

const PAGE = 10;

/** The newest notifications: who did what, by when something is wanted, with the one link that deals with it. */
@Component({
  selector: 'app-inbox',
  imports: [AppDatePipe, AppInstantPipe, Busy, Loading, RouterLink, TranslocoDirective],
  template: `
    <section *transloco="let t" class="card" id="inbox" aria-labelledby="inbox-title">
      <h2 id="inbox-title">{{ t('workbench.inbox.title') }}</h2>
      @if (problem()) {
        <p role="status">{{ t('workbench.inbox.unknown') }}</p>
        <p>
          <button type="button" class="button small" (click)="retry()">{{ t('ui.retry') }}</button>
        </p>
      } @else if (notifications() === null) {
        <ui-loading [lines]="3" />
      } @else {
        <p class="quiet">
          {{
            inbox.unreadCount() === 0
              ? t('workbench.inbox.none')
              : t('workbench.inbox.unread', { count: inbox.unreadCount() ?? unreadHere() })
          }}
        </p>
        <ul>
          @for (notification of notifications(); track notification.id) {
            <li [class.unread]="!notification.isRead">
              <a [routerLink]="linkOf(notification.link)" (click)="read(notification)">
                @if (!notification.isRead) {
                  <span class="mark">{{ t('workbench.inbox.new') }}</span>
                }
                {{ notification.title }}
              </a>
              <p>{{ notification.body }}</p>
              <p class="quiet">
                {{ notification.createdAt | appInstant }}
                @if (notification.due) {
                  · {{ t('workbench.due', { date: (notification.due | appDate) }) }}
                }
              </p>
            </li>
          }
        </ul>
        <div class="button-row">
          @if (total() > (notifications()?.length ?? 0)) {
            <button type="button" class="button small" [uiAction]="showMore">
              {{ t('workbench.inbox.more') }}
            </button>
          }
          @if (unreadHere() > 0) {
            <button type="button" class="button small" [uiAction]="readAll">
              {{ t('workbench.inbox.readAll') }}
            </button>
          }
        </div>
      }
    </section>
  `,
  styles: `
    section {
      scroll-margin-top: 16px;
    }

    ul {
      margin-bottom: 8px;
      padding: 0;
      list-style: none;
    }

    li {
      padding: 8px 0;
      border-top: 1px solid var(--line);
      overflow-wrap: anywhere;
    }

    .unread a {
      font-weight: 600;
    }

    .mark {
      margin-right: 4px;
      padding: 0 4px;
      border: 1px solid var(--bad);
      border-radius: var(--radius);
      color: var(--bad);
      font-weight: 400;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Inbox {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly toast = inject(Toast);
  private readonly preferences = inject(PreferencesService);
  protected readonly inbox = inject(InboxService);

  protected readonly notifications = signal<readonly NotificationDto[] | null>(null);
  protected readonly total = signal(0);
  protected readonly problem = signal<ApiProblem | null>(null);
  private size = PAGE;

  constructor() {
    effect(() => {
      // The server words notifications in the language that the request asks for.
      this.preferences.language();
      untracked(() => void this.load());
    });
    void this.inbox.refresh();
  }

  protected unreadHere(): number {
    return this.notifications()?.filter((notification) => !notification.isRead).length ?? 0;
  }

  protected linkOf(link: string): UrlTree {
    return this.router.parseUrl(link);
  }

  /** Following the link is reading it; the page is opened whether or not that can be noted. */
  protected async read(notification: NotificationDto): Promise<void> {
    if (notification.isRead) {
      return;
    }
    try {
      await this.api.invoke(readNotification, { id: notification.id });
      this.notifications.update(
        (all) => all?.map((one) => (one.id === notification.id ? { ...one, isRead: true } : one)) ?? null,
      );
      await this.inbox.refresh();
    } catch (error) {
      this.toast.failure(ApiProblem.from(error));
    }
  }

  protected readonly readAll = async (): Promise<void> => {
    await this.api.invoke(readAllNotifications, {});
    await Promise.all([this.load(), this.inbox.refresh()]);
  };

  protected readonly showMore = async (): Promise<void> => {
    this.size += PAGE;
    await this.load();
  };

  protected retry(): void {
    void this.load();
    void this.inbox.refresh();
  }

  private async load(): Promise<void> {
    this.problem.set(null);
    try {
      const page = await this.api.invoke(listNotifications, { maxResultCount: this.size });
      this.notifications.set(page.items);
      this.total.set(page.totalCount);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }
}
