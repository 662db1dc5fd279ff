import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom, forkJoin, of, switchMap } from 'rxjs';
import { IncidentDto, MigrationBatchDto, MigrationListItemDto, MonitorDto } from '@api/models';
import { ApiProblem, AppDatePipe, HasPermission, SessionService, formatInstant } from '@core';
import {
  Confirm,
  DataColumn,
  DataTable,
  EmptyState,
  Loading,
  PageHeader,
  ProblemView,
  RowAction,
  TableQuery,
  Toast,
} from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { FlowPicture } from './flow/flow-picture';
import { PictureMark } from './flow/picture-drawing';
import { IncidentList } from './incident-list';
import { MigrationData, MigrationDialog } from './migration-dialog';
import { Definition } from './models';
import { WorkflowsApi } from './workflows-api';

/** As many incidents as one deals with at a time. */
const INCIDENTS = 50;

/** Where the running flows of one version stand: how many at each step, since when, and what is stuck. */
@Component({
  selector: 'app-monitor-page',
  imports: [
    AppDatePipe,
    DataTable,
    EmptyState,
    FlowPicture,
    HasPermission,
    IncidentList,
    Loading,
    PageHeader,
    ProblemView,
    RouterLink,
    TranslocoDirective,
  ],
  template: `
    <ng-container *transloco="let t">
      @if (problem(); as failed) {
        <ui-problem-view [problem]="failed" (retry)="load()" />
      } @else if (monitor(); as monitor) {
        <ui-page-header [title]="t('workflows.monitor.heading', { name: monitor.version.name })">
          <ng-container *appHasPermission="'Workflows.Administer'" uiPrimary>
            @if (targets().length > 0 && monitor.running > 0) {
              <button type="button" class="button" (click)="migrate()">
                {{ t('workflows.migration.title') }}
              </button>
            }
          </ng-container>
          <p class="quiet">
            {{ t('workflows.panel.version', { version: monitor.version.number }) }} ·
            {{
              t('workflows.monitor.running', {
                count: monitor.running,
                completed: monitor.completed,
                failed: monitor.failed,
              })
            }}
          </p>
        </ui-page-header>
        @if (versions().length > 1) {
          <nav class="versions" [attr.aria-label]="t('workflows.monitor.versions')">
            @for (version of versions(); track version.id) {
              <a
                class="button small"
                [routerLink]="['/workflows/versions', version.id, 'monitor']"
                [attr.aria-current]="version.id === id() ? 'page' : null"
              >
                {{ t('workflows.panel.version', { version: version.number }) }}
              </a>
            }
          </nav>
        }
        <section class="card">
          <app-flow-picture
            plain
            [xml]="monitor.version.xml"
            [caption]="monitor.version.name"
            [marks]="marks()"
          />
          @if (monitor.nodes.length === 0) {
            <ui-empty-state [title]="t('workflows.monitor.none')" [text]="t('workflows.monitor.noneText')" />
          } @else {
            <div class="scroll" tabindex="0" role="region" [attr.aria-label]="t('workflows.monitor.nodes')">
              <table>
                <caption class="visually-hidden">
                  {{
                    t('workflows.monitor.nodes')
                  }}
                </caption>
                <thead>
                  <tr>
                    <th scope="col">{{ t('workflows.list.step') }}</th>
                    <th scope="col" class="number">{{ t('workflows.monitor.count') }}</th>
                    <th scope="col" class="number">{{ t('workflows.monitor.overdue') }}</th>
                    <th scope="col">{{ t('workflows.monitor.oldest') }}</th>
                    <th scope="col" class="number">{{ t('workflows.monitor.incidents') }}</th>
                  </tr>
                </thead>
                <tbody>
                  @for (node of monitor.nodes; track node.nodeId) {
                    <tr>
                      <th scope="row">{{ node.name }}</th>
                      <td class="number" [attr.data-label]="t('workflows.monitor.count')">
                        {{ node.open }}
                      </td>
                      <td class="number" [attr.data-label]="t('workflows.monitor.overdue')">
                        @if (node.overdue > 0) {
                          <span class="bad">■ {{ node.overdue }}</span>
                        } @else {
                          0
                        }
                      </td>
                      <td [attr.data-label]="t('workflows.monitor.oldest')">
                        {{ node.oldestSince ? (node.oldestSince | appDate) : '—' }}
                      </td>
                      <td class="number" [attr.data-label]="t('workflows.monitor.incidents')">
                        @if (node.incidents > 0) {
                          <span class="bad">■ {{ node.incidents }}</span>
                        } @else {
                          0
                        }
                      </td>
                    </tr>
                  }
                </tbody>
              </table>
            </div>
          }
        </section>
        @if (incidents().length > 0) {
          <section class="card">
            <h2>{{ t('workflows.incidents.title') }}</h2>
            <app-incident-list [incidents]="incidents()" (settled)="load()" />
          </section>
        }
        @if (moved(); as batch) {
          <section class="card" role="status">
            <p>{{ t('workflows.migration.moved', { count: batch.moved }) }}</p>
            @if (batch.problems.length > 0) {
              <p>{{ t('workflows.migration.notMoved', { count: batch.problems.length }) }}</p>
            }
          </section>
        }
        <section class="card">
          <h2>{{ t('workflows.migration.list') }}</h2>
          <ui-data-table
            prefix="moves-"
            [caption]="t('workflows.migration.list')"
            [columns]="moveColumns"
            [load]="loadMoves()"
            [rowActions]="moveActions"
            [trackBy]="batchOf"
            [emptyTitle]="t('workflows.migration.none')"
            [emptyText]="t('workflows.migration.noneText')"
          />
        </section>
      } @else {
        <ui-loading [lines]="8" />
      }
    </ng-container>
  `,
  styleUrls: ['./plain-table.scss', './monitor-page.scss'],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MonitorPage {
  private readonly api = inject(WorkflowsApi);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly confirm = inject(Confirm);
  private readonly dialog = inject(MatDialog);
  private readonly session = inject(SessionService);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  readonly id = input.required<string>();

  protected readonly monitor = signal<MonitorDto | null>(null);
  protected readonly definition = signal<Definition | null>(null);
  protected readonly incidents = signal<readonly IncidentDto[]>([]);
  /** What was moved on this visit. */
  protected readonly moved = signal<MigrationBatchDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly versions = computed(() =>
    (this.definition()?.versions ?? []).filter((version) => version.status !== 'Draft'),
  );
  /** Where running flows may be moved to: published versions other than this one. */
  protected readonly targets = computed(() =>
    (this.definition()?.versions ?? []).filter(
      (version) => version.status === 'Published' && version.id !== this.id(),
    ),
  );
  protected readonly marks = computed<readonly PictureMark[]>(() =>
    (this.monitor()?.nodes ?? [])
      .filter((node) => node.open > 0 || node.incidents > 0)
      .map((node) => ({
        elementId: node.nodeId,
        tone: node.incidents > 0 ? ('failed' as const) : ('live' as const),
        badge: String(Math.max(node.open, node.incidents)),
      })),
  );

  private readonly moves = viewChild<DataTable<MigrationListItemDto>>(DataTable);
  protected readonly moveColumns: DataColumn<MigrationListItemDto>[] = [
    {
      key: 'at',
      textKey: 'workflows.migration.at',
      value: (row) => formatInstant(row.at),
      sortable: true,
    },
    { key: 'by', textKey: 'workflows.migration.by', value: (row) => row.byName },
    {
      key: 'versions',
      textKey: 'workflows.migration.versions',
      value: (row) =>
        this.transloco.translate('workflows.migration.fromTo', {
          from: row.fromVersion,
          to: row.toVersion,
        }),
    },
    { key: 'moved', textKey: 'workflows.migration.count', value: (row) => row.moved, numeric: true },
    { key: 'undone', textKey: 'workflows.migration.undoneColumn', value: (row) => this.undoneText(row) },
  ];
  protected readonly loadMoves = computed(() => {
    const id = this.id();
    return (query: TableQuery) => this.api.migrations(id, query);
  });
  protected readonly batchOf = (row: MigrationListItemDto) => row.batchId;
  protected readonly moveActions = (row: MigrationListItemDto): readonly RowAction[] =>
    row.undoable > 0 && this.session.can('Workflows.Administer')
      ? [
          {
            text: this.transloco.translate('workflows.migration.undo'),
            run: () => {
              void this.undo(row);
            },
          },
        ]
      : [];

  constructor() {
    effect(() => {
      this.id();
      this.load();
    });
  }

  protected load(): void {
    this.problem.set(null);
    const administers = this.session.can('Workflows.Administer');
    this.api
      .monitor(this.id())
      .pipe(
        switchMap((monitor) =>
          forkJoin({
            monitor: of(monitor),
            definition: this.api.definition(monitor.version.definitionId),
            incidents: administers
              ? this.api.incidents(false, 0, INCIDENTS, monitor.version.key)
              : of({ totalCount: 0, items: [] }),
          }),
        ),
      )
      .subscribe({
        next: ({ monitor, definition, incidents }) => {
          this.monitor.set(monitor);
          this.definition.set(definition);
          this.incidents.set(incidents.items);
          this.breadcrumb.setLeaf(monitor.version.name);
        },
        error: (error: unknown) => {
          this.problem.set(ApiProblem.from(error));
        },
      });
  }

  protected async migrate(): Promise<void> {
    const monitor = this.monitor();
    if (!monitor) {
      return;
    }
    const opened = this.dialog.open<MigrationDialog, MigrationData, MigrationBatchDto>(MigrationDialog, {
      data: {
        from: monitor.version,
        targets: this.targets(),
        waiting: Object.fromEntries(monitor.nodes.map((node) => [node.nodeId, node.open])),
      },
      width: '60rem',
      maxWidth: '95vw',
    });
    const done = await firstValueFrom(opened.afterClosed());
    if (done) {
      this.moved.set(done);
      this.load();
      this.moves()?.reload();
    }
  }

  private undoneText(row: MigrationListItemDto): string {
    return row.undoneAt
      ? this.transloco.translate('workflows.migration.undoneBy', {
          count: row.undone,
          name: row.undoneByName,
          time: formatInstant(row.undoneAt),
        })
      : this.transloco.translate('workflows.no');
  }

  private async undo(batch: MigrationListItemDto): Promise<void> {
    const yes = await this.confirm.ask({
      title: this.transloco.translate('workflows.migration.undo'),
      message: this.transloco.translate('workflows.migration.undoText', { count: batch.undoable }),
      confirmLabel: this.transloco.translate('workflows.migration.undo'),
    });
    if (!yes) {
      return;
    }
    try {
      const undone = await firstValueFrom(this.api.undoMigration(batch.batchId));
      this.moved.set(null);
      this.toast.success(this.transloco.translate('workflows.migration.undone', { count: undone.moved }));
      this.load();
      this.moves()?.reload();
    } catch (error) {
      this.toast.failure(error);
    }
  }
}
