import { ChangeDetectionStrategy, Component, OnInit, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { forkJoin, of } from 'rxjs';
import { IncidentDto, InstanceDto } from '@api/models';
import { ApiProblem, SessionService } from '@core';
import { Loading, PageHeader, ProblemView } from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { FlowPanel } from './flow/flow-panel';
import { IncidentList } from './incident-list';
import { WorkflowsApi } from './workflows-api';

/** As many incidents of one flow as anybody deals with at a time. */
const INCIDENTS = 20;

/** One flow: where it stands, for whoever started it or looks after it. */
@Component({
  selector: 'app-instance-page',
  imports: [FlowPanel, IncidentList, Loading, PageHeader, ProblemView, RouterLink, TranslocoDirective],
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
        @if (incidents().length > 0) {
          <section class="card">
            <h2>{{ t('workflows.incidents.title') }}</h2>
            <app-incident-list [incidents]="incidents()" (settled)="load()" />
          </section>
        }
        <!-- A new picture after each change: it reads the flow by itself. -->
        @for (shown of [instance]; track shown) {
          <section class="card"><app-flow-panel [instanceId]="id()" /></section>
        }
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
  private readonly session = inject(SessionService);
  readonly id = input.required<string>();
  protected readonly instance = signal<InstanceDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  /** What of it waits for an administrator, for those who are one. */
  protected readonly incidents = signal<readonly IncidentDto[]>([]);
  protected readonly link = computed(() => this.router.parseUrl(this.instance()?.instance.link ?? '/'));

  ngOnInit(): void {
    this.load();
  }

  protected load(): void {
    this.problem.set(null);
    forkJoin({
      instance: this.api.instance(this.id()),
      incidents: this.session.can('Workflows.Administer')
        ? this.api.incidentsOf(this.id(), INCIDENTS)
        : of([]),
    }).subscribe({
      next: ({ instance, incidents }) => {
        this.instance.set(instance);
        this.incidents.set(incidents);
        this.breadcrumb.setLeaf(instance.instance.title);
      },
      error: (error: unknown) => {
        this.problem.set(ApiProblem.from(error));
      },
    });
  }
}
