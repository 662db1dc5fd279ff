import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom, forkJoin } from 'rxjs';
import { ApiProblem, AppDatePipe, AppInstantPipe, AppNumberPipe, HasPermission, SessionService } from '@core';
import { Confirm, EmptyState, Loading, PageHeader, ProblemView, StateChip, Toast } from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { FlowPicture } from './flow/flow-picture';
import { PictureMark } from './flow/picture-drawing';
import { IncidentList } from './incident-list';
import { MigrationData, MigrationDialog } from './migration-dialog';
import { DefinitionDto, IncidentDto, MigrationDto, MonitorDto } from './models';
import { WorkflowsApi } from './workflows-api';

/** Where the running flows of one version stand: how many at each step, since when, and what is stuck. */
@Component({
  selector: 'app-monitor-page',
  imports: [
    AppDatePipe,
    AppInstantPipe,
    AppNumberPipe,
    EmptyState,
    FlowPicture,
    HasPermission,
    IncidentList,
    Loading,
    PageHeader,
    ProblemView,
    RouterLink,
    StateChip,
    TranslocoDirective,
  ],
  template: `
    <ng-container *transloco="let t">
      @if (problem(); as failed) {
        <ui-problem-view [problem]="failed" (retry)="load()" />
      } @else if (monitor(); as monitor) {
        <ui-page-header [title]="t('workflows.monitor.heading', { name: monitor.definition.name })">
          <ng-container *appHasPermission="'Workflows.Administer'" uiPrimary>
            @if (targets().length > 0 && monitor.running > 0) {
              <button type="button" class="button" (click)="migrate()">
                {{ t('workflows.migration.title') }}
              </button>
            }
          </ng-container>
          <p class="quiet">
            {{ t('workflows.panel.version', { version: monitor.definition.version }) }} ·
            {{ t('workflows.monitor.running', { count: monitor.running }) }}
          </p>
        </ui-page-header>
        @if (versions().length > 1) {
          <nav class="versions" [attr.aria-label]="t('workflows.monitor.versions')">
            @for (version of versions(); track version.id) {
              <a
                class="button small"
                [routerLink]="['/workflows/definitions', version.id, 'monitor']"
                [attr.aria-current]="version.id === id() ? 'page' : null"
              >
                {{ t('workflows.panel.version', { version: version.version }) }}
              </a>
            }
          </nav>
        }
        <section class="card">
          <app-flow-picture
            plain
            [xml]="monitor.definition.xml"
            [caption]="monitor.definition.name"
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
                    <th scope="col" class="number">{{ t('workflows.monitor.average') }}</th>
                    <th scope="col" class="number">{{ t('workflows.monitor.incidents') }}</th>
                  </tr>
                </thead>
                <tbody>
                  @for (node of monitor.nodes; track node.nodeId) {
                    <tr>
                      <th scope="row">{{ node.name }}</th>
                      <td class="number" [attr.data-label]="t('workflows.monitor.count')">
                        {{ node.count }}
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
                      <td class="number" [attr.data-label]="t('workflows.monitor.average')">
                        {{ node.averageDays | appNumber: 1 }}
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
        @if (migrations().length > 0) {
          <section class="card">
            <h2>{{ t('workflows.migration.past') }}</h2>
            <ul class="past">
              @for (entry of migrations(); track entry.id) {
                <li>
                  <span>
                    {{ entry.at | appInstant }} · {{ entry.byName }} ·
                    {{
                      t('workflows.migration.moved', {
                        count: entry.moved,
                        from: entry.fromVersion,
                        to: entry.toVersion,
                      })
                    }}
                  </span>
                  @if (entry.undoneAt) {
                    <ui-state-chip [text]="t('workflows.migration.undone')" />
                  } @else if (entry.canUndo) {
                    <button
                      *appHasPermission="'Workflows.Administer'"
                      type="button"
                      class="button small"
                      (click)="undo(entry)"
                    >
                      {{ t('workflows.migration.undo') }}
                    </button>
                  }
                </li>
              }
            </ul>
          </section>
        }
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
  protected readonly definition = signal<DefinitionDto | null>(null);
  protected readonly incidents = signal<readonly IncidentDto[]>([]);
  protected readonly migrations = signal<readonly MigrationDto[]>([]);
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
      .filter((node) => node.count > 0 || node.incidents > 0)
      .map((node) => ({
        elementId: node.nodeId,
        tone: node.incidents > 0 ? ('failed' as const) : ('live' as const),
        badge: String(Math.max(node.count, node.incidents)),
      })),
  );

  constructor() {
    effect(() => {
      this.id();
      this.load();
    });
  }

  protected load(): void {
    this.problem.set(null);
    const administers = this.session.can('Workflows.Administer');
    forkJoin({
      monitor: this.api.monitor(this.id()),
      definition: this.api.definition(this.id()),
      migrations: administers ? this.api.migrations(this.id()) : Promise.resolve([]),
      incidents: administers
        ? this.api.incidents({
            skipCount: 0,
            maxResultCount: 50,
            sorting: null,
            filters: { open: 'true', definitionId: this.id() },
          })
        : Promise.resolve({ totalCount: 0, items: [] }),
    }).subscribe({
      next: ({ monitor, definition, migrations, incidents }) => {
        this.monitor.set(monitor);
        this.definition.set(definition);
        this.migrations.set(migrations);
        this.incidents.set(incidents.items);
        this.breadcrumb.setLeaf(monitor.definition.name);
      },
      error: (error: unknown) => {
        this.problem.set(ApiProblem.from(error));
      },
    });
  }

  protected async migrate(): Promise<void> {
    const definition = this.definition();
    if (!definition) {
      return;
    }
    const opened = this.dialog.open<MigrationDialog, MigrationData, MigrationDto>(MigrationDialog, {
      data: { from: definition, targets: this.targets() },
      width: '60rem',
      maxWidth: '95vw',
    });
    const done = await firstValueFrom(opened.afterClosed());
    if (done) {
      this.toast.success(
        this.transloco.translate('workflows.migration.moved', {
          count: done.moved,
          from: done.fromVersion,
          to: done.toVersion,
        }),
      );
      this.load();
    }
  }

  protected async undo(entry: MigrationDto): Promise<void> {
    const yes = await this.confirm.ask({
      title: this.transloco.translate('workflows.migration.undo'),
      message: this.transloco.translate('workflows.migration.undoText', {
        count: entry.moved,
        version: entry.fromVersion,
      }),
      confirmLabel: this.transloco.translate('workflows.migration.undo'),
    });
    if (!yes) {
      return;
    }
    try {
      await firstValueFrom(this.api.undoMigration(entry.id));
      this.load();
    } catch (error) {
      this.toast.failure(error);
    }
  }
}
