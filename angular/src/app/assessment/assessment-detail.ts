import { ChangeDetectionStrategy, Component, OnInit, computed, inject, input, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatDialog } from '@angular/material/dialog';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { Api } from '@api/api';
import { getAssessment, publishAssessmentResult } from '@api/functions';
import { AssessmentDto, OutcomeIndicatorDto, PanelMemberDto } from '@api/models';
import { ApiProblem, AppDatePipe, AppDateTextPipe, AppNumberPipe, SessionService } from '@core';
import {
  Busy,
  Confirm,
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
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { AssignPanelDialog } from './assign-panel-dialog';
import { ReplaceAssessorDialog, ReplaceQuestion } from './replace-assessor-dialog';
import { SpreadForm } from './spread-form';

/** One assessment for the office: who scores, and, once all sheets are in, what they say. */
@Component({
  selector: 'app-assessment-detail',
  imports: [
    AppDatePipe,
    AppDateTextPipe,
    AppNumberPipe,
    Busy,
    ErrorSummary,
    Field,
    Loading,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    RouterLink,
    SpreadForm,
    StateChip,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  templateUrl: './assessment-detail.html',
  styleUrl: './assessment-detail.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AssessmentDetailPage implements OnInit, HasUnsavedChanges {
  private readonly api = inject(Api);
  private readonly dialog = inject(MatDialog);
  private readonly confirm = inject(Confirm);
  private readonly transloco = inject(TranslocoService);
  private readonly toast = inject(Toast);
  private readonly session = inject(SessionService);
  private readonly breadcrumb = inject(BreadcrumbService);

  readonly id = input.required<string>();
  protected readonly assessment = signal<AssessmentDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly refusal = signal<ApiProblem | null>(null);
  protected readonly publishing = signal(false);
  protected readonly mayAssign = computed(
    () => this.assessment()?.status === 'AwaitingPanel' && this.session.can('Assessment.Manage'),
  );
  protected readonly mayManage = computed(() => this.session.can('Assessment.Manage'));
  protected readonly spreadDirty = signal(false);
  /** An alarm that nobody has answered yet. */
  protected readonly mayDecide = computed(() => {
    const assessment = this.assessment();
    return (
      assessment?.status === 'Scored' &&
      assessment.outcome?.spreadAlarm === true &&
      !assessment.outcome.spreadNote &&
      this.mayManage()
    );
  });
  protected readonly mayPublish = computed(
    () => this.assessment()?.status === 'Scored' && this.session.can('Assessment.Publish'),
  );
  protected readonly form = new FormGroup({
    comment: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(4000)],
    }),
    spreadNote: new FormControl('', { nonNullable: true, validators: [Validators.maxLength(1000)] }),
  });

  constructor() {
    warnBeforeUnload(this);
  }

  ngOnInit(): void {
    void this.read();
  }

  hasUnsavedChanges(): boolean {
    return (this.mayPublish() && this.form.dirty) || this.spreadDirty();
  }

  protected async read(): Promise<void> {
    this.problem.set(null);
    try {
      this.take(await this.api.invoke(getAssessment, { id: this.id() }));
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected pointsOf(indicator: OutcomeIndicatorDto, assessorId: string): number | null {
    return indicator.points.find((points) => points.assessorId === assessorId)?.points ?? null;
  }

  protected commentsOf(indicator: OutcomeIndicatorDto): string {
    return indicator.points
      .map((points) => points.comment)
      .filter((comment) => comment !== '')
      .join('\n');
  }

  protected async assign(): Promise<void> {
    const assessment = this.assessment();
    if (!assessment) {
      return;
    }
    const opened = this.dialog.open<AssignPanelDialog, AssessmentDto, AssessmentDto>(AssignPanelDialog, {
      data: assessment,
      width: '36rem',
    });
    const assigned = await firstValueFrom(opened.afterClosed());
    if (assigned) {
      this.take(assigned);
      this.toast.success(this.transloco.translate('assessment.detail.assignedToast'));
    }
  }

  protected async replace(member: PanelMemberDto): Promise<void> {
    const assessment = this.assessment();
    if (!assessment) {
      return;
    }
    const opened = this.dialog.open<ReplaceAssessorDialog, ReplaceQuestion, AssessmentDto>(
      ReplaceAssessorDialog,
      { data: { assessment, member }, width: '36rem' },
    );
    const replaced = await firstValueFrom(opened.afterClosed());
    if (replaced) {
      this.take(replaced);
      this.toast.success(this.transloco.translate('assessment.panel.replacedToast'));
    }
  }

  protected decided(assessment: AssessmentDto): void {
    this.spreadDirty.set(false);
    this.take(assessment);
    this.toast.success(
      this.transloco.translate(
        assessment.status === 'ThirdScoring'
          ? 'assessment.spread.calledToast'
          : 'assessment.spread.moderatedToast',
      ),
    );
  }

  protected async publish(): Promise<void> {
    const assessment = this.assessment();
    if (!assessment?.outcome) {
      return;
    }
    const yes = await this.confirm.ask({
      title: this.transloco.translate('assessment.detail.publishTitle'),
      message: this.transloco.translate('assessment.detail.publishText', { total: assessment.outcome.total }),
      affected: [`${assessment.regionName} ${assessment.themeTitle}`],
      confirmLabel: this.transloco.translate('assessment.detail.publish'),
    });
    if (!yes) {
      return;
    }
    this.publishing.set(true);
    this.refusal.set(null);
    try {
      const { comment, spreadNote } = this.form.getRawValue();
      this.take(
        await this.api.invoke(publishAssessmentResult, {
          id: this.id(),
          body: { comment, spreadNote: spreadNote || null, concurrencyStamp: assessment.concurrencyStamp },
        }),
      );
      this.form.markAsPristine();
      this.toast.success(this.transloco.translate('assessment.detail.publishedToast'));
    } catch (error) {
      this.refusal.set(ApiProblem.from(error));
    } finally {
      this.publishing.set(false);
    }
  }

  private take(assessment: AssessmentDto): void {
    this.assessment.set(assessment);
    this.breadcrumb.setLeaf(assessment.themeTitle);
    const note = this.form.controls.spreadNote;
    note.setValidators(
      assessment.outcome?.spreadAlarm && !assessment.outcome.spreadNote
        ? [Validators.required, Validators.maxLength(1000)]
        : [Validators.maxLength(1000)],
    );
    note.updateValueAndValidity({ emitEvent: false });
  }
}
