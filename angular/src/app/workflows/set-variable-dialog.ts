import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { ApiProblem } from '@core';
import { Busy, ErrorSummary, Field, UiForm, UiInput } from '@ui';
import { IncidentDto } from './models';
import { WorkflowsApi } from './workflows-api';

/** Puts a variable right where a wrong one stopped the flow; the step is then tried again. */
@Component({
  selector: 'app-set-variable-dialog',
  imports: [
    Busy,
    ErrorSummary,
    Field,
    MatDialogModule,
    ReactiveFormsModule,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  template: `
    <ng-container *transloco="let t">
      <h2 mat-dialog-title>{{ t('workflows.incidents.setVariable') }}</h2>
      <form [formGroup]="form" [uiForm]="refusal()" (uiSubmit)="save()">
        <mat-dialog-content>
          <ui-error-summary />
          <p>{{ t('workflows.incidents.setVariableText', { step: incident.nodeName }) }}</p>
          <ui-field [label]="t('workflows.incidents.variable')" [control]="form.controls.name">
            <select uiInput formControlName="name">
              @for (variable of incident.variables; track variable.name) {
                <option [value]="variable.name">{{ variable.label || variable.name }}</option>
              }
            </select>
          </ui-field>
          <p class="quiet">{{ t('workflows.incidents.present', { value: chosen()?.value ?? '—' }) }}</p>
          <ui-field
            [label]="t('workflows.incidents.newValue')"
            [help]="chosen() ? t('workflows.incidents.valueHelp.' + chosen()?.type) : ''"
            [control]="form.controls.value"
            [optional]="true"
          >
            <input uiInput formControlName="value" />
          </ui-field>
          <ui-field [label]="t('workflows.task.reason')" [control]="form.controls.reason">
            <textarea uiInput rows="2" formControlName="reason"></textarea>
          </ui-field>
        </mat-dialog-content>
        <mat-dialog-actions align="end">
          <button type="button" class="button" mat-dialog-close>{{ t('ui.cancel') }}</button>
          <button type="submit" class="button primary" [uiBusy]="saving()">
            {{ t('workflows.incidents.setVariable') }}
          </button>
        </mat-dialog-actions>
      </form>
    </ng-container>
  `,
  styles: `
    p {
      margin-bottom: 12px;
    }

    mat-dialog-actions {
      gap: 8px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SetVariableDialog {
  private readonly api = inject(WorkflowsApi);
  private readonly ref = inject<MatDialogRef<SetVariableDialog, boolean>>(MatDialogRef);
  protected readonly incident = inject<IncidentDto>(MAT_DIALOG_DATA);
  protected readonly saving = signal(false);
  protected readonly refusal = signal<ApiProblem | null>(null);
  protected readonly form = new FormGroup({
    name: new FormControl(this.incident.variables[0]?.name ?? '', {
      nonNullable: true,
      validators: [Validators.required],
    }),
    value: new FormControl('', { nonNullable: true, validators: [Validators.maxLength(2000)] }),
    reason: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(500)],
    }),
  });
  private readonly name = toSignal(this.form.controls.name.valueChanges, {
    initialValue: this.form.controls.name.value,
  });
  protected readonly chosen = computed(() =>
    this.incident.variables.find((variable) => variable.name === this.name()),
  );

  protected async save(): Promise<void> {
    this.saving.set(true);
    this.refusal.set(null);
    try {
      const { name, value, reason } = this.form.getRawValue();
      await firstValueFrom(
        this.api.setVariable(this.incident, name, value === '' ? null : value, reason.trim()),
      );
      this.ref.close(true);
    } catch (error) {
      this.refusal.set(ApiProblem.from(error));
    } finally {
      this.saving.set(false);
    }
  }
}
