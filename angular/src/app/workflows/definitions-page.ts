import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { MatMenuModule } from '@angular/material/menu';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { DefinitionDto, DefinitionListItemDto, RetirementDto, VersionDto } from '@api/models';
import { ApiProblem, AppDatePipe, HasPermission } from '@core';
import { Confirm, EmptyState, Loading, PageHeader, ProblemView, StateChip, Toast, afterMenu } from '@ui';
import { CreateDefinitionDialog } from './create-definition-dialog';
import { EditDefinitionDialog } from './edit-definition-dialog';
import { WorkflowsApi } from './workflows-api';

/** The flows in force for the region: its own, those inherited, and what it has changed of them. */
@Component({
  selector: 'app-definitions-page',
  imports: [
    AppDatePipe,
    EmptyState,
    HasPermission,
    Loading,
    MatMenuModule,
    PageHeader,
    ProblemView,
    RouterLink,
    StateChip,
    TranslocoDirective,
  ],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('workflows.definitions.title')">
        <button
          *appHasPermission="'Workflows.Design'"
          uiPrimary
          type="button"
          class="button primary"
          (click)="create()"
        >
          {{ t('workflows.definitions.create') }}
        </button>
        <p class="quiet">
          {{ t('workflows.definitions.text') }}
          <a *appHasPermission="'Workflows.Administer'" routerLink="/workflows/incidents">{{
            t('workflows.incidents.title')
          }}</a>
        </p>
      </ui-page-header>
      @if (problem(); as failed) {
        <ui-problem-view [problem]="failed" (retry)="load()" />
      } @else if (definitions(); as list) {
        @if (list.length === 0) {
          <ui-empty-state
            [title]="t('workflows.definitions.none')"
            [text]="t('workflows.definitions.noneText')"
          />
        } @else {
          <div class="scroll" tabindex="0" role="region" [attr.aria-label]="t('workflows.definitions.title')">
            <table>
              <thead>
                <tr>
                  <th scope="col">{{ t('workflows.definitions.name') }}</th>
                  <th scope="col">{{ t('workflows.definitions.origin') }}</th>
                  <th scope="col">{{ t('workflows.definitions.version') }}</th>
                  <th scope="col">{{ t('workflows.definitions.draft') }}</th>
                  <th scope="col">{{ t('workflows.definitions.below') }}</th>
                  <th scope="col" class="number">{{ t('workflows.definitions.running') }}</th>
                  <th scope="col" class="number">{{ t('workflows.definitions.incidents') }}</th>
                  <th scope="col">{{ t('workflows.table.actions') }}</th>
                </tr>
              </thead>
              <tbody>
                @for (row of list; track row.id) {
                  <tr>
                    <th scope="row">
                      <a [routerLink]="['/workflows/definitions', row.id, 'edit']">{{ row.name }}</a>
                      <div class="quiet">{{ row.key }}</div>
                    </th>
                    <td [attr.data-label]="t('workflows.definitions.origin')">
                      <span class="origin">{{ row.regionName || t('workflows.definitions.standard') }}</span>
                      @if (!row.isOwn) {
                        <ui-state-chip [text]="t('workflows.definitions.inherited')" />
                      }
                      @if (row.isInForceHere) {
                        <ui-state-chip [text]="t('workflows.definitions.inForce')" tone="good" />
                      } @else if (row.isOwn && row.currentVersionId && row.override.isForbiddenHere) {
                        <ui-state-chip [text]="t('workflows.definitions.outOfForce')" tone="attention" />
                        <div class="quiet">
                          {{ t('workflows.definitions.forbiddenBy', { region: row.override.forbiddenBy }) }}
                        </div>
                      }
                    </td>
                    <td [attr.data-label]="t('workflows.definitions.version')">
                      @if (row.currentVersion !== null) {
                        {{ t('workflows.panel.version', { version: row.currentVersion }) }}
                        <span class="quiet date">{{ row.publishedAt | appDate }}</span>
                      } @else {
                        {{ t('workflows.definitions.unpublished') }}
                      }
                    </td>
                    <td [attr.data-label]="t('workflows.definitions.draft')">
                      @if (row.draftId) {
                        <a [routerLink]="['/workflows/definitions', row.id, 'edit']">{{
                          t('workflows.versionStatus.Draft')
                        }}</a>
                      } @else {
                        —
                      }
                    </td>
                    <td [attr.data-label]="t('workflows.definitions.below')">
                      @if (!row.isInForceHere) {
                        —
                      } @else if (row.override.isForbiddenBelow) {
                        {{ t('workflows.definitions.forbidden') }}
                        <div class="quiet">
                          {{ t('workflows.definitions.saidBy', { region: row.override.forbiddenBy }) }}
                        </div>
                      } @else {
                        {{ t('workflows.definitions.allowed') }}
                      }
                    </td>
                    <td class="number" [attr.data-label]="t('workflows.definitions.running')">
                      {{ row.runningInstances }}
                    </td>
                    <td class="number" [attr.data-label]="t('workflows.definitions.incidents')">
                      @if (row.openIncidents > 0) {
                        <strong class="bad">■ {{ row.openIncidents }}</strong>
                      } @else {
                        0
                      }
                    </td>
                    <td>
                      <div class="button-row">
                        @if (row.currentVersionId) {
                          <a
                            class="button small"
                            [routerLink]="['/workflows/versions', row.currentVersionId, 'monitor']"
                          >
                            {{ t('workflows.definitions.monitor') }}
                            <span class="visually-hidden">{{ row.name }}</span>
                          </a>
                        }
                        <ng-container *appHasPermission="'Workflows.Design'">
                          @if (row.isOwn || mayDecide(row)) {
                            <button
                              type="button"
                              class="button small"
                              [attr.aria-label]="t('workflows.definitions.moreOf', { name: row.name })"
                              [matMenuTriggerFor]="menu"
                            >
                              {{ t('ui.moreActions') }}
                            </button>
                          }
                          <mat-menu #menu="matMenu">
                            @if (row.draftId) {
                              <button type="button" mat-menu-item (click)="edit(row.id)">
                                {{ t('workflows.definitions.editDraft') }}
                              </button>
                            } @else if (row.isOwn) {
                              <button type="button" mat-menu-item (click)="beginDraft(row)">
                                {{ t('workflows.modeller.beginDraft') }}
                              </button>
                            }
                            @if (row.isOwn) {
                              <button type="button" mat-menu-item (click)="choose(rename, row)">
                                {{ t('workflows.definitions.edit') }}
                              </button>
                            }
                            @if (mayDecide(row)) {
                              <button type="button" mat-menu-item (click)="choose(override, row)">
                                {{ t('workflows.definitions.override') }}
                              </button>
                              <button type="button" mat-menu-item (click)="choose(decide, row)">
                                {{
                                  row.override.isForbiddenBelow
                                    ? t('workflows.definitions.allow')
                                    : t('workflows.definitions.forbid')
                                }}
                              </button>
                            }
                            @if (row.draftId && row.currentVersionId) {
                              <button
                                type="button"
                                mat-menu-item
                                (click)="compare(row.draftId, row.currentVersionId)"
                              >
                                {{ t('workflows.modeller.compare') }}
                              </button>
                            }
                            @if (row.currentVersionId && row.isOwn) {
                              <button type="button" mat-menu-item (click)="choose(retire, row)">
                                {{ t('workflows.definitions.retire') }}
                              </button>
                            }
                          </mat-menu>
                        </ng-container>
                      </div>
                    </td>
                  </tr>
                }
              </tbody>
            </table>
          </div>
        }
      } @else {
        <ui-loading [lines]="6" />
      }
    </ng-container>
  `,
  styleUrl: './plain-table.scss',
  styles: `
    ui-state-chip {
      margin-right: 6px;
    }

    .origin {
      margin-right: 6px;
    }

    .date {
      white-space: nowrap;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DefinitionsPage {
  private readonly api = inject(WorkflowsApi);
  private readonly confirm = inject(Confirm);
  private readonly dialog = inject(MatDialog);
  private readonly router = inject(Router);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  protected readonly definitions = signal<readonly DefinitionListItemDto[] | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);

  constructor() {
    this.load();
  }

  protected load(): void {
    this.problem.set(null);
    this.api.definitions().subscribe({
      next: (list) => {
        this.definitions.set(list);
      },
      error: (error: unknown) => {
        this.problem.set(ApiProblem.from(error));
      },
    });
  }

  /** A dialog of a menu's entry gives the focus back to the menu's button. */
  protected choose(act: (row: DefinitionListItemDto) => Promise<void>, row: DefinitionListItemDto): void {
    afterMenu(() => act(row));
  }

  protected edit(id: string): void {
    void this.router.navigate(['/workflows/definitions', id, 'edit']);
  }

  protected compare(id: string, withId: string): void {
    void this.router.navigate(['/workflows/versions', id, 'compare'], { queryParams: { with: withId } });
  }

  protected async create(): Promise<void> {
    const opened = this.dialog.open<CreateDefinitionDialog, undefined, VersionDto>(CreateDefinitionDialog, {
      width: '34rem',
      maxWidth: '95vw',
    });
    const created = await firstValueFrom(opened.afterClosed());
    if (created) {
      this.edit(created.definitionId);
    }
  }

  /** An inherited flow that is in force here and that nobody above keeps as it is. */
  protected mayDecide(row: DefinitionListItemDto): boolean {
    return !row.isOwn && row.isInForceHere && !row.override.isForbiddenHere;
  }

  protected readonly rename = async (row: DefinitionListItemDto): Promise<void> => {
    const opened = this.dialog.open<EditDefinitionDialog, DefinitionListItemDto, DefinitionDto>(
      EditDefinitionDialog,
      { data: row, width: '34rem', maxWidth: '95vw' },
    );
    if (await firstValueFrom(opened.afterClosed())) {
      this.toast.success(this.transloco.translate('workflows.definitions.edited'));
      this.load();
    }
  };

  /** Says whether regions below may have their own of an inherited flow, without drawing it anew. */
  protected readonly decide = async (row: DefinitionListItemDto): Promise<void> => {
    const { isForbiddenBelow, ruleStamp, overriding } = row.override;
    const what = isForbiddenBelow ? 'allow' : 'forbid';
    const title = this.transloco.translate(`workflows.definitions.${what}`);
    const yes = await this.confirm.ask({
      title,
      message: [
        this.transloco.translate(`workflows.definitions.${what}Text`, { name: row.name }),
        ...(overriding.length > 0 ? [this.transloco.translate(`workflows.definitions.${what}Concerns`)] : []),
      ].join(''),
      affected: overriding,
      confirmLabel: title,
      danger: !isForbiddenBelow,
    });
    if (!yes) {
      return;
    }
    try {
      await firstValueFrom(this.api.decideOverride(row.key, isForbiddenBelow, ruleStamp));
      this.toast.success(this.transloco.translate('workflows.definitions.edited'));
    } catch (error) {
      // Somebody else of the region may have decided meanwhile: what holds now is read again.
      this.toast.failure(error);
    }
    this.load();
  };

  protected async beginDraft(row: DefinitionListItemDto): Promise<void> {
    try {
      await firstValueFrom(this.api.beginDraft(row.id));
      this.edit(row.id);
    } catch (error) {
      this.toast.failure(error);
    }
  }

  protected readonly override = async (row: DefinitionListItemDto): Promise<void> => {
    const yes = await this.confirm.ask({
      title: this.transloco.translate('workflows.definitions.override'),
      message: this.transloco.translate('workflows.definitions.overrideText', {
        name: row.name,
        region: row.regionName,
      }),
      confirmLabel: this.transloco.translate('workflows.definitions.override'),
    });
    if (!yes) {
      return;
    }
    try {
      const draft = await firstValueFrom(this.api.create(row.key, row.name, !row.override.isForbiddenBelow));
      this.edit(draft.definitionId);
    } catch (error) {
      this.toast.failure(error);
    }
  };

  protected readonly retire = async (row: DefinitionListItemDto): Promise<void> => {
    if (!row.currentVersionId) {
      return;
    }
    try {
      const [version, retirement] = await Promise.all([
        firstValueFrom(this.api.version(row.currentVersionId)),
        firstValueFrom(this.api.retirement(row.currentVersionId)),
      ]);
      const yes = await this.confirm.ask({
        title: this.transloco.translate('workflows.definitions.retireTitle', { name: row.name }),
        ...this.retirementText(row, retirement),
        confirmLabel: this.transloco.translate('workflows.definitions.retire'),
        danger: true,
      });
      if (!yes) {
        return;
      }
      await firstValueFrom(this.api.retire(version));
      this.load();
    } catch (error) {
      this.toast.failure(error);
    }
  };

  /** What new work takes then, what runs on, and which themes and programmes chose it. */
  private retirementText(
    row: DefinitionListItemDto,
    { runningInstances, nextVersion, chosenForCount, chosenFor }: RetirementDto,
  ): { message: string; affected: string[] } {
    const say = (key: string, values: Record<string, unknown>) =>
      this.transloco.translate('workflows.definitions.' + key, values);
    const more = chosenForCount - chosenFor.length;
    return {
      message: [
        nextVersion === null
          ? say('retireLast', { version: row.currentVersion })
          : say('retireToEarlier', { version: row.currentVersion, next: nextVersion }),
        ...(runningInstances > 0
          ? [say('retireRunning', { count: runningInstances, version: row.currentVersion })]
          : []),
        ...(chosenForCount > 0
          ? [say(nextVersion === null ? 'retireChosen' : 'retireChosenStay', { count: chosenForCount })]
          : []),
      ].join(''),
      affected: [
        ...chosenFor.map(({ title, kind, regionName }) =>
          say('retireChosenItem', { title, kind, region: regionName }),
        ),
        ...(more > 0 ? [say('retireChosenMore', { count: more })] : []),
      ],
    };
  }
}
