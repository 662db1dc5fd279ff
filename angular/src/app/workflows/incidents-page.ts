import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { IncidentDto } from '@api/models';
import { ApiProblem } from '@core';
import { Busy, Loading, PageHeader, ProblemView } from '@ui';
import { IncidentList } from './incident-list';
import { WorkflowsApi } from './workflows-api';

const PAGE = 20;

/** Every flow of the region that waits for an administrator, the oldest first. */
@Component({
  selector: 'app-incidents-page',
  imports: [Busy, IncidentList, Loading, PageHeader, ProblemView, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('workflows.incidents.title')">
        <p class="quiet">{{ t('workflows.incidents.text') }}</p>
      </ui-page-header>
      <label class="check">
        <input type="checkbox" [checked]="settled()" (change)="toggle()" />
        {{ t('workflows.incidents.showSettled') }}
      </label>
      @if (problem(); as failed) {
        <ui-problem-view [problem]="failed" (retry)="load()" />
      } @else if (incidents(); as list) {
        <app-incident-list [incidents]="list" (settled)="load()" />
        @if (list.length < total()) {
          <button type="button" class="button" [uiAction]="more">{{ t('workflows.incidents.more') }}</button>
        }
      } @else {
        <ui-loading [lines]="5" />
      }
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class IncidentsPage {
  private readonly api = inject(WorkflowsApi);
  protected readonly incidents = signal<readonly IncidentDto[] | null>(null);
  protected readonly total = signal(0);
  protected readonly settled = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);

  constructor() {
    void this.load();
  }

  protected readonly more = async (): Promise<void> => {
    const present = this.incidents() ?? [];
    const page = await this.page(present.length);
    const known = new Set(present.map((incident) => incident.id));
    this.incidents.set([...present, ...page.items.filter((incident) => !known.has(incident.id))]);
    this.total.set(page.totalCount);
  };

  protected toggle(): void {
    this.settled.update((settled) => !settled);
    this.incidents.set(null);
    void this.load();
  }

  protected async load(): Promise<void> {
    this.problem.set(null);
    try {
      const page = await this.page(0);
      this.incidents.set(page.items);
      this.total.set(page.totalCount);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  private page(skipCount: number) {
    return firstValueFrom(this.api.incidents(this.settled(), skipCount, PAGE));
  }
}
