import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { IncidentDto } from '@api/models';
import { AppInstantPipe, HasPermission } from '@core';
import { Busy, EmptyState, StateChip, Toast } from '@ui';
import { assigneeWords } from './assignee-words';
import { SetVariableDialog } from './set-variable-dialog';
import { SkipDialog } from './skip-dialog';
import { WorkflowsApi } from './workflows-api';

/** What the engine itself says went wrong; what a domain says comes in its own words. */
const CODES: readonly string[] = ['nobody-found', 'uncaught-error', 'bad-due', 'bad-timer'];

/** Flows that wait for an administrator: what went wrong, and the three ways on. */
@Component({
  selector: 'app-incident-list',
  imports: [AppInstantPipe, Busy, EmptyState, HasPermission, RouterLink, StateChip, TranslocoDirective],
  template: `
    <ul *transloco="let t">
      @for (incident of incidents(); track incident.id) {
        <li class="card">
          <div class="head">
            <h3>{{ t('workflows.incidents.kind.' + incident.kind) }}：{{ incident.nodeName }}</h3>
            <ui-state-chip
              [text]="
                incident.settledAt
                  ? t('workflows.incidents.how.' + incident.resolution)
                  : t('workflows.incidents.open')
              "
              [tone]="incident.settledAt ? 'neutral' : 'bad'"
            />
          </div>
          <p>
            <a [routerLink]="['/workflows/instances', incident.instanceId]">{{ incident.title }}</a> ·
            {{ incident.regionName }} · {{ incident.key }}
          </p>
          <p class="error">
            @if (isKnown(incident.code)) {
              {{ t('workflows.incidents.code.' + incident.code) }}
              @if (incident.detail) {
                <span class="quiet">{{ wordsOf(incident.detail) }}</span>
              }
            } @else {
              {{ incident.detail || incident.code }}
            }
          </p>
          <p class="quiet">
            {{ incident.openedAt | appInstant }}
            @if (incident.settledAt) {
              · {{ incident.settledByName }} {{ incident.settledAt | appInstant }} {{ incident.reason }}
            }
          </p>
          @if (!incident.settledAt) {
            <ng-container *appHasPermission="'Workflows.Administer'">
              <div class="button-row">
                @if (incident.may.retry) {
                  <button type="button" class="button small" [uiAction]="retry(incident)">
                    {{ t('workflows.incidents.retry') }}
                    <span class="visually-hidden">{{ incident.title }}</span>
                  </button>
                }
                @if (incident.may.setVariable) {
                  <button type="button" class="button small" (click)="setVariable(incident)">
                    {{ t('workflows.incidents.setVariable') }}
                    <span class="visually-hidden">{{ incident.title }}</span>
                  </button>
                }
                @if (incident.may.skip) {
                  <button type="button" class="button small danger" (click)="skip(incident)">
                    {{
                      incident.may.retry ? t('workflows.incidents.skip') : t('workflows.incidents.takeNotice')
                    }}
                    <span class="visually-hidden">{{ incident.title }}</span>
                  </button>
                }
              </div>
              @if (!incident.may.skip) {
                <p class="quiet">
                  {{ t('workflows.incidents.issuersOnly', { region: incident.issuerName }) }}
                </p>
              }
            </ng-container>
          }
        </li>
      } @empty {
        <li>
          <ui-empty-state
            [title]="t('workflows.incidents.none')"
            [text]="t('workflows.incidents.noneText')"
          />
        </li>
      }
    </ul>
  `,
  styles: `
    ul {
      display: grid;
      gap: 8px;
      padding: 0;
      list-style: none;
    }

    .card {
      margin: 0;
    }

    .head {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      align-items: baseline;
    }

    .error {
      margin: 4px 0;
      padding: 4px 12px;
      border-left: 4px solid var(--bad);
      background: var(--bad-pale);
      overflow-wrap: anywhere;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class IncidentList {
  private readonly api = inject(WorkflowsApi);
  private readonly dialog = inject(MatDialog);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  readonly incidents = input.required<readonly IncidentDto[]>();
  /** Something was settled: the list is old. */
  readonly settled = output();

  protected wordsOf(detail: string): string {
    return assigneeWords(detail, this.transloco);
  }

  protected isKnown(code: string): boolean {
    return CODES.includes(code);
  }

  protected retry(incident: IncidentDto) {
    return async () => {
      await firstValueFrom(this.api.retry(incident));
      this.done('retried');
    };
  }

  protected async skip(incident: IncidentDto): Promise<void> {
    const opened = this.dialog.open<SkipDialog, IncidentDto, boolean>(SkipDialog, {
      data: incident,
      width: '32rem',
      maxWidth: '95vw',
    });
    if (await firstValueFrom(opened.afterClosed())) {
      this.done('skipped');
    }
  }

  protected async setVariable(incident: IncidentDto): Promise<void> {
    const opened = this.dialog.open<SetVariableDialog, IncidentDto, boolean>(SetVariableDialog, {
      data: incident,
      width: '32rem',
      maxWidth: '95vw',
    });
    if (await firstValueFrom(opened.afterClosed())) {
      this.done('variableSet');
    }
  }

  private done(what: 'retried' | 'skipped' | 'variableSet'): void {
    this.toast.success(this.transloco.translate(`workflows.incidents.done.${what}`));
    this.settled.emit();
  }
}
