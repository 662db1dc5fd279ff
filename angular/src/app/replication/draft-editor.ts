import { ChangeDetectionStrategy, Component, Injector, OnInit, inject, input, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { from, tap } from 'rxjs';
import { Api } from '@api/api';
import { certifyPractice, getPracticeDraft, updatePracticeDraft } from '@api/functions';
import { DraftDto, MaturityLevel } from '@api/models';
import { ApiProblem } from '@core';
import {
  AutosaveIndicator,
  Busy,
  Confirm,
  DraftAutosave,
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
  draftAutosave,
  warnBeforeUnload,
} from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { MATURITY_LEVELS } from './maturity';

const required = (maxLength: number) =>
  new FormControl('', {
    nonNullable: true,
    validators: [Validators.required, Validators.maxLength(maxLength)],
  });
const optional = (maxLength: number) =>
  new FormControl('', { nonNullable: true, validators: [Validators.maxLength(maxLength)] });

/** Writing a practice up, saved as one types, and certifying it. */
@Component({
  selector: 'app-draft-editor',
  imports: [
    AutosaveIndicator,
    Busy,
    ErrorSummary,
    Field,
    Loading,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    RouterLink,
    StateChip,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  template: `
    <ng-container *transloco="let t">
      @if (problem(); as failure) {
        <ui-problem-view [problem]="failure" (retry)="read()" />
      } @else if (draft(); as d) {
        <ui-page-header [title]="t('replication.draft.title')">
          <ui-state-chip
            uiState
            [text]="
              d.practiceId
                ? t('replication.draft.certifiedAs', { version: d.version })
                : t('replication.draft.waiting')
            "
            [tone]="d.practiceId ? 'good' : 'attention'"
          />
          @if (d.practiceId) {
            <a uiPrimary class="button" [routerLink]="['/replication', d.practiceId]">{{
              t('replication.draft.open')
            }}</a>
          }
          {{ d.regionName }} · {{ d.themeTitle }}
        </ui-page-header>
        <p class="quiet">{{ t('replication.draft.hidden') }}</p>
        <form [formGroup]="form" [uiForm]="refusal()" (uiSubmit)="certify()">
          <ui-error-summary />
          <ui-field [label]="t('replication.field.title')" [control]="form.controls.title">
            <input uiInput formControlName="title" />
          </ui-field>
          <ui-field
            [label]="t('replication.field.summary')"
            [help]="t('replication.draft.summaryHelp')"
            [control]="form.controls.summary"
          >
            <textarea uiInput formControlName="summary" rows="3"></textarea>
          </ui-field>
          <ui-field
            [label]="t('replication.field.keywords')"
            [help]="t('replication.draft.keywordsHelp')"
            [control]="form.controls.keywords"
            [optional]="true"
          >
            <input uiInput formControlName="keywords" />
          </ui-field>
          <ui-field
            [label]="t('replication.field.reportNumber')"
            [control]="form.controls.reportNumber"
            [optional]="true"
          >
            <input uiInput formControlName="reportNumber" />
          </ui-field>
          <ui-field [label]="t('replication.field.background')" [control]="form.controls.background">
            <textarea uiInput formControlName="background" rows="5"></textarea>
          </ui-field>
          <ui-field
            [label]="t('replication.field.measures')"
            [help]="t('replication.draft.measuresHelp')"
            [control]="form.controls.measures"
          >
            <textarea uiInput formControlName="measures" rows="8"></textarea>
          </ui-field>
          <ui-field [label]="t('replication.field.results')" [control]="form.controls.results">
            <textarea uiInput formControlName="results" rows="5"></textarea>
          </ui-field>
          <ui-field [label]="t('replication.field.conditions')" [control]="form.controls.conditions">
            <textarea uiInput formControlName="conditions" rows="4"></textarea>
          </ui-field>
          <ui-field
            [label]="t('replication.field.maturity')"
            [help]="t('replication.draft.maturityHelp')"
            [control]="form.controls.maturity"
          >
            <select uiInput formControlName="maturity">
              <option value="">{{ t('replication.draft.choose') }}</option>
              @for (level of levels; track level) {
                <option [value]="level">{{ t('replication.maturity.' + level) }}</option>
              }
            </select>
          </ui-field>
          <p>
            <label class="check">
              <input type="checkbox" formControlName="isPublic" />
              {{ t('replication.draft.isPublic') }}
            </label>
          </p>
          <div class="foot card">
            @if (autosave(); as saving) {
              <ui-autosave-indicator [autosave]="saving" />
            }
            <button type="submit" class="button primary" [uiBusy]="certifying()">
              {{ d.practiceId ? t('replication.draft.certifyAgain') : t('replication.draft.certify') }}
            </button>
          </div>
        </form>
      } @else {
        <ui-loading [lines]="12" />
      }
    </ng-container>
  `,
  styles: `
    .foot {
      position: sticky;
      bottom: 0;
      display: flex;
      flex-wrap: wrap;
      gap: 8px 24px;
      align-items: center;
      justify-content: flex-end;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DraftEditorPage implements OnInit, HasUnsavedChanges {
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly injector = inject(Injector);
  private stamp = '';

  readonly id = input.required<string>();
  protected readonly levels = MATURITY_LEVELS;
  protected readonly draft = signal<DraftDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly refusal = signal<ApiProblem | null>(null);
  protected readonly certifying = signal(false);
  protected readonly autosave = signal<DraftAutosave<unknown> | null>(null);
  protected readonly form = new FormGroup({
    title: required(200),
    summary: required(1000),
    keywords: optional(300),
    reportNumber: optional(100),
    background: required(20000),
    measures: required(20000),
    results: required(20000),
    conditions: required(20000),
    maturity: new FormControl<MaturityLevel | ''>('', {
      nonNullable: true,
      validators: [Validators.required],
    }),
    isPublic: new FormControl(false, { nonNullable: true }),
  });

  constructor() {
    warnBeforeUnload(this);
  }

  ngOnInit(): void {
    void this.read();
  }

  hasUnsavedChanges(): boolean {
    return this.autosave()?.hasUnsaved() ?? false;
  }

  protected async read(): Promise<void> {
    this.problem.set(null);
    try {
      this.take(await this.api.invoke(getPracticeDraft, { id: this.id() }));
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
      return;
    }
    if (!this.autosave()) {
      const autosave = draftAutosave<unknown>({
        key: `practice-draft:${this.id()}`,
        save: () => from(this.store()).pipe(tap((saved) => (this.stamp = saved.concurrencyStamp))),
        injector: this.injector,
      });
      this.autosave.set(autosave);
      this.form.valueChanges.subscribe((value) => {
        // An empty or overlong text would be refused as a whole; gaps elsewhere are saved as they are.
        if (
          this.form.controls.title.valid &&
          !Object.values(this.form.controls).some((control) => control.hasError('maxlength'))
        ) {
          autosave.change(value);
        }
      });
    }
  }

  protected async certify(): Promise<void> {
    const yes = await this.confirm.ask({
      title: this.transloco.translate('replication.draft.certifyTitle'),
      message: this.transloco.translate('replication.draft.certifyText'),
      affected: [this.form.controls.title.value],
      confirmLabel: this.transloco.translate('replication.draft.certify'),
    });
    const { maturity, isPublic } = this.form.getRawValue();
    if (!yes || maturity === '') {
      return;
    }
    this.certifying.set(true);
    this.refusal.set(null);
    try {
      // What is certified is what stands in the form, not what the last automatic save took.
      this.stamp = (await this.store()).concurrencyStamp;
      const certified = await this.api.invoke(certifyPractice, {
        id: this.id(),
        body: { maturity, isPublic, concurrencyStamp: this.stamp },
      });
      this.autosave()?.discard();
      this.take(certified);
      this.toast.success(this.transloco.translate('replication.draft.certifiedToast'));
    } catch (error) {
      this.refusal.set(ApiProblem.from(error));
    } finally {
      this.certifying.set(false);
    }
  }

  private store(): Promise<DraftDto> {
    const { title, summary, keywords, reportNumber, background, measures, results, conditions } =
      this.form.getRawValue();
    return this.api.invoke(updatePracticeDraft, {
      id: this.id(),
      body: {
        title,
        summary,
        keywords,
        reportNumber: reportNumber || null,
        background,
        measures,
        results,
        conditions,
        concurrencyStamp: this.stamp,
      },
    });
  }

  private take(draft: DraftDto): void {
    this.draft.set(draft);
    this.stamp = draft.concurrencyStamp;
    this.breadcrumb.setLeaf(draft.title);
    this.form.setValue(
      {
        title: draft.title,
        summary: draft.summary,
        keywords: draft.keywords,
        reportNumber: draft.reportNumber ?? '',
        background: draft.background,
        measures: draft.measures,
        results: draft.results,
        conditions: draft.conditions,
        maturity: draft.maturity ?? '',
        isPublic: draft.isPublic,
      },
      { emitEvent: false },
    );
  }
}
