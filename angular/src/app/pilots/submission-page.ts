import { ChangeDetectionStrategy, Component, effect, inject, input, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { forkJoin } from 'rxjs';
import { SubmissionComparisonDto, SubmissionDto } from '@api/models';
import { ApiProblem, AppInstantPipe } from '@core';
import { Loading, PageHeader, ProblemView, StateChip } from '@ui';
import { DecisionView } from './decision-view';
import { toneOfDeliverable } from './labels';
import { PilotsApi } from './pilots-api';
import { SubmissionComparison } from './submission-comparison';

/** One version of a deliverable, with what changed and what was decided. */
@Component({
  selector: 'app-submission-page',
  imports: [
    AppInstantPipe,
    DecisionView,
    Loading,
    PageHeader,
    ProblemView,
    RouterLink,
    StateChip,
    SubmissionComparison,
    TranslocoDirective,
  ],
  template: `
    <ng-container *transloco="let t">
      @if (problem(); as failed) {
        <ui-problem-view [problem]="failed" (retry)="load()" />
      } @else if (submission(); as submission) {
        <ui-page-header
          [title]="
            t('pilots.version.heading', { name: submission.deliverableName, version: submission.version })
          "
        >
          <ui-state-chip
            uiState
            [text]="t('pilots.submissionStatus.' + submission.status)"
            [tone]="tone(submission.status)"
          />
          <p class="quiet">{{ submission.regionName }} · {{ submission.pilotTitle }}</p>
        </ui-page-header>
        <div class="columns">
          <section class="card">
            @if (comparison(); as comparison) {
              <app-submission-comparison [comparison]="comparison" />
            }
          </section>
          <div class="stack">
            <section class="card">
              <h2>{{ t('pilots.version.about') }}</h2>
              @if (submission.submittedAt) {
                <p>
                  {{ t('pilots.version.submittedBy') }} {{ submission.submittedByName }}
                  <span class="quiet">{{ submission.submittedAt | appInstant }}</span>
                </p>
              }
              <a
                class="button"
                [routerLink]="['/pilots', submission.pilotId, 'deliverables', submission.deliverableId]"
                >{{ t('pilots.version.allVersions') }}</a
              >
            </section>
            @if (submission.decidedAt) {
              <section class="card">
                <h2>{{ t('pilots.version.decision') }}</h2>
                <app-decision-view [submission]="submission" />
              </section>
            }
          </div>
        </div>
      } @else {
        <ui-loading [lines]="8" />
      }
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SubmissionPage {
  private readonly api = inject(PilotsApi);

  readonly submissionId = input.required<string>();
  protected readonly submission = signal<SubmissionDto | null>(null);
  protected readonly comparison = signal<SubmissionComparisonDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly tone = toneOfDeliverable;

  constructor() {
    effect(() => {
      this.submissionId();
      untracked(() => {
        this.load();
      });
    });
  }

  protected load(): void {
    this.problem.set(null);
    const id = this.submissionId();
    forkJoin({ submission: this.api.submission(id), comparison: this.api.comparison(id) }).subscribe({
      next: ({ submission, comparison }) => {
        this.submission.set(submission);
        this.comparison.set(comparison);
      },
      error: (error: unknown) => {
        this.problem.set(ApiProblem.from(error));
      },
    });
  }
}
