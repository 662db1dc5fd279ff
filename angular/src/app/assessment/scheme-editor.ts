import { ChangeDetectionStrategy, Component, OnInit, computed, inject, input, signal } from '@angular/core';
import { FormArray, FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Api } from '@api/api';
import {
  createAssessmentScheme,
  getAssessmentScheme,
  publishAssessmentScheme,
  reviseAssessmentScheme,
  updateAssessmentScheme,
} from '@api/functions';
import { IndicatorDto, SchemeDto, ThirdScoreRule } from '@api/models';
import { ApiProblem, AppNumberPipe, SessionService } from '@core';
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
import { weightSum } from './score-arithmetic';

const NEW = 'new';

type IndicatorForm = ReturnType<typeof indicatorGroup>;

function indicatorGroup(indicator?: IndicatorDto) {
  return new FormGroup({
    key: new FormControl<string | null>(indicator?.key ?? null),
    group: new FormControl(indicator?.group ?? '', {
      nonNullable: true,
      validators: [Validators.maxLength(100)],
    }),
    name: new FormControl(indicator?.name ?? '', {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(100)],
    }),
    guidance: new FormControl(indicator?.guidance ?? '', {
      nonNullable: true,
      validators: [Validators.maxLength(1000)],
    }),
    weight: new FormControl<number | null>(indicator?.weight ?? null, [
      Validators.required,
      Validators.min(0.01),
      Validators.max(100),
    ]),
    maxPoints: new FormControl<number | null>(indicator?.maxPoints ?? 10, [
      Validators.required,
      Validators.min(1),
      Validators.max(100),
    ]),
  });
}

/** Writes a scheme; the sum of weights runs along. Published versions are read only. */
@Component({
  selector: 'app-scheme-editor',
  imports: [
    AppNumberPipe,
    Busy,
    ErrorSummary,
    Field,
    Loading,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    StateChip,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  templateUrl: './scheme-editor.html',
  styleUrl: './scheme-editor.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SchemeEditorPage implements OnInit, HasUnsavedChanges {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly transloco = inject(TranslocoService);
  private readonly confirm = inject(Confirm);
  private readonly toast = inject(Toast);
  private readonly session = inject(SessionService);
  private readonly breadcrumb = inject(BreadcrumbService);

  readonly id = input.required<string>();
  protected readonly scheme = signal<SchemeDto | null>(null);
  protected readonly ready = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly refusal = signal<ApiProblem | null>(null);
  protected readonly saving = signal(false);
  protected readonly sum = signal(0);
  protected readonly editable = computed(
    () =>
      this.session.can('Assessment.Manage') &&
      (this.scheme()?.isDraft ?? true) &&
      (this.scheme()?.isOwn ?? true),
  );
  protected readonly revisable = computed(
    () =>
      this.session.can('Assessment.Manage') &&
      this.scheme()?.isDraft === false &&
      this.scheme()?.isOwn === true,
  );
  protected readonly form = new FormGroup({
    name: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(100)],
    }),
    passMark: new FormControl<number | null>(60, [
      Validators.required,
      Validators.min(1),
      Validators.max(100),
    ]),
    spreadThreshold: new FormControl<number | null>(15, [
      Validators.required,
      Validators.min(1),
      Validators.max(100),
    ]),
    thirdScoreRule: new FormControl<ThirdScoreRule>('Closest', { nonNullable: true }),
    indicators: new FormArray<IndicatorForm>([indicatorGroup()]),
  });

  constructor() {
    warnBeforeUnload(this);
    this.form.controls.indicators.valueChanges.subscribe((indicators) => {
      this.sum.set(weightSum(indicators.map((indicator) => indicator.weight ?? null)));
    });
  }

  ngOnInit(): void {
    void this.read();
  }

  hasUnsavedChanges(): boolean {
    return this.editable() && this.form.dirty;
  }

  protected async read(): Promise<void> {
    this.problem.set(null);
    if (this.id() === NEW) {
      this.ready.set(true);
      return;
    }
    try {
      this.take(await this.api.invoke(getAssessmentScheme, { id: this.id() }));
      this.ready.set(true);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected add(): void {
    this.form.controls.indicators.push(indicatorGroup());
    this.form.markAsDirty();
  }

  protected remove(index: number): void {
    this.form.controls.indicators.removeAt(index);
    this.form.markAsDirty();
  }

  protected async save(): Promise<void> {
    const saved = await this.store();
    if (saved) {
      this.toast.success(this.transloco.translate('assessment.scheme.savedToast'));
      if (this.id() === NEW) {
        await this.router.navigate(['/assessment/schemes', saved.id], { replaceUrl: true });
      }
    }
  }

  protected readonly publish = async (): Promise<void> => {
    const yes = await this.confirm.ask({
      title: this.transloco.translate('assessment.scheme.publishTitle'),
      message: this.transloco.translate('assessment.scheme.publishText'),
      affected: [this.form.controls.name.value],
      confirmLabel: this.transloco.translate('assessment.scheme.publish'),
    });
    if (!yes) {
      return;
    }
    const saved = this.form.dirty ? await this.store() : this.scheme();
    if (saved) {
      this.take(
        await this.api.invoke(publishAssessmentScheme, {
          id: saved.id,
          body: { concurrencyStamp: saved.concurrencyStamp },
        }),
      );
      this.toast.success(this.transloco.translate('assessment.scheme.publishedToast'));
    }
  };

  protected readonly revise = async (): Promise<void> => {
    const scheme = this.scheme();
    if (scheme) {
      const next = await this.api.invoke(reviseAssessmentScheme, {
        id: scheme.id,
        body: { concurrencyStamp: scheme.concurrencyStamp },
      });
      this.take(next);
      await this.router.navigate(['/assessment/schemes', next.id]);
    }
  };

  private async store(): Promise<SchemeDto | null> {
    this.saving.set(true);
    this.refusal.set(null);
    try {
      const value = this.form.getRawValue();
      const body = {
        name: value.name,
        passMark: value.passMark ?? 0,
        spreadThreshold: value.spreadThreshold ?? 0,
        thirdScoreRule: value.thirdScoreRule,
        indicators: value.indicators.map((indicator) => ({
          ...indicator,
          group: indicator.group || null,
          weight: indicator.weight ?? 0,
          maxPoints: indicator.maxPoints ?? 0,
        })),
      };
      const scheme = this.scheme();
      const saved = scheme
        ? await this.api.invoke(updateAssessmentScheme, {
            id: scheme.id,
            body: { ...body, concurrencyStamp: scheme.concurrencyStamp },
          })
        : await this.api.invoke(createAssessmentScheme, { body: { ...body, programmeId: null } });
      this.take(saved);
      return saved;
    } catch (error) {
      this.refusal.set(ApiProblem.from(error));
      return null;
    } finally {
      this.saving.set(false);
    }
  }

  private take(scheme: SchemeDto): void {
    this.scheme.set(scheme);
    this.breadcrumb.setLeaf(scheme.name);
    const indicators = this.form.controls.indicators;
    indicators.clear();
    for (const indicator of scheme.indicators) {
      indicators.push(indicatorGroup(indicator));
    }
    this.form.patchValue({
      name: scheme.name,
      passMark: scheme.passMark,
      spreadThreshold: scheme.spreadThreshold,
      thirdScoreRule: scheme.thirdScoreRule,
    });
    this.form.markAsPristine();
    if (this.editable()) {
      this.form.enable();
    } else {
      this.form.disable();
    }
    this.sum.set(weightSum(scheme.indicators.map((indicator) => indicator.weight)));
  }
}
