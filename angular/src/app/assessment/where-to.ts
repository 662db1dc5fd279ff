import { ChangeDetectionStrategy, Component, OnInit, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { Api } from '@api/api';
import { findAssessmentPages } from '@api/functions';
import { AssessmentPagesDto } from '@api/models';
import { ApiProblem } from '@core';
import { Loading, ProblemView } from '@ui';

/** A flow has one link for everybody who works in it; from here each goes on to their own page. */
@Component({
  selector: 'app-where-to',
  imports: [Loading, ProblemView],
  template: `
    @if (problem(); as failure) {
      <ui-problem-view [problem]="failure" (retry)="lead()" />
    } @else {
      <ui-loading [lines]="6" />
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class WhereToPage implements OnInit {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  readonly pilotId = input.required<string>();
  protected readonly problem = signal<ApiProblem | null>(null);

  ngOnInit(): void {
    void this.lead();
  }

  protected async lead(): Promise<void> {
    this.problem.set(null);
    try {
      const pages = await this.api.invoke(findAssessmentPages, { pilotId: this.pilotId() });
      await this.router.navigateByUrl(pageOf(pages), { replaceUrl: true });
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }
}

/** One's own sheet first; then the result, for once it is there it is what everybody asks about. */
export function pageOf(pages: AssessmentPagesDto): string {
  if (pages.sheetId) {
    return `/assessment/sheets/${pages.sheetId}`;
  }
  if (pages.resultId) {
    return `/assessment/results/${pages.resultId}`;
  }
  return pages.assessmentId
    ? `/assessment/${pages.assessmentId}`
    : `/assessment/self/${pages.selfAssessmentId ?? ''}`;
}
