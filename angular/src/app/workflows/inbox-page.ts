import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  effect,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatDialog } from '@angular/material/dialog';
import { ActivatedRoute, RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom, map } from 'rxjs';
import { InboxFlowDto, TaskCountsDto, TaskLight, WorkflowInstanceStatus } from '@api/models';
import { formatDate, formatInstant } from '@core';
import {
  DataColumn,
  DataTable,
  PageHeader,
  StateChip,
  StatusLight,
  TableFilter,
  TableQuery,
  Toast,
  UiCell,
} from '@ui';
import { InboxService } from '../layout/inbox.service';
import { BatchDialog, BatchOutcome, mayTryAgain } from './batch-dialog';
import { INSTANCE_TONES } from './flow/flow-panel';
import { BOXES, InboxBox, InboxRow } from './models';
import { WorkflowsApi } from './workflows-api';

/** The generated type also knows the absent filter. */
type Light = NonNullable<TaskLight>;

/** The lights that a box can show: what is open is not made up for yet, what is done is no longer late. */
const LIGHTS: Readonly<Record<InboxBox, readonly Light[]>> = {
  Todo: ['Red', 'Amber', 'Green', 'None'],
  Done: ['Green', 'Yellow', 'None'],
  Copied: ['Red', 'Amber', 'Green', 'Yellow', 'None'],
  Started: [],
};

const STATUSES: readonly WorkflowInstanceStatus[] = ['Running', 'Completed', 'Terminated', 'Failed'];

/** 待办、已办、我发起的、抄送我的: what the person has to do with, due first. */
@Component({
  selector: 'app-inbox-page',
  imports: [DataTable, PageHeader, RouterLink, StateChip, StatusLight, TranslocoDirective, UiCell],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('workflows.inbox.title')">
        <a uiPrimary class="button" routerLink="/workflows/delegations">{{
          t('workflows.delegation.title')
        }}</a>
      </ui-page-header>
      <nav #boxLinks class="boxes" [attr.aria-label]="t('workflows.inbox.boxes')">
        @for (entry of boxes; track entry) {
          <a
            routerLink="."
            [queryParams]="entry === 'Todo' ? {} : { box: entry }"
            [attr.aria-current]="entry === box() ? 'page' : null"
          >
            {{ t('workflows.inbox.box.' + entry) }}
            @if (countOf(entry); as count) {
              <span class="count">{{ count }}</span>
            }
          </a>
        }
      </nav>
      @if (overdue() > 0) {
        <p class="overdue">
          <a routerLink="." [queryParams]="{ light: 'Red' }">
            <ui-status-light light="Red" [text]="t('workflows.inbox.overdue', { count: overdue() })" />
          </a>
        </p>
      }
      @if (isStale()) {
        <div class="batch card" role="status">
          <span>{{ t('workflows.inbox.changed') }}</span>
          <button type="button" class="button" (click)="refresh()">{{ t('workflows.inbox.refresh') }}</button>
        </div>
      }
      @if (selected().length > 0) {
        <div class="batch card" role="status">
          <span>{{ t('workflows.inbox.selected', { count: selected().length }) }}</span>
          <button type="button" class="button primary" (click)="completeSelected()">
            {{ t('workflows.inbox.batch') }}
          </button>
          <button type="button" class="button" (click)="clear()">{{ t('workflows.inbox.clear') }}</button>
        </div>
      }
      @for (entry of [box()]; track entry) {
        <ui-data-table
          [caption]="t('workflows.inbox.box.' + entry)"
          [columns]="columns()"
          [filters]="filters()"
          [load]="load()"
          [rowLink]="link"
          [rowLabel]="label"
          (loaded)="noteLoaded()"
          [emptyTitle]="t('workflows.inbox.empty.' + entry)"
          [emptyText]="t('workflows.inbox.emptyText.' + entry)"
        >
          <ng-template uiCell="select" let-row>
            @if (asRow(row).allowsBatch) {
              <!-- On a phone it stands alone in its line: there the word is seen. -->
              <label class="pick-label">
                <input
                  type="checkbox"
                  class="pick"
                  [checked]="isSelected(asRow(row))"
                  [disabled]="!fits(asRow(row))"
                  [attr.aria-label]="t('workflows.inbox.selectOne', { title: label(asRow(row)) })"
                  (change)="toggle(asRow(row))"
                />
                <span aria-hidden="true">{{ t('workflows.inbox.column.select') }}</span>
              </label>
            }
          </ng-template>
          <ng-template uiCell="title" let-row>
            <a class="subject" [routerLink]="asRow(row).page" [class.unread]="asRow(row).isUnread">{{
              asRow(row).title
            }}</a>
            @if (asRow(row).isUnread) {
              <ui-state-chip [text]="t('workflows.inbox.unread')" tone="active" />
            }
            @if (asRow(row).urgedTimes > 0) {
              <ui-state-chip
                [text]="t('workflows.inbox.urged', { count: asRow(row).urgedTimes })"
                tone="attention"
              />
            }
          </ng-template>
          <ng-template uiCell="who" let-row>
            {{ asRow(row).who || t('workflows.task.state.open') }}
            @if (asRow(row).onBehalfOf; as name) {
              <ui-state-chip [text]="t('workflows.task.onBehalfOf', { name })" />
            }
          </ng-template>
          <ng-template uiCell="status" let-row>
            @if (asRow(row).status; as status) {
              <ui-state-chip [text]="t('workflows.instanceStatus.' + status)" [tone]="tones[status]" />
            }
          </ng-template>
          <ng-template uiCell="due" let-row>
            @if (asRow(row).dueOn) {
              {{ dueText(asRow(row)) }} <ui-status-light [light]="asRow(row).light" />
            } @else {
              —
            }
          </ng-template>
        </ui-data-table>
      }
    </ng-container>
  `,
  styles: `
    .boxes {
      display: flex;
      gap: 4px;
      margin-bottom: 12px;
      overflow-x: auto;
      border-bottom: 1px solid var(--line);
    }

    .boxes a {
      flex: none;
      padding: 6px 14px;
      border-bottom: 3px solid transparent;
      color: var(--text);
      text-decoration: none;
    }

    .boxes a:hover {
      color: var(--primary-dark);
    }

    .boxes a[aria-current] {
      border-color: var(--primary);
      color: var(--primary-dark);
      font-weight: 600;
    }

    .boxes a:focus-visible {
      outline-offset: -2px;
    }

    .count {
      display: inline-block;
      min-width: 1.5em;
      padding: 0 6px;
      border: 1px solid transparent;
      border-radius: 999px;
      background: var(--primary);
      color: #fff;
      text-align: center;
    }

    .overdue {
      margin-bottom: 8px;
    }

    .batch {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      align-items: center;
      margin-bottom: 12px;
    }

    .pick-label {
      display: inline-flex;
      gap: 8px;
      align-items: center;
    }

    .pick-label span {
      display: none;
    }

    /* The gap stands behind: a chip that begins a line stands where the lines begin. */
    .subject,
    ui-state-chip {
      margin-right: 6px;
    }

    /* A border that is not to be seen is drawn where colours are the reader's own. */
    @media (forced-colors: active) {
      .boxes a:not([aria-current]) {
        border-color: Canvas;
      }
    }

    @media (width <= 600px) {
      .pick-label span {
        display: inline;
      }
    }

    .pick {
      width: 1.5rem;
      height: 1.5rem;
      margin: 0;
      accent-color: var(--primary);
    }

    .unread {
      font-weight: 600;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InboxPage {
  private readonly api = inject(WorkflowsApi);
  private readonly dialog = inject(MatDialog);
  private readonly inbox = inject(InboxService);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  private readonly language = toSignal(this.transloco.langChanges$);
  private readonly route = inject(ActivatedRoute);

  private readonly table = viewChild(DataTable);
  private readonly boxLinks = viewChild<ElementRef<HTMLElement>>('boxLinks');
  protected readonly boxes = BOXES;
  protected readonly tones = INSTANCE_TONES;
  protected readonly box = toSignal(
    this.route.queryParamMap.pipe(map((params) => BOXES.find((box) => box === params.get('box')) ?? 'Todo')),
    { initialValue: 'Todo' as InboxBox },
  );
  private readonly asked = signal<TaskCountsDto | null>(null);
  /** The stream is newer than what was asked for. */
  private readonly counts = computed<TaskCountsDto | null>(() => this.inbox.taskCounts() ?? this.asked());
  /** The counts of when the list was read. */
  private readonly listed = signal<TaskCountsDto | null>(null);
  /** The list is not read again by itself: rows would move under the pointer. */
  protected readonly isStale = computed(() => {
    const now = this.counts();
    const then = this.listed();
    const count = this.box() === 'Copied' ? 'copiedUnread' : this.box() === 'Todo' ? 'todo' : null;
    return now !== null && then !== null && count !== null && now[count] > then[count];
  });
  protected readonly overdue = computed(() => (this.box() === 'Todo' ? (this.counts()?.overdue ?? 0) : 0));
  protected readonly selected = signal<readonly InboxRow[]>([]);
  /** What the present box can be narrowed to. */
  private readonly flows = signal<readonly InboxFlowDto[]>([]);

  protected readonly columns = computed<DataColumn<InboxRow>[]>(() => {
    const box = this.box();
    const open = box === 'Todo' || box === 'Copied';
    const due: DataColumn<InboxRow> = {
      key: 'due',
      textKey: 'workflows.inbox.column.due',
      sortKey: 'dueOn',
      sortable: box === 'Todo',
    };
    return [
      ...(box === 'Todo' ? [{ key: 'select', textKey: 'workflows.inbox.column.select' }] : []),
      {
        key: 'title',
        textKey: 'workflows.inbox.column.title',
        value: (row) => row.title,
        sortable: box === 'Started',
      },
      box === 'Started'
        ? { key: 'step', textKey: 'workflows.inbox.column.definition', value: (row) => row.step }
        : {
            key: 'step',
            textKey: 'workflows.inbox.column.step',
            value: (row) => row.step,
            sortKey: 'name',
            sortable: box === 'Todo',
          },
      { key: 'region', textKey: 'workflows.inbox.column.region', value: (row) => row.regionName },
      ...(box === 'Started' ? [] : [due]),
      ...(open ? [{ key: 'who', textKey: 'workflows.inbox.column.who' }] : []),
      {
        key: 'since',
        textKey: box === 'Started' ? 'workflows.inbox.column.startedAt' : 'workflows.inbox.column.createdAt',
        value: (row) => formatInstant(row.since),
        sortKey: box === 'Started' ? 'startedAt' : 'openedAt',
        sortable: true,
      },
      ...(open
        ? []
        : [
            {
              key: 'endedAt',
              textKey: 'workflows.inbox.column.completedAt',
              value: (row: InboxRow) => (row.endedAt ? formatInstant(row.endedAt) : ''),
              sortKey: 'completedAt',
              sortable: box === 'Done',
            },
          ]),
      ...(box === 'Started' ? [{ key: 'status', textKey: 'workflows.list.state' }] : []),
    ];
  });

  protected readonly filters = computed<TableFilter[]>(() => {
    this.language();
    const box = this.box();
    return [
      {
        key: 'search',
        textKey: box === 'Started' ? 'workflows.inbox.column.title' : 'workflows.inbox.search',
      },
      {
        key: 'key',
        textKey: 'workflows.inbox.column.definition',
        options: this.flows().map((flow) => ({ value: flow.key, text: flow.name })),
      },
      box === 'Started'
        ? {
            key: 'status',
            textKey: 'workflows.list.state',
            options: STATUSES.map((status) => ({
              value: status,
              text: this.transloco.translate(`workflows.instanceStatus.${status}`),
            })),
          }
        : {
            key: 'light',
            textKey: 'workflows.inbox.light',
            options: LIGHTS[box].map((light) => ({ value: light, text: this.textOf(light) })),
          },
    ];
  });

  protected readonly load = computed(() => {
    const box = this.box();
    return (query: TableQuery) => this.api.inbox(box, query);
  });
  protected readonly link = (row: InboxRow) => [...row.page];
  protected readonly label = (row: InboxRow) => `${row.step} ${row.title}`;

  constructor() {
    this.refreshCounts();
    effect(() => {
      // What was selected in one box is not to be seen in another.
      this.box();
      this.selected.set([]);
    });
    effect(() => {
      // Fewer are the person's own work; from there on more is news again.
      const now = this.counts();
      const then = untracked(this.listed);
      if (now) {
        this.listed.set({
          todo: Math.min(now.todo, then?.todo ?? now.todo),
          overdue: now.overdue,
          copiedUnread: Math.min(now.copiedUnread, then?.copiedUnread ?? now.copiedUnread),
        });
      }
    });
    effect((onCleanup) => {
      const asked = this.api.flowsIn(this.box()).subscribe({
        next: (flows) => {
          this.flows.set(flows);
        },
        error: () => {
          // The list says that the server does not answer; a choice of nothing needs no words of its own.
          this.flows.set([]);
        },
      });
      onCleanup(() => {
        asked.unsubscribe();
      });
    });
  }

  protected asRow(row: unknown): InboxRow {
    return row as InboxRow;
  }

  protected dueText(row: InboxRow): string {
    return formatDate(row.dueOn);
  }

  protected countOf(box: InboxBox): number {
    const counts = this.counts();
    return box === 'Todo' ? (counts?.todo ?? 0) : box === 'Copied' ? (counts?.copiedUnread ?? 0) : 0;
  }

  protected noteLoaded(): void {
    this.listed.set(this.counts());
  }

  protected refresh(): void {
    this.table()?.reload();
    this.refreshCounts();
  }

  protected isSelected(row: InboxRow): boolean {
    return this.selected().some((other) => other.id === row.id);
  }

  /** One form for all: only tasks of the same step of the same flow go together. */
  protected fits(row: InboxRow): boolean {
    const first = this.selected()[0];
    return !first || (first.key === row.key && first.nodeId === row.nodeId);
  }

  protected toggle(row: InboxRow): void {
    this.selected.update((rows) =>
      rows.some((other) => other.id === row.id)
        ? rows.filter((other) => other.id !== row.id)
        : [...rows, row],
    );
  }

  protected clear(): void {
    this.selected.set([]);
  }

  protected async completeSelected(): Promise<void> {
    const opened = this.dialog.open<BatchDialog, readonly InboxRow[], BatchOutcome>(BatchDialog, {
      data: this.selected(),
      width: '40rem',
      maxWidth: '95vw',
    });
    const result = await firstValueFrom(opened.afterClosed());
    if (!result) {
      return;
    }
    // What cannot succeed later either would only stand in the way of the next batch.
    const again = new Set(result.failed.filter(mayTryAgain).map(({ taskId }) => taskId));
    this.selected.update((rows) => rows.filter((row) => again.has(row.id)));
    if (result.done > 0) {
      this.toast.success(this.transloco.translate('workflows.batch.done', { count: result.done }));
    }
    this.refresh();
    if (this.selected().length === 0) {
      // The button that was pressed goes with the selection.
      this.boxLinks()?.nativeElement.querySelector<HTMLElement>('[aria-current]')?.focus();
    }
  }

  private textOf(light: Light): string {
    return light === 'None'
      ? this.transloco.translate('workflows.inbox.noDate')
      : this.transloco.translate(`ui.light.${light.toLowerCase()}`);
  }

  private refreshCounts(): void {
    this.api.counts().subscribe({
      next: (counts) => {
        this.asked.set(counts);
      },
      error: () => {
        // Numbers beside the tabs are a convenience: none is shown rather than a wrong one.
        this.asked.set(null);
      },
    });
  }
}
