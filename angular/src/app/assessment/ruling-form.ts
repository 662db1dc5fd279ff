import {
  ChangeDetectionStrategy,
  Component,
  OnInit,
  computed,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { FormArray, FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Api } from '@api/api';
import { getAssessment, ruleOnObjection } from '@api/functions';
import { AssessmentDto, ObjectionRuling, PanelOutcomeDto, ResultDto } from '@api/models';
import { ApiProblem, AppNumberPipe } from '@core';
import { Busy, Confirm, ErrorSummary, Field, Loading, ProblemView, UiForm, UiInput } from '@ui';
import { pointsError, ruledTotal } from './score-arithmetic';

/** 复核: the objection beside what the assessors gave, the decision with its reasons, and the new points. */
@Component({
  selector: 'app-ruling-form',
  imports: [
    AppNumberPipe,
    Busy,
    ErrorSummary,
    Field,
    Loading,
    ProblemView,
    ReactiveFormsModule,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  template: `
    <section *transloco="let t" class="card">
      <h2>{{ t('assessment.ruling.give') }}</h2>
      @if (problem(); as failure) {
        <ui-problem-view [problem]="failure" (retry)="read()" />
      } @else if (outcome(); as o) {
        <p class="quiet">{{ t('assessment.ruling.help') }}</p>
        @if (o.spreadNote) {
          <h3>{{ t('assessment.ruling.minutes') }}</h3>
          <p class="text">{{ o.spreadNote }}</p>
        }
        <form [formGroup]="form" [uiForm]="refusal()" (uiSubmit)="rule()">
          <ui-error-summary />
          <ui-field [label]="t('assessment.ruling.decision')" [control]="form.controls.ruling">
            <select uiInput formControlName="ruling">
              <option value="">{{ t('assessment.panel.choose') }}</option>
              <option value="Dismissed">{{ t('assessment.ruling.Dismissed') }}</option>
              <option value="Upheld">{{ t('assessment.ruling.Upheld') }}</option>
            </select>
          </ui-field>
          <div class="scroll" tabindex="0" role="region" [attr.aria-label]="t('assessment.ruling.sheets')">
            <table formArrayName="points">
              <caption>
                {{
                  t('assessment.ruling.sheets')
                }}
              </caption>
              <thead>
                <tr>
                  <th scope="col">{{ t('assessment.field.indicator') }}</th>
                  <th scope="col">{{ t('assessment.ruling.objectionTo') }}</th>
                  <th scope="col" class="number">{{ t('assessment.field.maxPoints') }}</th>
                  @for (assessor of o.assessors; track assessor.assessorId) {
                    <th scope="col" class="number">
                      {{ assessor.name }}
                      @if (assessor.isExcluded) {
                        <span class="quiet">{{ t('assessment.detail.excluded') }}</span>
                      }
                    </th>
                  }
                  <th scope="col" class="number">{{ t('assessment.field.mean') }}</th>
                  @if (isUpheld()) {
                    <th scope="col">{{ t('assessment.ruling.newPoints') }}</th>
                  }
                </tr>
              </thead>
              <tbody>
                @for (indicator of o.indicators; track indicator.key; let i = $index) {
                  <tr>
                    <th scope="row">{{ indicator.name }}</th>
                    <td class="text">{{ objectionTo(indicator.key) }}</td>
                    <td class="number">{{ indicator.maxPoints | appNumber: 1 }}</td>
                    @for (points of indicator.points; track points.assessorId) {
                      <td class="number">{{ points.points | appNumber: 1 }}</td>
                    }
                    <td class="number">{{ indicator.mean | appNumber: 2 }}</td>
                    @if (isUpheld()) {
                      <td>
                        <input
                          class="control points"
                          type="number"
                          inputmode="decimal"
                          min="0"
                          step="0.5"
                          [id]="'ruled-' + i"
                          [max]="indicator.maxPoints"
                          [formControlName]="i"
                          [attr.aria-label]="t('assessment.ruling.newPointsOf', { name: indicator.name })"
                          [attr.aria-invalid]="errors()[i] ? 'true' : null"
                          [attr.aria-describedby]="errors()[i] ? 'ruled-' + i + '-error' : null"
                        />
                        @if (errors()[i]; as error) {
                          <p class="error" [id]="'ruled-' + i + '-error'">
                            <span aria-hidden="true">■</span>
                            {{ t('assessment.sheet.error.' + error, { max: indicator.maxPoints }) }}
                          </p>
                        }
                      </td>
                    }
                  </tr>
                }
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row" colspan="3">{{ t('assessment.field.total') }}</th>
                  @for (assessor of o.assessors; track assessor.assessorId) {
                    <td class="number">{{ assessor.total | appNumber: 2 }}</td>
                  }
                  <td class="number">{{ o.total | appNumber: 2 }}</td>
                  @if (isUpheld()) {
                    <td class="number" aria-live="polite">
                      <strong>{{ newTotal() | appNumber: 2 }}</strong>
                      {{
                        newTotal() >= o.passMark
                          ? t('assessment.result.passed')
                          : t('assessment.result.notPassed')
                      }}
                    </td>
                  }
                </tr>
              </tfoot>
            </table>
          </div>
          @if (isUpheld()) {
            <p class="quiet">{{ t('assessment.ruling.newPointsHelp') }}</p>
            @if (attempted() && !changesSomething()) {
              <p class="error" role="alert">
                <span aria-hidden="true">■</span>
                {{ t('assessment.ruling.nothingChanged') }}
              </p>
            }
          }
          <ui-field
            [label]="t('assessment.ruling.text')"
            [help]="t('assessment.ruling.textHelp')"
            [control]="form.controls.text"
          >
            <textarea uiInput formControlName="text" rows="5"></textarea>
          </ui-field>
          <button type="submit" class="button primary" [uiBusy]="saving()">
            {{ t('assessment.ruling.submit') }}
          </button>
        </form>
      } @else {
        <ui-loading [lines]="6" />
      }
    </section>
  `,
  styleUrl: './assessment-detail.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RulingForm implements OnInit {
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly transloco = inject(TranslocoService);
  readonly result = input.required<ResultDto>();
  readonly ruled = output<ResultDto>();
  readonly dirtyChange = output<boolean>();
  private readonly assessment = signal<AssessmentDto | null>(null);
  protected readonly outcome = computed<PanelOutcomeDto | null>(() => this.assessment()?.outcome ?? null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly refusal = signal<ApiProblem | null>(null);
  protected readonly saving = signal(false);
  protected readonly attempted = signal(false);
  protected readonly form = new FormGroup({
    ruling: new FormControl<ObjectionRuling | ''>('', {
      nonNullable: true,
      validators: [Validators.required],
    }),
    points: new FormArray<FormControl<number | null>>([]),
    text: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(2000)],
    }),
  });
  private readonly value = toSignal(this.form.valueChanges, { initialValue: this.form.value });
  protected readonly isUpheld = computed(() => this.value().ruling === 'Upheld');
  private readonly points = computed(() => this.value().points ?? []);
  protected readonly errors = computed(() =>
    (this.outcome()?.indicators ?? []).map((indicator, i) =>
      pointsError(this.points()[i] ?? null, indicator.maxPoints),
    ),
  );
  protected readonly changesSomething = computed(() =>
    (this.outcome()?.indicators ?? []).some((indicator, i) => {
      const points = this.points()[i] ?? null;
      return points !== null && points !== indicator.mean;
    }),
  );
  protected readonly newTotal = computed(() => {
    const outcome = this.outcome();
    if (!outcome) {
      return 0;
    }
    const counting = outcome.assessors.filter((assessor) => !assessor.isExcluded);
    return ruledTotal(
      outcome.indicators,
      counting.map((assessor) => ({
        points: outcome.indicators.map(
          (indicator) =>
            indicator.points.find((given) => given.assessorId === assessor.assessorId)?.points ?? 0,
        ),
      })),
      this.points(),
    );
  });

  constructor() {
    this.form.events.pipe(takeUntilDestroyed()).subscribe(() => {
      this.dirtyChange.emit(this.form.dirty);
    });
  }

  ngOnInit(): void {
    void this.read();
  }

  protected async read(): Promise<void> {
    this.problem.set(null);
    try {
      const assessment = await this.api.invoke(getAssessment, { id: this.result().assessmentId });
      const points = this.form.controls.points;
      points.clear();
      assessment.outcome?.indicators.forEach(() => {
        points.push(new FormControl<number | null>(null));
      });
      this.assessment.set(assessment);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected objectionTo(key: string): string {
    return this.result().objection?.points.find((point) => point.indicatorKey === key)?.reason ?? '';
  }

  protected async rule(): Promise<void> {
    const result = this.result();
    const outcome = this.outcome();
    const { ruling, text } = this.form.getRawValue();
    if (!result.objection || !outcome || ruling === '') {
      return;
    }
    this.attempted.set(true);
    if (this.isUpheld()) {
      const wrong = this.errors().findIndex((error) => error !== null);
      if (wrong >= 0 || !this.changesSomething()) {
        document.getElementById(`ruled-${Math.max(wrong, 0)}`)?.focus();
        return;
      }
    }
    const yes = await this.confirm.ask({
      title: this.transloco.translate('assessment.ruling.give'),
      message: this.transloco.translate(
        ruling === 'Upheld' ? 'assessment.ruling.confirmUpheld' : 'assessment.ruling.confirmDismissed',
        { from: outcome.total, to: this.newTotal() },
      ),
      affected: [`${result.regionName} ${result.themeTitle}`],
      confirmLabel: this.transloco.translate('assessment.ruling.submit'),
    });
    if (!yes) {
      return;
    }
    this.saving.set(true);
    this.refusal.set(null);
    try {
      this.ruled.emit(
        await this.api.invoke(ruleOnObjection, {
          id: result.id,
          body: {
            ruling,
            text,
            points:
              ruling === 'Upheld'
                ? outcome.indicators.flatMap((indicator, i) => {
                    const points = this.points()[i] ?? null;
                    return points === null ? [] : [{ indicatorKey: indicator.key, points }];
                  })
                : [],
            concurrencyStamp: result.objection.concurrencyStamp,
          },
        }),
      );
    } catch (error) {
      this.refusal.set(ApiProblem.from(error));
    } finally {
      this.saving.set(false);
    }
  }
}
