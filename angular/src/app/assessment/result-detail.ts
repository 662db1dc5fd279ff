import { ChangeDetectionStrategy, Component, OnInit, computed, inject, input, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Api } from '@api/api';
import { getAssessmentResult, withdrawObjection } from '@api/functions';
import { ObjectionState, ResultDto, ResultState } from '@api/models';
import {
  ApiProblem,
  AppDateTextPipe,
  AppFileSizePipe,
  AppNumberPipe,
  PreferencesService,
  SessionService,
  formatDateText,
} from '@core';
import {
  Busy,
  Confirm,
  HasUnsavedChanges,
  Loading,
  PageHeader,
  ProblemView,
  StateChip,
  Toast,
  Tone,
  warnBeforeUnload,
} from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { OBJECTION_TONES, RESULT_TONES } from './labels';
import { ObjectionForm } from './objection-form';
import { RulingForm } from './ruling-form';

/**
 * One published result, for both sides: what was decided, until when the region may object, the objection, the
 * ruling, and when the result became final. Comments stand without names.
 */
@Component({
  selector: 'app-result-detail',
  imports: [
    AppDateTextPipe,
    AppFileSizePipe,
    AppNumberPipe,
    Busy,
    Loading,
    ObjectionForm,
    PageHeader,
    ProblemView,
    RulingForm,
    StateChip,
    TranslocoDirective,
  ],
  templateUrl: './result-detail.html',
  styleUrl: './assessment-detail.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ResultDetailPage implements OnInit, HasUnsavedChanges {
  private readonly api = inject(Api);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly confirm = inject(Confirm);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  private readonly session = inject(SessionService);
  private readonly preferences = inject(PreferencesService);
  readonly id = input.required<string>();
  protected readonly result = signal<ResultDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly objecting = signal(false);
  protected readonly formDirty = signal(false);

  protected readonly mayObject = computed(() => {
    const result = this.result();
    return (
      result?.isOwn === true &&
      result.state === 'Open' &&
      result.objection === null &&
      this.can('Assessment.RaiseObjection')
    );
  });
  protected readonly mayRule = computed(() => {
    const result = this.result();
    return result?.isIssuer === true && result.state === 'UnderObjection' && this.can('Assessment.Rule');
  });

  /** Where the result stands, in one sentence. */
  protected readonly standing = computed(() => {
    const result = this.result();
    if (!result) {
      return '';
    }
    const text = (key: string, values: Record<string, unknown> = {}) =>
      this.transloco.translate('assessment.standing.' + key, values);
    const date = (value: string) => formatDateText(value, this.preferences.language());
    switch (result.state) {
      case 'Open':
        return (
          text(result.workingDaysLeft === 0 ? 'lastDay' : 'open', {
            date: date(result.objectionsUntil),
            days: result.workingDaysLeft,
          }) +
          (result.objectionsUntilIsProvisional
            ? this.transloco.translate('ui.provisionalDay', { year: result.objectionsUntil.slice(0, 4) })
            : '')
        );
      case 'UnderObjection':
        return text('underObjection');
      case 'WindowOver':
        return text('windowOver', { date: date(result.objectionsUntil) });
      case 'Final':
        return text('final', { date: result.finalAt ? date(result.finalAt) : '' });
    }
  });

  constructor() {
    warnBeforeUnload(this);
  }

  ngOnInit(): void {
    void this.read();
  }

  hasUnsavedChanges(): boolean {
    return this.formDirty();
  }

  protected can(permission: string): boolean {
    return this.session.can(permission);
  }

  protected stateTone(state: ResultState): Tone {
    return RESULT_TONES[state];
  }

  protected objectionTone(state: ObjectionState): Tone {
    return OBJECTION_TONES[state];
  }

  protected beginObjection(): void {
    this.objecting.set(true);
    setTimeout(() => {
      document.getElementById('objection-form')?.focus();
    });
  }

  protected async read(): Promise<void> {
    this.problem.set(null);
    try {
      const result = await this.api.invoke(getAssessmentResult, { id: this.id() });
      this.result.set(result);
      this.breadcrumb.setLeaf(result.themeTitle);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected taken(result: ResultDto, toast: string): void {
    this.formDirty.set(false);
    this.objecting.set(false);
    this.result.set(result);
    this.toast.success(this.transloco.translate(toast));
  }

  protected readonly withdraw = async (): Promise<void> => {
    const result = this.result();
    if (!result?.objection) {
      return;
    }
    const yes = await this.confirm.ask({
      title: this.transloco.translate('assessment.objection.withdraw'),
      message: this.transloco.translate('assessment.objection.withdrawText'),
      affected: [`${result.regionName} ${result.themeTitle}`],
      confirmLabel: this.transloco.translate('assessment.objection.withdraw'),
      danger: true,
    });
    if (yes) {
      this.taken(
        await this.api.invoke(withdrawObjection, {
          id: result.id,
          body: { concurrencyStamp: result.objection.concurrencyStamp },
        }),
        'assessment.objection.withdrawnToast',
      );
    }
  };
}
