import { ChangeDetectionStrategy, Component, effect, inject, input, signal, untracked } from '@angular/core';
import { Api } from '@api/api';
import { getWorkflowVersion } from '@api/functions';
import { VersionDto } from '@api/models';
import { TranslocoDirective } from '@jsverse/transloco';
import { ApiProblem, AppDatePipe } from '@core';
import { Loading, PageHeader, ProblemView } from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { FlowPicture } from './flow/flow-picture';

/** One version of a flow as a picture, for whoever only wants to know how the work goes. */
@Component({
  selector: 'app-version-page',
  imports: [AppDatePipe, FlowPicture, Loading, PageHeader, ProblemView, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (problem(); as failed) {
        <ui-problem-view [problem]="failed" (retry)="load()" />
      } @else if (version(); as version) {
        <ui-page-header [title]="version.name">
          <p class="quiet">
            {{ t('workflows.panel.version', { version: version.number }) }} ·
            {{ t('workflows.versionStatus.' + version.status) }}
            @if (version.publishedAt) {
              · {{ version.publishedAt | appDate }}
            }
            @if (version.note) {
              · {{ version.note }}
            }
          </p>
        </ui-page-header>
        <section class="card">
          <app-flow-picture [xml]="version.xml" [caption]="version.name" />
        </section>
      } @else {
        <ui-loading [lines]="8" />
      }
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class VersionPage {
  private readonly api = inject(Api);
  private readonly breadcrumb = inject(BreadcrumbService);

  readonly id = input.required<string>();
  protected readonly version = signal<VersionDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);

  constructor() {
    effect(() => {
      this.id();
      untracked(() => void this.load());
    });
  }

  protected async load(): Promise<void> {
    this.problem.set(null);
    try {
      const version = await this.api.invoke(getWorkflowVersion, { id: this.id() });
      this.version.set(version);
      this.breadcrumb.setLeaf(version.name);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }
}
