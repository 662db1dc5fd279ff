import { ChangeDetectionStrategy, Component, Injectable, inject } from '@angular/core';
import { MAT_DIALOG_DATA, MatDialog, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { DiffView } from './diff-view';

export interface ConflictField {
  /** Already translated. */
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
}

export interface ConflictQuestion {
  /** Who saved in between and when, where it is known: “张敏 10:32”. */
  readonly savedBy?: string;
  readonly fields: readonly ConflictField[];
}

/** Save mine over theirs, take theirs, or go back and look. */
export type ConflictAnswer = 'mine' | 'theirs' | 'back';

/** For a 409 with a stale stamp: both versions side by side, nothing decided silently. */
@Injectable({ providedIn: 'root' })
export class Conflict {
  private readonly dialog = inject(MatDialog);

  async ask(question: ConflictQuestion): Promise<ConflictAnswer> {
    const opened = this.dialog.open<ConflictDialog, ConflictQuestion, ConflictAnswer>(ConflictDialog, {
      data: question,
      width: '52rem',
      maxWidth: '95vw',
      role: 'alertdialog',
      autoFocus: '.back',
    });
    return (await firstValueFrom(opened.afterClosed())) ?? 'back';
  }
}

@Component({
  selector: 'ui-conflict-dialog',
  imports: [DiffView, MatDialogModule, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <h2 mat-dialog-title>{{ t('ui.conflict.title') }}</h2>
      <mat-dialog-content>
        <p>
          {{ data.savedBy ? t('ui.conflict.textBy', { who: data.savedBy }) : t('ui.conflict.text') }}
        </p>
        @for (field of changed; track field.label) {
          <section>
            <h3>{{ field.label }}</h3>
            <div class="versions">
              <div>
                <h4>{{ t('ui.conflict.mine') }}</h4>
                <p class="text">{{ field.mine || '—' }}</p>
              </div>
              <div>
                <h4>{{ t('ui.conflict.theirs') }}</h4>
                <p class="text">{{ field.theirs || '—' }}</p>
              </div>
            </div>
            <h4>{{ t('ui.conflict.difference') }}</h4>
            <ui-diff-view [before]="field.theirs" [after]="field.mine" />
          </section>
        } @empty {
          <p>{{ t('ui.conflict.same') }}</p>
        }
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button type="button" class="button back" (click)="answer('back')">
          {{ t('ui.conflict.back') }}
        </button>
        <button type="button" class="button" (click)="answer('theirs')">
          {{ t('ui.conflict.useTheirs') }}
        </button>
        <button type="button" class="button primary" (click)="answer('mine')">
          {{ t('ui.conflict.useMine') }}
        </button>
      </mat-dialog-actions>
    </ng-container>
  `,
  styles: `
    section {
      margin-top: 16px;
      padding-top: 12px;
      border-top: 1px solid var(--line);
    }

    h4 {
      margin-top: 8px;
      color: var(--text-quiet);
      font-weight: 400;
    }

    .versions {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr));
      gap: 12px;
    }

    .text {
      white-space: pre-wrap;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ConflictDialog {
  protected readonly data = inject<ConflictQuestion>(MAT_DIALOG_DATA);
  private readonly ref = inject<MatDialogRef<ConflictDialog, ConflictAnswer>>(MatDialogRef);
  protected readonly changed = this.data.fields.filter((field) => field.mine !== field.theirs);

  protected answer(answer: ConflictAnswer): void {
    this.ref.close(answer);
  }
}
