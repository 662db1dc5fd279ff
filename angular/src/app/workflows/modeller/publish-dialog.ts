import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective } from '@jsverse/transloco';
import { ErrorSummary, Field, UiForm, UiInput } from '@ui';

export interface PublishData {
  readonly name: string;
  readonly version: number;
  readonly warnings: number;
  /** What was written before, when publishing has failed. */
  readonly note: string;
}

/** Publishing is for good: the note says what changed and why. Answers the note. */
@Component({
  selector: 'app-publish-dialog',
  imports: [ErrorSummary, Field, MatDialogModule, ReactiveFormsModule, TranslocoDirective, UiForm, UiInput],
  template: `
    <ng-container *transloco="let t">
      <h2 mat-dialog-title>{{ t('workflows.publish.title', { name: data.name, version: data.version }) }}</h2>
      <form [formGroup]="form" [uiForm]="null" (uiSubmit)="publish()">
        <mat-dialog-content>
          <ui-error-summary />
          <p>{{ t('workflows.publish.text') }}</p>
          @if (data.warnings > 0) {
            <p class="attention">▲ {{ t('workflows.publish.warnings', { count: data.warnings }) }}</p>
          }
          <ui-field
            [label]="t('workflows.publish.note')"
            [help]="t('workflows.publish.noteHelp')"
            [control]="form.controls.note"
          >
            <textarea uiInput rows="3" formControlName="note"></textarea>
          </ui-field>
        </mat-dialog-content>
        <mat-dialog-actions align="end">
          <button type="button" class="button" mat-dialog-close>{{ t('ui.cancel') }}</button>
          <button type="submit" class="button primary">{{ t('workflows.publish.go') }}</button>
        </mat-dialog-actions>
      </form>
    </ng-container>
  `,
  styles: `
    p {
      margin-bottom: 12px;
    }

    .attention {
      color: var(--attention);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PublishDialog {
  private readonly ref = inject<MatDialogRef<PublishDialog, string>>(MatDialogRef);
  protected readonly data = inject<PublishData>(MAT_DIALOG_DATA);
  protected readonly form = new FormGroup({
    note: new FormControl(this.data.note, {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(500)],
    }),
  });

  protected publish(): void {
    this.ref.close(this.form.controls.note.value.trim());
  }
}
