import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { ApiProblem } from '@core';
import { Busy, ErrorSummary, Field, Loading, ProblemView, UiForm, UiInput } from '@ui';
import { BatchResult, WorkflowTaskDto, WorkflowTaskListItem } from './models';
import { TaskFields } from './task-fields';
import { TaskForm, answersOf, taskForm } from './task-form';
import { WorkflowsApi } from './workflows-api';

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
                done: outcome.completedIds.length,
                failed: outcome.failed.length,
              })
            }}
          </p>
          <ul>
            @for (failure of outcome.failed; track failure.taskId) {
              <li>{{ titleOf(failure.taskId) }}：{{ failure.title }}</li>
            }
          </ul>
        </mat-dialog-content>
        <mat-dialog-actions align="end">
          <button type="button" class="button primary" [mat-dialog-close]="outcome">
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
            <app-task-fields [fields]="task.form" [form]="fields()" />
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
  private readonly ref = inject<MatDialogRef<BatchDialog, BatchResult>>(MatDialogRef);
  protected readonly tasks = inject<readonly WorkflowTaskListItem[]>(MAT_DIALOG_DATA);
  protected readonly sample = signal<WorkflowTaskDto | null>(null);
  protected readonly fields = signal<TaskForm>(new FormGroup({}));
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly refusal = signal<ApiProblem | null>(null);
  protected readonly result = signal<BatchResult | null>(null);
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
      const fields = taskForm(task.form, {});
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

  protected async complete(task: WorkflowTaskDto): Promise<void> {
    this.saving.set(true);
    this.refusal.set(null);
    try {
      const result = await firstValueFrom(
        this.api.completeBatch(
          this.tasks.map((entry) => entry.id),
          answersOf(this.fields(), task.form),
          this.form.controls.comment.value.trim(),
        ),
      );
      if (result.failed.length > 0) {
        this.result.set(result);
      } else {
        this.ref.close(result);
      }
    } catch (error) {
      this.refusal.set(ApiProblem.from(error));
    } finally {
      this.saving.set(false);
    }
  }
}
