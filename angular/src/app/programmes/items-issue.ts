import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { Api } from '@api/api';
import { issueItemList } from '@api/fn/item-lists/issue-item-list';
import { TranslocoDirective } from '@jsverse/transloco';
import { ApiProblem, formatDate } from '@core';
import { Busy, DateInput, ErrorSummary, Field, UiForm, UiInput } from '@ui';

export interface ItemsIssueData {
  readonly listId: string;
  readonly title: string;
  readonly locked: boolean;
  readonly count: number;
  readonly version: number;
  readonly noticeDate: string | null;
  readonly stamp: string;
}

/** Closed without one, the person thought better of it. */
export interface ItemsIssueResult {
  /** What the list still lacks; null when it was issued. */
  readonly problem: ApiProblem | null;
}

/** Issues a list: the document's date, what changed, and patience while ten thousand items are written. */
@Component({
  selector: 'app-items-issue',
  imports: [
    Busy,
    DateInput,
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
      <h2 mat-dialog-title>{{ t('programmes.items.issueTitle', { title: data.title }) }}</h2>
      <form [formGroup]="form" [uiForm]="problem()" (uiSubmit)="issue()">
        <mat-dialog-content>
          <ui-error-summary />
          <p>
            {{
              t(data.locked ? 'programmes.items.issueLockedText' : 'programmes.items.issueText', {
                count: data.count,
                version: data.version,
              })
            }}
          </p>
          <ui-field
            [label]="t('programmes.items.documentDate')"
            [help]="
              data.noticeDate
                ? t('programmes.items.documentDateHelp', { date: data.noticeDate })
                : t('programmes.items.documentDateHelpOpen')
            "
            [control]="form.controls.documentDate"
          >
            <ui-date-input formControlName="documentDate" [min]="data.noticeDate" [max]="today" />
          </ui-field>
          <ui-field
            [label]="t('programmes.items.noteLabel')"
            [control]="form.controls.note"
            [optional]="data.version === 1"
          >
            <textarea uiInput rows="3" formControlName="note"></textarea>
          </ui-field>
          <p class="quiet" role="status">
            @if (busy()) {
              {{ t('programmes.items.issuing', { count: data.count }) }}
            }
          </p>
        </mat-dialog-content>
        <mat-dialog-actions align="end">
          <button type="button" class="button" [disabled]="busy()" (click)="ref.close()">
            {{ t('ui.cancel') }}
          </button>
          <button type="submit" class="button primary" [uiBusy]="busy()">
            {{ t('programmes.items.issue') }}
          </button>
        </mat-dialog-actions>
      </form>
    </ng-container>
  `,
  styles: `
    mat-dialog-actions {
      gap: 8px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ItemsIssue {
  private readonly api = inject(Api);
  protected readonly ref = inject<MatDialogRef<ItemsIssue, ItemsIssueResult>>(MatDialogRef);
  protected readonly data = inject<ItemsIssueData>(MAT_DIALOG_DATA);
  protected readonly busy = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly today = formatDate(new Date());
  protected readonly form = new FormGroup({
    documentDate: new FormControl<string | null>(this.today, Validators.required),
    note: new FormControl('', {
      nonNullable: true,
      validators: [Validators.maxLength(1000), ...(this.data.version > 1 ? [Validators.required] : [])],
    }),
  });

  constructor() {
    this.ref.keydownEvents().subscribe((event) => {
      if (event.key === 'Escape' && !this.busy()) {
        this.ref.close();
      }
    });
  }

  protected async issue(): Promise<void> {
    const { documentDate, note } = this.form.getRawValue();
    this.busy.set(true);
    this.problem.set(null);
    try {
      await this.api.invoke(issueItemList, {
        id: this.data.listId,
        body: { note: note.trim() || null, documentDate, concurrencyStamp: this.data.stamp },
      });
      this.ref.close({ problem: null });
    } catch (error) {
      const problem = ApiProblem.from(error);
      if (problem.hasFieldErrors || problem.isUnreachable) {
        // Where the answer alone got lost, the same once more gets the version that was issued.
        this.problem.set(problem);
      } else {
        // What the list lacks is mended on the page behind.
        this.ref.close({ problem });
      }
    } finally {
      this.busy.set(false);
    }
  }
}
