import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { ReactiveFormsModule } from '@angular/forms';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { forkJoin } from 'rxjs';
import { SubmissionComparisonDto, SubmissionDto } from '@api/models';
import { ApiProblem, AppInstantPipe, PreferencesService, formatDate, formatDateText } from '@core';
import {
  Busy,
  Confirm,
  DateInput,
  ErrorSummary,
  Field,
  HasUnsavedChanges,
  Loading,
  PageHeader,
  ProblemView,
  StateChip,
  Toast,
  UiForm,
  UiInput,
  warnBeforeUnload,
} from '@ui';
import { DecisionView } from '../pilots/decision-view';
import { toneOfDeliverable } from '../pilots/labels';
import { PilotsApi } from '../pilots/pilots-api';
import { SubmissionComparison } from '../pilots/submission-comparison';
import { CHECKS, SECTIONS, answersOf, findingsOf, obstaclesTo, reviewForm } from './review-form';

/** The formal check of one version: what changed at the left, check, reasons and decision at the right. */
@Component({
  selector: 'app-review-page',
  imports: [
    AppInstantPipe,
    Busy,
    DateInput,
    DecisionView,
    ErrorSummary,
    Field,
    Loading,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    RouterLink,
    StateChip,
    SubmissionComparison,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  templateUrl: './review-page.html',
  styleUrl: './review-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ReviewPage implements HasUnsavedChanges {
  private readonly api = inject(PilotsApi);
  private readonly confirm = inject(Confirm);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly preferences = inject(PreferencesService);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);

  readonly submissionId = input.required<string>();

  protected readonly submission = signal<SubmissionDto | null>(null);
  protected readonly comparison = signal<SubmissionComparisonDto | null>(null);
  protected readonly loadProblem = signal<ApiProblem | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly obstacles = signal<readonly string[]>([]);
  protected readonly busy = signal(false);
  protected readonly checks = CHECKS;
  protected readonly sections = SECTIONS;
  protected readonly today = formatDate(new Date());
  protected readonly tone = toneOfDeliverable;
  protected form = reviewForm();

  constructor() {
    warnBeforeUnload(this);
    effect(() => {
      this.submissionId();
      untracked(() => {
        this.form = reviewForm();
        this.load();
      });
    });
  }

  hasUnsavedChanges(): boolean {
    return this.form.dirty && this.submission()?.canDecide === true;
  }

  protected load(): void {
    this.loadProblem.set(null);
    const id = this.submissionId();
    forkJoin({ submission: this.api.submission(id), comparison: this.api.comparison(id) }).subscribe({
      next: ({ submission, comparison }) => {
        this.submission.set(submission);
        this.comparison.set(comparison);
      },
      error: (error: unknown) => {
        this.loadProblem.set(ApiProblem.from(error));
      },
    });
  }

  protected async decide(decision: 'accept' | 'return'): Promise<void> {
    const submission = this.submission();
    const obstacles = obstaclesTo(decision, this.form);
    this.obstacles.set(obstacles);
    if (obstacles.length > 0) {
      // The list appears with the next rendering.
      setTimeout(() => this.host.nativeElement.querySelector<HTMLElement>('.obstacles')?.focus());
      return;
    }
    const checks = answersOf(this.form);
    if (!submission || !checks) {
      return;
    }
    const due = this.form.controls.correctionDueOn.value ?? '';
    const answer = await this.confirm.ask(
      decision === 'accept'
        ? {
            title: this.transloco.translate('review.confirm.acceptTitle'),
            message: this.transloco.translate('review.confirm.acceptText'),
            affected: [`${submission.regionName} ${submission.deliverableName}`],
            confirmLabel: this.transloco.translate('review.page.accept'),
          }
        : {
            title: this.transloco.translate('review.confirm.returnTitle'),
            message: this.transloco.translate('review.confirm.returnText', {
              due: formatDateText(due, this.preferences.language()),
            }),
            affected: [`${submission.regionName} ${submission.deliverableName}`],
            confirmLabel: this.transloco.translate('review.page.return'),
            danger: true,
          },
    );
    if (!answer) {
      return;
    }
    const common = {
      concurrencyStamp: submission.concurrencyStamp,
      checks,
      remark: this.form.controls.remark.value,
    };
    this.busy.set(true);
    this.problem.set(null);
    const request =
      decision === 'accept'
        ? this.api.accept(submission.id, common)
        : this.api.return(submission.id, {
            ...common,
            findings: findingsOf(this.form),
            correctionDueOn: due,
          });
    request.subscribe({
      next: (decided) => {
        this.busy.set(false);
        this.form.markAsPristine();
        this.submission.set(decided);
        this.toast.success(this.transloco.translate('review.page.decided'));
      },
      error: (error: unknown) => {
        this.busy.set(false);
        const problem = ApiProblem.from(error);
        this.problem.set(problem);
        if (problem.isConflict) {
          // Somebody else was quicker: say so and show what was decided.
          this.toast.failure(problem);
          this.refresh();
        }
      },
    });
  }

  private refresh(): void {
    this.api.submission(this.submissionId()).subscribe({
      next: (fresh) => {
        this.submission.set(fresh);
      },
      error: (error: unknown) => {
        this.toast.failure(error);
      },
    });
  }
}
