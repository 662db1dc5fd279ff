import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { Router, RouterLink, UrlTree } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { AppInstantPipe, HasPermission } from '@core';
import { Busy, Confirm, EmptyState, StateChip, Toast } from '@ui';
import { IncidentDto } from './models';
import { SetVariableDialog } from './set-variable-dialog';
import { WorkflowsApi } from './workflows-api';

/** Flows that wait for an administrator: what went wrong, and the three ways on. */
@Component({
  selector: 'app-incident-list',
  imports: [AppInstantPipe, Busy, EmptyState, HasPermission, RouterLink, StateChip, TranslocoDirective],
  template: `
    <ul *transloco="let t">
      @for (incident of incidents(); track incident.id) {
        <li class="card">
          <div class="head">
            <h3>{{ incident.nodeName }}</h3>
            <ui-state-chip
              [text]="
                incident.settledAt
                  ? t('workflows.incidents.how.' + incident.settledHow)
                  : t('workflows.incidents.open')
              "
              [tone]="incident.settledAt ? 'neutral' : 'bad'"
            />
          </div>
          <p>
            <a [routerLink]="linkOf(incident)">{{ incident.title }}</a> · {{ incident.regionName }} ·
            {{ incident.definitionName }} {{ t('workflows.panel.version', { version: incident.version }) }}
          </p>
          <p class="error">{{ incident.error }}</p>
          <p class="quiet">
            {{ incident.raisedAt | appInstant }} ·
            {{ t('workflows.incidents.attempts', { count: incident.attempts }) }}
            @if (incident.settledAt) {
              · {{ incident.settledByName }} {{ incident.settledAt | appInstant }}
            }
          </p>
          @if (!incident.settledAt) {
            <div *appHasPermission="'Workflows.Administer'" class="button-row">
              <button type="button" class="button small" [uiAction]="retry(incident)">
                {{ t('workflows.incidents.retry') }}
                <span class="visually-hidden">{{ incident.nodeName }} {{ incident.title }}</span>
              </button>
              <button type="button" class="button small" (click)="setVariable(incident)">
                {{ t('workflows.incidents.setVariable') }}
                <span class="visually-hidden">{{ incident.title }}</span>
              </button>
              <button type="button" class="button small danger" (click)="skip(incident)">
                {{ t('workflows.incidents.skip') }}
                <span class="visually-hidden">{{ incident.nodeName }} {{ incident.title }}</span>
              </button>
            </div>
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
  private readonly confirm = inject(Confirm);
  private readonly dialog = inject(MatDialog);
  private readonly router = inject(Router);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  readonly incidents = input.required<readonly IncidentDto[]>();
  /** Something was settled: the list is old. */
  readonly settled = output();

  protected linkOf(incident: IncidentDto): UrlTree {
    return this.router.parseUrl(incident.link);
  }

  protected retry(incident: IncidentDto) {
    return async () => {
      await firstValueFrom(this.api.retry(incident));
      this.done('retried');
    };
  }

  protected async skip(incident: IncidentDto): Promise<void> {
    const answer = await this.confirm.ask({
      title: this.transloco.translate('workflows.incidents.skip'),
      message: this.transloco.translate('workflows.incidents.skipText', { step: incident.nodeName }),
      affected: [incident.title],
      confirmLabel: this.transloco.translate('workflows.incidents.skip'),
      danger: true,
      reasonLabel: this.transloco.translate('workflows.task.reason'),
    });
    if (!answer) {
      return;
    }
    try {
      await firstValueFrom(this.api.skip(incident, answer.reason));
      this.done('skipped');
    } catch (error) {
      this.toast.failure(error);
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
