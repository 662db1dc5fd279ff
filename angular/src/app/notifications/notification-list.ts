import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Api } from '@api/api';
import { listNotifications, readAllNotifications, readNotification } from '@api/functions';
import { NotificationDto } from '@api/models';
import { ApiProblem, AppDatePipe, AppInstantPipe } from '@core';
import { Busy, EmptyState, Loading, PageHeader, ProblemView, StateChip, Toast } from '@ui';
import { InboxService } from '../layout/inbox.service';

const PAGE = 20;

/** Everything one was told, the newest first; opening an entry marks it as read and goes where it is dealt with. */
@Component({
  selector: 'app-notification-list',
  imports: [
    AppDatePipe,
    AppInstantPipe,
    Busy,
    EmptyState,
    Loading,
    PageHeader,
    ProblemView,
    StateChip,
    TranslocoDirective,
  ],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('notifications.title')">
        @if (anyUnread()) {
          <button type="button" uiPrimary class="button" [uiAction]="readAll">
            {{ t('notifications.readAll') }}
          </button>
        }
      </ui-page-header>
      <label class="check">
        <input type="checkbox" [checked]="unreadOnly()" (change)="showUnreadOnly($event)" />
        {{ t('notifications.unreadOnly') }}
      </label>
      @if (problem(); as failed) {
        <ui-problem-view [problem]="failed" (retry)="load()" />
      } @else if (items(); as list) {
        @if (list.length === 0) {
          <ui-empty-state
            [title]="unreadOnly() ? t('notifications.noneUnread') : t('notifications.none')"
            [text]="t('notifications.noneText')"
          />
        } @else {
          <ul class="list">
            @for (item of list; track item.id) {
              <li class="card" [class.unread]="!item.isRead">
                <div class="head">
                  <a [href]="item.link" (click)="open($event, item)">{{ item.title }}</a>
                  @if (!item.isRead) {
                    <ui-state-chip [text]="t('notifications.unread')" tone="active" />
                  }
                </div>
                <p>{{ item.body }}</p>
                <p class="quiet">
                  {{ item.createdAt | appInstant }}
                  @if (item.due) {
                    <span> · {{ t('notifications.due') }} {{ item.due | appDate }}</span>
                  }
                </p>
                @if (!item.isRead) {
                  <button
                    type="button"
                    class="button small"
                    [attr.aria-label]="t('notifications.markReadOf', { title: item.title })"
                    (click)="markRead(item)"
                  >
                    {{ t('notifications.markRead') }}
                  </button>
                }
              </li>
            }
          </ul>
          <div class="button-row">
            <span class="quiet" role="status">{{
              t('notifications.shown', { shown: list.length, total: total() })
            }}</span>
            @if (list.length < total()) {
              <button type="button" class="button" [uiAction]="more">{{ t('notifications.more') }}</button>
            }
          </div>
        }
      } @else {
        <ui-loading [lines]="6" />
      }
    </ng-container>
  `,
  styles: `
    .list {
      display: grid;
      gap: 8px;
      margin: 12px 0;
      padding: 0;
      list-style: none;
    }

    .head {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      align-items: baseline;
    }

    .unread .head a {
      font-weight: 600;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NotificationListPage {
  private readonly api = inject(Api);
  private readonly inbox = inject(InboxService);
  private readonly router = inject(Router);
  private readonly toast = inject(Toast);

  protected readonly items = signal<readonly NotificationDto[] | null>(null);
  protected readonly total = signal(0);
  protected readonly unreadOnly = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly anyUnread = computed(() => this.items()?.some((item) => !item.isRead) ?? false);

  constructor() {
    void this.load();
  }

  protected readonly readAll = async (): Promise<void> => {
    await this.api.invoke(readAllNotifications);
    await Promise.all([this.load(), this.inbox.refresh()]);
  };

  protected readonly more = async (): Promise<void> => {
    const present = this.items() ?? [];
    const page = await this.page(present.length);
    // What arrived meanwhile pushes entries down; none is shown twice.
    const known = new Set(present.map((item) => item.id));
    this.items.set([...present, ...page.items.filter((item) => !known.has(item.id))]);
    this.total.set(page.totalCount);
  };

  protected async load(): Promise<void> {
    this.problem.set(null);
    try {
      const page = await this.page(0);
      this.items.set(page.items);
      this.total.set(page.totalCount);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected showUnreadOnly(event: Event): void {
    this.unreadOnly.set((event.target as HTMLInputElement).checked);
    this.items.set(null);
    void this.load();
  }

  /** A plain click marks as read and stays within the app; a new tab is the browser's affair. */
  protected async open(event: MouseEvent, item: NotificationDto): Promise<void> {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    if (!item.isRead) {
      await this.markRead(item);
    }
    await this.router.navigateByUrl(item.link);
  }

  protected async markRead(item: NotificationDto): Promise<void> {
    try {
      const read = await this.api.invoke(readNotification, { id: item.id });
      this.items.update((items) => items?.map((other) => (other.id === read.id ? read : other)) ?? null);
      await this.inbox.refresh();
    } catch (error) {
      this.toast.failure(error);
    }
  }

  private page(skipCount: number) {
    return this.api.invoke(listNotifications, {
      skipCount: skipCount,
      maxResultCount: PAGE,
      unreadOnly: this.unreadOnly(),
    });
  }
}
