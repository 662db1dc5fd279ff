import { ChangeDetectionStrategy, Component, OnInit, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { InstanceDto } from '@api/models';
import { ApiProblem } from '@core';
import { Loading, PageHeader, ProblemView } from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { FlowPanel } from './flow/flow-panel';
import { WorkflowsApi } from './workflows-api';

/** One flow: where it stands, for whoever started it or looks after it. */
@Component({
  selector: 'app-instance-page',
  imports: [FlowPanel, Loading, PageHeader, ProblemView, RouterLink, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (problem(); as failed) {
        <ui-problem-view [problem]="failed" (retry)="load()" />
      } @else if (instance(); as instance) {
        <ui-page-header [title]="instance.instance.title">
          <a uiPrimary class="button" [routerLink]="link()">{{ t('workflows.instance.subject') }}</a>
          <p class="quiet">
            {{ instance.instance.regionName }}
            @if (instance.instance.startedByName) {
              · {{ t('workflows.instance.startedBy', { name: instance.instance.startedByName }) }}
            }
          </p>
        </ui-page-header>
        <section class="card"><app-flow-panel [instanceId]="id()" /></section>
      } @else {
        <ui-loading [lines]="8" />
      }
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InstancePage implements OnInit {
  private readonly api = inject(WorkflowsApi);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly router = inject(Router);
  readonly id = input.required<string>();
  protected readonly instance = signal<InstanceDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly link = computed(() => this.router.parseUrl(this.instance()?.instance.link ?? '/'));

  ngOnInit(): void {
    this.load();
  }

  protected load(): void {
    this.problem.set(null);
    this.api.instance(this.id()).subscribe({
      next: (instance) => {
        this.instance.set(instance);
        this.breadcrumb.setLeaf(instance.instance.title);
      },
      error: (error: unknown) => {
        this.problem.set(ApiProblem.from(error));
      },
    });
  }
}
