import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective } from '@jsverse/transloco';
import { Api } from '@api/api';
import {
  assignAssessmentPanel,
  getProgrammeSchemes,
  listAssessmentSchemes,
  listAssessorCandidates,
} from '@api/functions';
import { AssessmentDto, CandidateDto, SchemeListItemDto } from '@api/models';
import { ApiProblem } from '@core';
import { Busy, DateInput, ErrorSummary, Field, Loading, ProblemView, UiForm, UiInput } from '@ui';

/** Names the scheme and at least two assessors. */
@Component({
  selector: 'app-assign-panel-dialog',
  imports: [
    Busy,
    DateInput,
    ErrorSummary,
    Field,
    Loading,
    MatDialogModule,
    ProblemView,
    ReactiveFormsModule,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  template: `
    <ng-container *transloco="let t">
      <h2 mat-dialog-title>{{ t('assessment.panel.assign') }}</h2>
      @if (failure(); as problem) {
        <mat-dialog-content><ui-problem-view [problem]="problem" (retry)="read()" /></mat-dialog-content>
      } @else if (candidates(); as people) {
        <form [formGroup]="form" [uiForm]="refusal()" (uiSubmit)="save()">
          <mat-dialog-content>
            <ui-error-summary />
            <p>{{ assessment.regionName }} {{ assessment.themeTitle }}</p>
            <ui-field
              [label]="t('assessment.panel.scheme')"
              [help]="
                schemes().length === 0
                  ? t('assessment.panel.noScheme')
                  : binding()
                    ? t('assessment.panel.schemeChosen')
                    : ''
              "
              [control]="form.controls.schemeId"
            >
              <select uiInput formControlName="schemeId">
                <option value="">{{ t('assessment.panel.choose') }}</option>
                @for (scheme of schemes(); track scheme.id) {
                  <option [value]="scheme.id">
                    {{ scheme.name }} {{ t('assessment.version', { version: scheme.version }) }}
                  </option>
                }
              </select>
            </ui-field>
            <fieldset>
              <legend>{{ t('assessment.panel.assessors') }}</legend>
              <p class="quiet">{{ t('assessment.panel.assessorsHelp') }}</p>
              @for (person of people; track person.id) {
                <label class="check">
                  <input
                    type="checkbox"
                    [checked]="chosen().includes(person.id)"
                    [disabled]="person.hasConflict"
                    (change)="toggle(person.id)"
                  />
                  {{ person.name }}
                  <span class="quiet">
                    {{
                      person.hasConflict
                        ? t('assessment.panel.conflict')
                        : t('assessment.panel.openSheets', { count: person.openSheets })
                    }}
                  </span>
                </label>
              } @empty {
                <p>{{ t('assessment.panel.noCandidates') }}</p>
              }
              @if (attempted() && tooFew()) {
                <p class="error" role="alert">
                  <span aria-hidden="true">■</span>
                  {{ t('assessment.panel.tooFew') }}
                </p>
              }
            </fieldset>
            <ui-field [label]="t('assessment.field.dueOn')" [control]="form.controls.dueOn" [optional]="true">
              <ui-date-input formControlName="dueOn" />
            </ui-field>
          </mat-dialog-content>
          <mat-dialog-actions align="end">
            <button type="button" class="button" mat-dialog-close>{{ t('assessment.cancel') }}</button>
            <button type="submit" class="button primary" [uiBusy]="saving()">
              {{ t('assessment.panel.assign') }}
            </button>
          </mat-dialog-actions>
        </form>
      } @else {
        <mat-dialog-content><ui-loading [lines]="5" /></mat-dialog-content>
      }
    </ng-container>
  `,
  styles: `
    fieldset {
      margin: 0 0 16px;
    }

    legend {
      font-weight: 600;
    }

    .check {
      display: flex;
    }

    .error {
      color: var(--bad);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AssignPanelDialog {
  private readonly api = inject(Api);
  private readonly ref = inject<MatDialogRef<AssignPanelDialog, AssessmentDto>>(MatDialogRef);
  protected readonly assessment = inject<AssessmentDto>(MAT_DIALOG_DATA);
  protected readonly candidates = signal<readonly CandidateDto[] | null>(null);
  protected readonly schemes = signal<readonly SchemeListItemDto[]>([]);
  /** The name of the scheme that was chosen beforehand; null where the panel may be given any. */
  protected readonly binding = signal<string | null>(null);
  protected readonly chosen = signal<readonly string[]>([]);
  protected readonly failure = signal<ApiProblem | null>(null);
  protected readonly refusal = signal<ApiProblem | null>(null);
  protected readonly attempted = signal(false);
  protected readonly saving = signal(false);
  protected readonly tooFew = computed(() => this.chosen().length < 2);
  protected readonly form = new FormGroup({
    schemeId: new FormControl('', { nonNullable: true, validators: [Validators.required] }),
    dueOn: new FormControl<string | null>(null),
  });

  constructor() {
    void this.read();
  }

  protected async read(): Promise<void> {
    this.failure.set(null);
    try {
      const [schemes, candidates, beforehand] = await Promise.all([
        this.api.invoke(listAssessmentSchemes, { publishedOnly: true, maxResultCount: 200 }),
        this.api.invoke(listAssessorCandidates, { id: this.assessment.id }),
        this.api.invoke(getProgrammeSchemes, { programmeId: this.assessment.programmeId }),
      ]);
      // The theme's scheme, or the usual one, is preselected; one that was chosen for it is the only one it may be scored by.
      const scheme = beforehand.scopes.find(
        (scope) => scope.themeId !== null && scope.order === this.assessment.themeOrder,
      )?.scheme;
      const binding = scheme && scheme.source !== 'Usual' ? scheme : null;
      this.binding.set(binding?.name ?? null);
      this.schemes.set(schemes.items.filter((item) => !binding || item.familyId === binding.id));
      this.candidates.set(candidates);
      const only = this.schemes().length === 1 ? this.schemes()[0]?.id : null;
      this.form.controls.schemeId.setValue(scheme?.versionId ?? only ?? '');
    } catch (error) {
      this.failure.set(ApiProblem.from(error));
    }
  }

  protected toggle(id: string): void {
    this.chosen.update((ids) => (ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]));
  }

  protected async save(): Promise<void> {
    this.attempted.set(true);
    if (this.tooFew()) {
      return;
    }
    this.saving.set(true);
    this.refusal.set(null);
    try {
      const { schemeId, dueOn } = this.form.getRawValue();
      this.ref.close(
        await this.api.invoke(assignAssessmentPanel, {
          id: this.assessment.id,
          body: {
            assessorIds: [...this.chosen()],
            schemeId,
            dueOn,
            concurrencyStamp: this.assessment.concurrencyStamp,
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
