import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { MigrationBatchDto, MigrationPreviewDto, VersionDto, VersionListItemDto } from '@api/models';
import { Attempt, Busy, Field, Loading, ProblemView, UiInput } from '@ui';
import { BpmnElement } from './flow/bpmn-document';
import {
  MappingRow,
  candidatesFor,
  inOrderOfDoubt,
  mappingOf,
  suggestMapping,
  waitingNodes,
} from './migration-mapping';
import { WorkflowsApi } from './workflows-api';

export interface MigrationData {
  readonly from: VersionDto;
  readonly targets: readonly VersionListItemDto[];
  /** How much waits at each step, by its id. */
  readonly waiting: Readonly<Record<string, number>>;
}

/** Moves running flows to another version: which step becomes which is said explicitly, and seen before it happens. */
@Component({
  selector: 'app-migration-dialog',
  imports: [Busy, Field, Loading, MatDialogModule, ProblemView, TranslocoDirective, UiInput],
  template: `
    <ng-container *transloco="let t">
      <h2 mat-dialog-title>{{ t('workflows.migration.title') }}</h2>
      <mat-dialog-content>
        <p>{{ t('workflows.migration.text', { version: data.from.number }) }}</p>
        <ui-field [label]="t('workflows.migration.target')">
          <select uiInput (change)="choose($any($event.target).value)">
            @for (version of data.targets; track version.id) {
              <option [value]="version.id" [selected]="version.id === targetId()">
                {{ t('workflows.panel.version', { version: version.number }) }} {{ version.note }}
              </option>
            }
          </select>
        </ui-field>
        @if (reading.problem(); as failed) {
          <ui-problem-view [problem]="failed" (retry)="read()" />
        } @else if (rows(); as list) {
          <p role="status" [class.attention]="undecided() > 0">
            @if (undecided() > 0) {
              <span aria-hidden="true">▲</span>
              {{ t('workflows.migration.undecided', { count: undecided(), flows: left() }) }}
            } @else {
              {{ t('workflows.migration.decided') }}
            }
          </p>
          <table role="table">
            <caption class="visually-hidden">
              {{
                t('workflows.migration.mapping')
              }}
            </caption>
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col" role="columnheader">{{ t('workflows.migration.from') }}</th>
                <th scope="col" role="columnheader">{{ t('workflows.migration.to') }}</th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              @for (row of list; track row.from.id; let at = $index) {
                <tr role="row">
                  <th scope="row" role="rowheader">
                    {{ row.from.name || row.from.id }}
                    @if (waitingAt(row); as count) {
                      <span class="quiet note">{{ t('workflows.migration.waiting', { count }) }}</span>
                    }
                  </th>
                  <td role="cell">
                    <select
                      class="control"
                      [attr.aria-label]="
                        t('workflows.migration.toOf', { name: row.from.name || row.from.id })
                      "
                      (change)="map(at, $any($event.target).value)"
                    >
                      <option value="" [selected]="!row.to">{{ t('workflows.migration.unmapped') }}</option>
                      @for (node of candidates(row.from); track node.id) {
                        <option [value]="node.id" [selected]="node.id === row.to">
                          {{ node.name || node.id }}
                        </option>
                      }
                    </select>
                    @if (row.isGone && candidates(row.from).length === 0) {
                      <span class="attention note">{{ t('workflows.migration.noneAlike') }}</span>
                    } @else if (row.isGone && !row.to) {
                      <span class="attention note">{{ t('workflows.migration.gone') }}</span>
                    } @else if (row.renamedTo !== null) {
                      <span class="quiet note">{{ t('workflows.migration.renamed') }}</span>
                    }
                  </td>
                </tr>
              }
            </tbody>
          </table>
          <div role="status">
            @if (preview(); as seen) {
              <h3 id="migration-preview">
                {{ t('workflows.migration.preview', { fits: seen.fitting, all: seen.instances }) }}
              </h3>
            }
          </div>
          @if (preview(); as seen) {
            <ul class="seen" tabindex="0" aria-labelledby="migration-preview">
              @for (problem of seen.problems; track $index) {
                <li>
                  <span class="bad" aria-hidden="true">■</span>
                  {{ problem.title }} <span class="quiet">（{{ nameOf(problem.nodeId) }}）</span>
                  <span class="bad">{{ t('workflows.migration.problem.' + problem.code) }}</span>
                </li>
              } @empty {
                <li class="good">✓ {{ t('workflows.migration.allFit') }}</li>
              }
            </ul>
          }
        } @else {
          <ui-loading [lines]="4" />
        }
        @if (moving.problem(); as refused) {
          <ui-problem-view [problem]="refused" (retry)="moving.dismiss()" />
        }
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button type="button" class="button" mat-dialog-close>{{ t('ui.cancel') }}</button>
        <button type="button" class="button" [uiAction]="look" [disabled]="rows() === null">
          {{ t('workflows.migration.look') }}
        </button>
        <button
          type="button"
          class="button primary"
          [disabled]="fitting() === 0"
          [uiBusy]="moving.running()"
          (click)="apply()"
        >
          {{
            preview()
              ? t('workflows.migration.apply', { count: fitting() })
              : t('workflows.migration.applyUnseen')
          }}
        </button>
      </mat-dialog-actions>
    </ng-container>
  `,
  // On a phone the rows are blocks, which takes their roles away in some browsers.
  styleUrl: './plain-table.scss',
  styles: `
    p {
      margin-bottom: 8px;
    }

    h3 {
      margin-top: 16px;
    }

    .seen {
      max-height: 12rem;
      padding: 0;
      overflow-y: auto;
      list-style: none;
    }

    th[scope='row'] {
      width: 40%;
    }

    td select {
      width: 100%;
    }

    .note {
      display: block;
    }

    @media (width <= 600px) {
      th[scope='row'] {
        width: auto;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MigrationDialog {
  private readonly api = inject(WorkflowsApi);
  private readonly ref = inject<MatDialogRef<MigrationDialog, MigrationBatchDto>>(MatDialogRef);
  protected readonly data = inject<MigrationData>(MAT_DIALOG_DATA);
  private readonly sources = waitingNodes(this.data.from.xml);
  private readonly targets = signal<readonly BpmnElement[]>([]);
  protected readonly targetId = signal(this.data.targets[0]?.id ?? '');
  protected readonly rows = signal<readonly MappingRow[] | null>(null);
  protected readonly preview = signal<MigrationPreviewDto | null>(null);
  protected readonly reading = new Attempt();
  protected readonly moving = new Attempt();
  protected readonly fitting = computed(() => this.preview()?.fitting ?? 0);
  private readonly open = computed(() => (this.rows() ?? []).filter((row) => row.to === null));
  /** Steps that nobody has said a successor for. */
  protected readonly undecided = computed(() => this.open().length);
  /** What waits at them, and so stays where it is. */
  protected readonly left = computed(() => this.open().reduce((sum, row) => sum + this.waitingAt(row), 0));

  constructor() {
    void this.read();
  }

  protected candidates(node: BpmnElement): BpmnElement[] {
    return candidatesFor(node, this.targets());
  }

  protected waitingAt(row: MappingRow): number {
    return this.data.waiting[row.from.id] ?? 0;
  }

  protected choose(id: string): void {
    this.targetId.set(id);
    this.rows.set(null);
    this.preview.set(null);
    void this.read();
  }

  protected map(at: number, to: string): void {
    // What was seen was another mapping.
    this.preview.set(null);
    this.rows.update(
      (rows) =>
        rows?.map((row, index) => (index === at ? { ...row, to: to || null, renamedTo: null } : row)) ?? null,
    );
  }

  protected nameOf(nodeId: string): string {
    return this.sources.find((node) => node.id === nodeId)?.name || nodeId;
  }

  protected readonly look = async (): Promise<void> => {
    this.moving.dismiss();
    this.preview.set(
      await firstValueFrom(this.api.previewMigration(this.data.from.id, this.targetId(), this.mapping())),
    );
  };

  protected async apply(): Promise<void> {
    await this.moving.run(async () => {
      this.ref.close(
        await firstValueFrom(this.api.migrate(this.data.from.id, this.targetId(), this.mapping())),
      );
    });
    if (this.moving.problem()) {
      // Flows have gone on meanwhile: look again.
      this.preview.set(null);
    }
  }

  protected async read(): Promise<void> {
    await this.reading.run(async () => {
      const target = await firstValueFrom(this.api.version(this.targetId()));
      const nodes = waitingNodes(target.xml);
      this.targets.set(nodes);
      this.rows.set(
        inOrderOfDoubt(suggestMapping(this.sources, nodes), (nodeId) => this.data.waiting[nodeId] ?? 0),
      );
    });
  }

  private mapping(): Record<string, string> {
    return mappingOf(this.rows() ?? []);
  }
}
