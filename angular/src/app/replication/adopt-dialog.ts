import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective } from '@jsverse/transloco';
import { Api } from '@api/api';
import { declareAdoption } from '@api/functions';
import { AdoptionDto, PracticeDto } from '@api/models';
import { Attempt, Busy, ErrorSummary, Field, UiForm, UiInput } from '@ui';

/** Declares that the region adopts a practice, and what it does differently. */
@Component({
  selector: 'app-adopt-dialog',
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
    <form *transloco="let t" [formGroup]="form" [uiForm]="saving.problem()" (uiSubmit)="save()">
      <h2 mat-dialog-title>{{ t('replication.adopt.title') }}</h2>
      <mat-dialog-content>
        <ui-error-summary />
        <p>{{ t('replication.adopt.text', { title: practice.title, origin: practice.originName }) }}</p>
        <ui-field
          [label]="t('replication.field.adaptationNotes')"
          [help]="t('replication.adopt.notesHelp')"
          [control]="form.controls.adaptationNotes"
        >
          <textarea uiInput formControlName="adaptationNotes" rows="6"></textarea>
        </ui-field>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button type="button" class="button" mat-dialog-close>{{ t('replication.cancel') }}</button>
        <button type="submit" class="button primary" [uiBusy]="saving.running()">
          {{ t('replication.practice.adopt') }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AdoptDialog {
  private readonly api = inject(Api);
  private readonly ref = inject<MatDialogRef<AdoptDialog, AdoptionDto>>(MatDialogRef);
  protected readonly practice = inject<PracticeDto>(MAT_DIALOG_DATA);
  protected readonly saving = new Attempt();
  protected readonly form = new FormGroup({
    adaptationNotes: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(4000)],
    }),
  });

  protected async save(): Promise<void> {
    await this.saving.run(async () => {
      this.ref.close(
        await this.api.invoke(declareAdoption, { id: this.practice.id, body: this.form.getRawValue() }),
      );
    });
  }
}
