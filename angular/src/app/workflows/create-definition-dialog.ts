import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { VersionDto } from '@api/models';
import { Attempt, Busy, ErrorSummary, Field, UiForm, UiInput } from '@ui';
import { WorkflowsApi } from './workflows-api';

/** A new flow of one's own region: its key says what starts it. */
@Component({
  selector: 'app-create-definition-dialog',
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
      <h2 mat-dialog-title>{{ t('workflows.definitions.create') }}</h2>
      <form [formGroup]="form" [uiForm]="saving.problem()" (uiSubmit)="save()">
        <mat-dialog-content>
          <ui-error-summary />
          <ui-field [label]="t('workflows.definitions.name')" [control]="form.controls.name">
            <input uiInput formControlName="name" />
          </ui-field>
          <ui-field
            [label]="t('workflows.definitions.key')"
            [help]="t('workflows.definitions.keyHelp')"
            [control]="form.controls.key"
          >
            <input uiInput autocomplete="off" formControlName="key" />
          </ui-field>
          <label class="check">
            <input type="checkbox" formControlName="allowsOverride" />
            {{ t('workflows.definitions.allowsOverride') }}
          </label>
        </mat-dialog-content>
        <mat-dialog-actions align="end">
          <button type="button" class="button" mat-dialog-close>{{ t('ui.cancel') }}</button>
          <button type="submit" class="button primary" [uiBusy]="saving.running()">
            {{ t('workflows.definitions.create') }}
          </button>
        </mat-dialog-actions>
      </form>
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CreateDefinitionDialog {
  private readonly api = inject(WorkflowsApi);
  private readonly ref = inject<MatDialogRef<CreateDefinitionDialog, VersionDto>>(MatDialogRef);
  protected readonly saving = new Attempt();
  protected readonly form = new FormGroup({
    name: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(200)],
    }),
    key: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(80), Validators.pattern(/^[a-z][a-z0-9.-]*$/)],
    }),
    allowsOverride: new FormControl(true, { nonNullable: true }),
  });

  protected async save(): Promise<void> {
    await this.saving.run(async () => {
      const { key, name, allowsOverride } = this.form.getRawValue();
      this.ref.close(await firstValueFrom(this.api.create(key, name.trim(), allowsOverride)));
    });
  }
}
