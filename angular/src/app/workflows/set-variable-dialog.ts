import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import {
  AbstractControl,
  FormControl,
  FormGroup,
  ReactiveFormsModule,
  ValidationErrors,
  Validators,
} from '@angular/forms';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { IncidentDto } from '@api/models';
import { Attempt, Busy, ErrorSummary, Field, Loading, ProblemView, UiForm, UiInput } from '@ui';
import { InstanceVariable, readValue, variablesOf } from './instance-variables';
import { VariableType } from './models';
import { WorkflowsApi } from './workflows-api';

/** Puts a variable right where a wrong one stopped the flow; the step is then tried again. */
@Component({
  selector: 'app-set-variable-dialog',
  imports: [
    Busy,
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
      <h2 mat-dialog-title>{{ t('workflows.incidents.setVariable') }}</h2>
      @if (reading.problem(); as failed) {
        <mat-dialog-content><ui-problem-view [problem]="failed" (retry)="read()" /></mat-dialog-content>
      } @else if (variables(); as list) {
        <form [formGroup]="form" [uiForm]="saving.problem()" (uiSubmit)="save()">
          <mat-dialog-content>
            <ui-error-summary />
            <p>{{ t('workflows.incidents.setVariableText') }}</p>
            <ui-field [label]="t('workflows.incidents.variable')" [control]="form.controls.name">
              <select uiInput formControlName="name">
                @for (variable of list; track variable.name) {
                  <option [value]="variable.name">{{ variable.label || variable.name }}</option>
                }
              </select>
            </ui-field>
            @if (chosen(); as variable) {
              <p class="quiet">{{ t('workflows.incidents.present', { value: variable.value || '—' }) }}</p>
              <ui-field
                [label]="t('workflows.incidents.newValue')"
                [help]="t('workflows.incidents.valueHelp.' + variable.type)"
                [control]="form.controls.value"
                [optional]="true"
              >
                <input uiInput formControlName="value" />
              </ui-field>
            }
            <ui-field [label]="t('workflows.task.reason')" [control]="form.controls.reason">
              <textarea uiInput rows="2" formControlName="reason"></textarea>
            </ui-field>
          </mat-dialog-content>
          <mat-dialog-actions align="end">
            <button type="button" class="button" mat-dialog-close>{{ t('ui.cancel') }}</button>
            <button type="submit" class="button primary" [uiBusy]="saving.running()">
              {{ t('workflows.incidents.setVariable') }}
            </button>
          </mat-dialog-actions>
        </form>
      } @else {
        <mat-dialog-content><ui-loading [lines]="4" /></mat-dialog-content>
      }
    </ng-container>
  `,
  styles: `
    p {
      margin-bottom: 12px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SetVariableDialog {
  private readonly api = inject(WorkflowsApi);
  private readonly ref = inject<MatDialogRef<SetVariableDialog, boolean>>(MatDialogRef);
  private readonly transloco = inject(TranslocoService);
  private readonly incident = inject<IncidentDto>(MAT_DIALOG_DATA);
  protected readonly saving = new Attempt();
  protected readonly reading = new Attempt();
  protected readonly variables = signal<readonly InstanceVariable[] | null>(null);
  protected readonly form = new FormGroup({
    name: new FormControl('', { nonNullable: true, validators: [Validators.required] }),
    value: new FormControl('', {
      nonNullable: true,
      validators: [Validators.maxLength(2000), (control) => this.fits(control)],
    }),
    reason: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(500)],
    }),
  });
  private readonly name = toSignal(this.form.controls.name.valueChanges, { initialValue: '' });
  protected readonly chosen = computed(() =>
    this.variables()?.find((variable) => variable.name === this.name()),
  );

  constructor() {
    void this.read();
    this.form.controls.name.valueChanges.subscribe(() => {
      this.form.controls.value.updateValueAndValidity();
    });
  }

  protected async read(): Promise<void> {
    await this.reading.run(async () => {
      const instance = await firstValueFrom(this.api.instance(this.incident.instanceId));
      const variables = variablesOf(instance);
      this.variables.set(variables);
      this.form.controls.name.setValue(variables[0]?.name ?? '');
    });
  }

  /** The change alone would leave the step waiting: it is tried again with it. */
  protected async save(): Promise<void> {
    await this.saving.run(async () => {
      const { name, value, reason } = this.form.getRawValue();
      const type = this.chosen()?.type ?? 'Text';
      await firstValueFrom(
        this.api.setVariable(this.incident.instanceId, name, readValue(value, type), reason.trim()),
      );
      await firstValueFrom(this.api.retry(this.incident));
      this.ref.close(true);
    });
  }

  private fits(control: AbstractControl<string>): ValidationErrors | null {
    return readValue(control.value, this.chosenType()) === undefined
      ? { text: this.transloco.translate('workflows.incidents.wrongType') }
      : null;
  }

  private chosenType(): VariableType {
    const name = (this.form as FormGroup | undefined)?.get('name')?.value as string | undefined;
    return this.variables()?.find((variable) => variable.name === name)?.type ?? 'Text';
  }
}
