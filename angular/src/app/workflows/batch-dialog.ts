import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { ApiProblem } from '@core';
import { Busy, ErrorSummary, Field, Loading, ProblemView, UiForm, UiInput } from '@ui';
import { InboxRow, Task } from './models';
import { TaskFields } from './task-fields';
import { TaskForm, answersOf, taskForm } from './task-form';
import { WorkflowsApi } from './workflows-api';

interface BatchOutcome {
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

/** One form for several tasks of the same step. What could not be done is named, the rest is done. */
@Component({
  selector: 'app-batch-dialog',
  imports: [
    Busy,
    ErrorSummary,
    Field,
    Loading,
    MatDialogModule,
    ProblemView,
    ReactiveFormsModule,
    TaskFields,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  template: `
    <ng-container *transloco="let t">
      <h2 mat-dialog-title>{{ t('workflows.batch.title', { count: tasks.length }) }}</h2>
      @if (result(); as outcome) {
        <mat-dialog-content>
          <p role="status">
            {{
              t('workflows.batch.partly', {
                done: outcome.done.length,
                failed: outcome.failed.length,
              })
            }}
          </p>
          <ul>
            @for (taskId of outcome.failed; track taskId) {
              <li>{{ titleOf(taskId) }}</li>
            }
          </ul>
        </mat-dialog-content>
        <mat-dialog-actions align="end">
          <button type="button" class="button primary" [mat-dialog-close]="outcome.done">
            {{ t('ui.close') }}
          </button>
        </mat-dialog-actions>
      } @else if (problem(); as failed) {
        <mat-dialog-content><ui-problem-view [problem]="failed" (retry)="read()" /></mat-dialog-content>
      } @else if (sample(); as task) {
        <form [formGroup]="form" [uiForm]="refusal()" (uiSubmit)="complete(task)">
          <mat-dialog-content>
            <ui-error-summary />
            <p>{{ t('workflows.batch.text', { step: task.name }) }}</p>
            <ul class="subjects">
              @for (entry of tasks; track entry.id) {
                <li>{{ entry.title }}</li>
              }
            </ul>
            <app-task-fields [fields]="task.fields" [form]="fields()" />
            <ui-field
              [label]="t('workflows.task.comment')"
              [control]="form.controls.comment"
              [optional]="true"
            >
              <textarea uiInput rows="3" formControlName="comment"></textarea>
            </ui-field>
          </mat-dialog-content>
          <mat-dialog-actions align="end">
            <button type="button" class="button" mat-dialog-close>{{ t('ui.cancel') }}</button>
            <button type="submit" class="button primary" [uiBusy]="saving()">
              {{ t('workflows.batch.submit', { count: tasks.length }) }}
            </button>
          </mat-dialog-actions>
        </form>
      } @else {
        <mat-dialog-content><ui-loading [lines]="4" /></mat-dialog-content>
      }
    </ng-container>
  `,
  styles: `
    .subjects {
      max-height: 10rem;
      margin: 8px 0 16px;
      padding-left: 1.5em;
      overflow-y: auto;
    }

    mat-dialog-actions {
      gap: 8px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BatchDialog {
  private readonly api = inject(WorkflowsApi);
  private readonly ref = inject<MatDialogRef<BatchDialog, readonly string[]>>(MatDialogRef);
  protected readonly tasks = inject<readonly InboxRow[]>(MAT_DIALOG_DATA);
  protected readonly sample = signal<Task | null>(null);
  protected readonly fields = signal<TaskForm>(new FormGroup({}));
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly refusal = signal<ApiProblem | null>(null);
  protected readonly result = signal<BatchOutcome | null>(null);
  protected readonly saving = signal(false);
  protected form = new FormGroup({
    comment: new FormControl('', { nonNullable: true, validators: [Validators.maxLength(2000)] }),
    values: new FormGroup({}) as TaskForm,
  });

  constructor() {
    void this.read();
  }

  protected async read(): Promise<void> {
    const first = this.tasks[0];
    if (!first) {
      return;
    }
    this.problem.set(null);
    try {
      const task = await firstValueFrom(this.api.task(first.id));
      const fields = taskForm(task.fields, {});
      this.form.setControl('values', fields);
      this.fields.set(fields);
      this.sample.set(task);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected titleOf(taskId: string): string {
    return this.tasks.find((task) => task.id === taskId)?.title ?? '';
  }

  protected async complete(task: Task): Promise<void> {
    this.saving.set(true);
    this.refusal.set(null);
    try {
      const results = await firstValueFrom(
        this.api.completeBatch(
          this.tasks.map((entry) => entry.id),
          answersOf(this.fields(), task.fields),
          this.form.controls.comment.value.trim(),
        ),
      );
      const done = results.filter((result) => result.done).map((result) => result.taskId);
      const failed = results.filter((result) => !result.done).map((result) => result.taskId);
      if (failed.length > 0) {
        this.result.set({ done, failed });
      } else {
        this.ref.close(done);
      }
    } catch (error) {
      this.refusal.set(ApiProblem.from(error));
    } finally {
      this.saving.set(false);
    }
  }
}
