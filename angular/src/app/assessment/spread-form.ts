import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Api } from '@api/api';
import { callThirdAssessor, moderateAssessment } from '@api/functions';
import { AssessmentDto, CandidateDto } from '@api/models';
import { ApiProblem } from '@core';
import { Busy, Confirm, DateInput, ErrorSummary, Field, UiForm, UiInput } from '@ui';
import { AssessorPicker } from './assessor-picker';

/** 分差过大: the office calls one further assessor in, or talks the scores over and keeps the minutes. */
@Component({
  selector: 'app-spread-form',
  imports: [
    AssessorPicker,
    Busy,
    DateInput,
    ErrorSummary,
    Field,
    ReactiveFormsModule,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  template: `
    <section *transloco="let t" class="card">
      <h2>{{ t('assessment.spread.title') }}</h2>
      <p>{{ t('assessment.spread.text') }}</p>
      <form [formGroup]="form" [uiForm]="refusal()" (uiSubmit)="decide()">
        <ui-error-summary />
        <ui-field
          [label]="t('assessment.spread.way')"
          [help]="thirdPossible() ? '' : t('assessment.spread.moderationOnly')"
          [control]="form.controls.way"
        >
          <select uiInput formControlName="way">
            <option value="">{{ t('assessment.panel.choose') }}</option>
            @if (thirdPossible()) {
              <option value="Third">{{ t('assessment.spread.third') }}</option>
            }
            <option value="Moderation">{{ t('assessment.spread.moderation') }}</option>
          </select>
        </ui-field>
        @if (way() === 'Third') {
          <p class="quiet">
            {{ t('assessment.spread.thirdText') }}
            {{ t('assessment.spread.rule.' + assessment().outcome?.thirdScoreRule) }}
          </p>
          <app-assessor-picker
            [label]="t('assessment.spread.assessor')"
            [assessmentId]="assessment().id"
            [missing]="attempted() && chosen() === null"
            [(chosen)]="chosen"
          />
          <ui-field [label]="t('assessment.field.dueOn')" [control]="form.controls.dueOn" [optional]="true">
            <ui-date-input formControlName="dueOn" />
          </ui-field>
        }
        @if (way() === 'Moderation') {
          <ui-field
            [label]="t('assessment.spread.minutes')"
            [help]="t('assessment.detail.spreadNoteHelp')"
            [control]="form.controls.minutes"
          >
            <textarea uiInput formControlName="minutes" rows="5"></textarea>
          </ui-field>
        }
        <button type="submit" class="button" [uiBusy]="saving()">
          {{ way() === 'Third' ? t('assessment.spread.call') : t('assessment.spread.save') }}
        </button>
      </form>
    </section>
  `,
  styles: `
    section {
      margin-bottom: 16px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SpreadForm {
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly transloco = inject(TranslocoService);
  readonly assessment = input.required<AssessmentDto>();
  readonly decided = output<AssessmentDto>();
  readonly dirtyChange = output<boolean>();
  protected readonly refusal = signal<ApiProblem | null>(null);
  protected readonly saving = signal(false);
  protected readonly attempted = signal(false);
  protected readonly chosen = signal<CandidateDto | null>(null);
  protected readonly form = new FormGroup({
    way: new FormControl<'' | 'Third' | 'Moderation'>('', {
      nonNullable: true,
      validators: [Validators.required],
    }),
    dueOn: new FormControl<string | null>(null),
    minutes: new FormControl('', { nonNullable: true, validators: [Validators.maxLength(1000)] }),
  });
  protected readonly way = toSignal(this.form.controls.way.valueChanges, { initialValue: '' });
  /** Once: what lies far apart after that is talked over. */
  protected readonly thirdPossible = computed(() => this.assessment().outcome?.thirdRule === null);

  constructor() {
    this.form.events.pipe(takeUntilDestroyed()).subscribe(() => {
      this.dirtyChange.emit(this.form.dirty);
    });
    this.form.controls.way.valueChanges.pipe(takeUntilDestroyed()).subscribe((way) => {
      const minutes = this.form.controls.minutes;
      minutes.setValidators([
        ...(way === 'Moderation' ? [Validators.required] : []),
        Validators.maxLength(1000),
      ]);
      minutes.updateValueAndValidity();
    });
  }

  protected async decide(): Promise<void> {
    this.attempted.set(true);
    const { way, dueOn, minutes } = this.form.getRawValue();
    const third = this.chosen();
    if (way === 'Third' && !third) {
      return;
    }
    const assessment = this.assessment();
    const yes = await this.confirm.ask({
      title: this.transloco.translate('assessment.spread.title'),
      message: this.transloco.translate(
        way === 'Third' ? 'assessment.spread.confirmThird' : 'assessment.spread.confirmModeration',
        { name: third?.name },
      ),
      affected: [`${assessment.regionName} ${assessment.themeTitle}`],
      confirmLabel: this.transloco.translate(
        way === 'Third' ? 'assessment.spread.call' : 'assessment.spread.save',
      ),
    });
    if (!yes) {
      return;
    }
    this.saving.set(true);
    this.refusal.set(null);
    try {
      const { id, concurrencyStamp } = assessment;
      this.decided.emit(
        way === 'Third'
          ? await this.api.invoke(callThirdAssessor, {
              id,
              body: { assessorId: third?.id ?? null, dueOn, concurrencyStamp },
            })
          : await this.api.invoke(moderateAssessment, { id, body: { minutes, concurrencyStamp } }),
      );
    } catch (error) {
      this.refusal.set(ApiProblem.from(error));
    } finally {
      this.saving.set(false);
    }
  }
}
