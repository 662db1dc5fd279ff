import { ChangeDetectionStrategy, Component, Injectable, inject, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { MAT_DIALOG_DATA, MatDialog, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';

export interface Confirmation {
  /** The act: “退回南通市的成果”. */
  readonly title: string;
  /** What will happen, in a sentence. */
  readonly message: string;
  /** To whom or what: each named on its own line. */
  readonly affected?: readonly string[];
  /** The verb on the button: “退回”, never “确定”. */
  readonly confirmLabel: string;
  readonly danger?: boolean;
  /** Asks for a reason with this label and does not go on without one. */
  readonly reasonLabel?: string;
}

export interface Confirmed {
  readonly reason: string;
}

/** Asks before acts that cannot be taken back. */
@Injectable({ providedIn: 'root' })
export class Confirm {
  private readonly dialog = inject(MatDialog);

  /** Resolves to null when the person thinks better of it. */
  async ask(confirmation: Confirmation): Promise<Confirmed | null> {
    const opened = this.dialog.open<ConfirmDialog, Confirmation, Confirmed>(ConfirmDialog, {
      data: confirmation,
      width: '30rem',
      role: 'alertdialog',
      autoFocus: confirmation.reasonLabel ? 'textarea' : '.cancel',
    });
    // The cancel button closes with an empty text.
    return (await firstValueFrom(opened.afterClosed())) || null;
  }
}

@Component({
  selector: 'ui-confirm-dialog',
  imports: [FormsModule, MatDialogModule, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <h2 mat-dialog-title>{{ data.title }}</h2>
      <mat-dialog-content>
        <p>{{ data.message }}</p>
        @if (data.affected?.length) {
          <ul>
            @for (name of data.affected; track name) {
              <li>{{ name }}</li>
            }
          </ul>
        }
        @if (data.reasonLabel) {
          <label for="confirm-reason">{{ data.reasonLabel }}</label>
          <textarea
            id="confirm-reason"
            class="control"
            required
            [ngModel]="reason()"
            (ngModelChange)="reason.set($event)"
            [attr.aria-invalid]="reasonMissing()"
            [attr.aria-describedby]="reasonMissing() ? 'confirm-reason-error' : null"
          ></textarea>
          @if (reasonMissing()) {
            <p id="confirm-reason-error" class="error" role="alert">{{ t('ui.confirm.reasonMissing') }}</p>
          }
        }
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button type="button" class="button cancel" mat-dialog-close>{{ t('ui.cancel') }}</button>
        <button type="button" class="button primary" [class.danger]="data.danger" (click)="confirm()">
          {{ data.confirmLabel }}
        </button>
      </mat-dialog-actions>
    </ng-container>
  `,
  styles: `
    ul {
      margin: 8px 0;
      padding-left: 1.5em;
    }

    label {
      display: block;
      margin: 12px 0 4px;
      font-weight: 600;
    }

    .error {
      color: var(--bad);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ConfirmDialog {
  protected readonly data = inject<Confirmation>(MAT_DIALOG_DATA);
  private readonly ref = inject<MatDialogRef<ConfirmDialog, Confirmed>>(MatDialogRef);
  protected readonly reason = signal('');
  protected readonly reasonMissing = signal(false);

  protected confirm(): void {
    const reason = this.reason().trim();
    if (this.data.reasonLabel && !reason) {
      this.reasonMissing.set(true);
      return;
    }
    this.ref.close({ reason });
  }
}
