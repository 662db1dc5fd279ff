import { ChangeDetectionStrategy, Component, OnInit, inject, input, output, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { FormArray, FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Api } from '@api/api';
import { raiseObjection } from '@api/functions';
import { ResultDto, ResultIndicatorDto } from '@api/models';
import { ApiProblem, AppNumberPipe } from '@core';
import { Busy, Confirm, ErrorSummary, Field, FileUpload, StoredFile, UiForm, UiInput } from '@ui';

type PointForm = FormGroup<{ chosen: FormControl<boolean>; reason: FormControl<string> }>;

/** Empty in results that were published before objections could name indicators. */
const NO_KEY = '00000000-0000-0000-0000-000000000000';

/** 提出异议: the reason, the indicators objected to, and what supports it. */
@Component({
  selector: 'app-objection-form',
  imports: [
    AppNumberPipe,
    Busy,
    ErrorSummary,
    Field,
    FileUpload,
    ReactiveFormsModule,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  template: `
    <section
      *transloco="let t"
      id="objection-form"
      class="card"
      tabindex="-1"
      aria-labelledby="objection-title"
    >
      <h2 id="objection-title">{{ t('assessment.objection.raise') }}</h2>
      <p class="quiet">{{ t('assessment.objection.once') }}</p>
      <form [formGroup]="form" [uiForm]="refusal()" (uiSubmit)="raise()">
        <ui-error-summary />
        <ui-field [label]="t('assessment.objection.reason')" [control]="form.controls.reason">
          <textarea uiInput formControlName="reason" rows="5"></textarea>
        </ui-field>
        @if (indicators.length > 0) {
          <fieldset formArrayName="indicators">
            <legend>{{ t('assessment.objection.pointsLabel') }}</legend>
            <p class="quiet">{{ t('assessment.objection.pointsHelp') }}</p>
            @for (point of form.controls.indicators.controls; track point; let i = $index) {
              <div [formGroupName]="i">
                <label class="check">
                  <input type="checkbox" formControlName="chosen" />
                  <span>
                    {{ indicators[i]?.name }}
                    <span class="quiet number">
                      {{ indicators[i]?.mean | appNumber: 2 }} / {{ indicators[i]?.maxPoints | appNumber: 1 }}
                    </span>
                  </span>
                </label>
                @if (point.controls.chosen.value) {
                  <ui-field
                    class="point"
                    [label]="t('assessment.objection.pointReason', { name: indicators[i]?.name })"
                    [control]="point.controls.reason"
                  >
                    <textarea uiInput formControlName="reason" rows="2"></textarea>
                  </ui-field>
                }
              </div>
            }
          </fieldset>
        }
        <ui-file-upload
          multiple
          [label]="t('assessment.objection.filesLabel')"
          (uploaded)="add($event)"
          (removed)="remove($event)"
          (busyChange)="uploading.set($event)"
        />
        <div class="button-row">
          <button type="submit" class="button primary" [uiBusy]="saving() || uploading()">
            {{ t('assessment.objection.submit') }}
          </button>
          <button type="button" class="button" (click)="cancel()">{{ t('assessment.cancel') }}</button>
        </div>
      </form>
    </section>
  `,
  styles: `
    section {
      margin-bottom: 16px;
    }

    fieldset {
      max-width: 40rem;
      margin: 0 0 16px;
    }

    legend {
      font-weight: 600;
    }

    .point {
      margin-left: 28px;
    }

    .button-row {
      margin-top: 16px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ObjectionForm implements OnInit {
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly transloco = inject(TranslocoService);
  readonly result = input.required<ResultDto>();
  readonly raised = output<ResultDto>();
  readonly cancelled = output();
  readonly dirtyChange = output<boolean>();
  protected readonly refusal = signal<ApiProblem | null>(null);
  protected readonly saving = signal(false);
  protected readonly uploading = signal(false);
  private readonly files = signal<readonly StoredFile[]>([]);
  protected indicators: readonly ResultIndicatorDto[] = [];
  protected readonly form = new FormGroup({
    reason: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(2000)],
    }),
    indicators: new FormArray<PointForm>([]),
  });

  constructor() {
    this.form.events.pipe(takeUntilDestroyed()).subscribe(() => {
      this.dirtyChange.emit(this.form.dirty);
    });
  }

  ngOnInit(): void {
    this.indicators = this.result().indicators.filter((indicator) => indicator.key !== NO_KEY);
    this.indicators.forEach(() => {
      this.form.controls.indicators.push(pointForm());
    });
  }

  protected add(file: StoredFile): void {
    this.files.update((files) => [...files, file]);
    this.dirtyChange.emit(true);
  }

  protected remove(file: StoredFile): void {
    this.files.update((files) => files.filter((other) => other.fileId !== file.fileId));
  }

  protected cancel(): void {
    this.dirtyChange.emit(false);
    this.cancelled.emit();
  }

  protected async raise(): Promise<void> {
    const result = this.result();
    const yes = await this.confirm.ask({
      title: this.transloco.translate('assessment.objection.raise'),
      message: this.transloco.translate('assessment.objection.raiseText'),
      affected: [`${result.regionName} ${result.themeTitle}`],
      confirmLabel: this.transloco.translate('assessment.objection.submit'),
    });
    if (!yes) {
      return;
    }
    this.saving.set(true);
    this.refusal.set(null);
    const value = this.form.getRawValue();
    try {
      this.raised.emit(
        await this.api.invoke(raiseObjection, {
          id: result.id,
          body: {
            reason: value.reason,
            points: this.indicators.flatMap((indicator, i) => {
              const point = value.indicators[i];
              return point?.chosen ? [{ indicatorKey: indicator.key, reason: point.reason }] : [];
            }),
            fileIds: this.files().map((file) => file.fileId),
            concurrencyStamp: result.concurrencyStamp,
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

/** A reason is wanted for an indicator that is chosen, and for no other. */
function pointForm(): PointForm {
  const group: PointForm = new FormGroup({
    chosen: new FormControl(false, { nonNullable: true }),
    reason: new FormControl('', { nonNullable: true, validators: [Validators.maxLength(1000)] }),
  });
  group.controls.chosen.valueChanges.subscribe((chosen) => {
    const reason = group.controls.reason;
    reason.setValidators([...(chosen ? [Validators.required] : []), Validators.maxLength(1000)]);
    reason.updateValueAndValidity();
  });
  return group;
}
