import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  afterRenderEffect,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { filter, firstValueFrom, merge } from 'rxjs';
import { BatchResultDto } from '@api/models';
import { Attempt, Busy, ErrorSummary, Field, Loading, ProblemView, UiForm, UiInput } from '@ui';
import { InboxRow, Task } from './models';
import { TaskFields } from './task-fields';
import { TaskForm, answersOf, taskForm } from './task-form';
import { WorkflowsApi } from './workflows-api';

/** How many were done, and what kept the others from it. */
export interface BatchOutcome {
  readonly done: number;
  readonly failed: readonly BatchResultDto[];
}

type Advice = 'again' | 'claimed' | 'gone' | 'nothing' | 'open';

const ADVICE: Readonly<Record<string, Advice>> = {
  'Platform:NotFound': 'gone',
  'Platform:StaleStamp': 'again',
  'Workflows:ClaimedByOther': 'claimed',
  'Workflows:InstanceEnded': 'nothing',
  'Workflows:TaskNotOpen': 'nothing',
};

/** What to do about a task that a batch could not complete. */
export function adviceFor({ errorCode }: Pick<BatchResultDto, 'errorCode'>): Advice {
  return ADVICE[errorCode ?? ''] ?? 'open';
}

/** Whether it still waits for the person. */
export function mayTryAgain(result: Pick<BatchResultDto, 'errorCode'>): boolean {
  return ['again', 'open'].includes(adviceFor(result));
}

/** One form for several tasks of the same step. What could not be done is named with the reason, the rest is done. */
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
    RouterLink,
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
          <p #told tabindex="-1">
            {{
              t('workflows.batch.partly', {
                done: outcome.done,
                failed: outcome.failed.length,
              })
            }}
          </p>
          <ul class="failed">
            @for (failure of outcome.failed; track failure.taskId) {
              <li>
                <strong>{{ titleOf(failure.taskId) }}</strong>
                <p class="reason">{{ failure.reason }}</p>
                <p>
                  {{ t('workflows.batch.advice.' + adviceFor(failure)) }}
                  @if (mayTryAgain(failure)) {
                    <a [routerLink]="['/workflows/tasks', failure.taskId]" (click)="close()">
                      {{ t('workflows.batch.openOne') }}
                      <span class="visually-hidden">{{ titleOf(failure.taskId) }}</span>
                    </a>
                  }
                </p>
              </li>
            }
          </ul>
        </mat-dialog-content>
        <mat-dialog-actions align="end">
          <button type="button" class="button primary" (click)="close()">
            {{ t('ui.close') }}
          </button>
        </mat-dialog-actions>
      } @else if (reading.problem(); as failed) {
        <mat-dialog-content><ui-problem-view [problem]="failed" (retry)="read()" /></mat-dialog-content>
      } @else if (sample(); as task) {
        <form [formGroup]="form" [uiForm]="saving.problem()" (uiSubmit)="complete(task)">
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
            <button type="submit" class="button primary" [uiBusy]="saving.running()">
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

    .failed {
      display: grid;
      gap: 12px;
      margin-top: 12px;
      padding: 0;
      list-style: none;
    }

    .failed li {
      padding-left: 12px;
      border-left: 4px solid var(--bad);
    }

    .reason {
      color: var(--bad);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BatchDialog {
  private readonly api = inject(WorkflowsApi);
  private readonly ref = inject<MatDialogRef<BatchDialog, BatchOutcome>>(MatDialogRef);
  protected readonly tasks = inject<readonly InboxRow[]>(MAT_DIALOG_DATA);
  protected readonly sample = signal<Task | null>(null);
  protected readonly fields = signal<TaskForm>(new FormGroup({}));
  protected readonly reading = new Attempt();
  protected readonly result = signal<BatchOutcome | null>(null);
  protected readonly saving = new Attempt();
  protected readonly adviceFor = adviceFor;
  protected readonly mayTryAgain = mayTryAgain;
  private readonly told = viewChild<ElementRef<HTMLElement>>('told');
  protected form = new FormGroup({
    comment: new FormControl('', { nonNullable: true, validators: [Validators.maxLength(2000)] }),
    values: new FormGroup({}) as TaskForm,
  });

  constructor() {
    void this.read();
    // However it is closed, the list behind it must learn what was done.
    this.ref.disableClose = true;
    merge(this.ref.backdropClick(), this.ref.keydownEvents().pipe(filter((event) => event.key === 'Escape')))
      .pipe(
        filter(() => !this.saving.running()),
        takeUntilDestroyed(),
      )
      .subscribe(() => {
        this.close();
      });
    afterRenderEffect(() => {
      // The form is gone and the focus with it: on to what is said instead.
      this.told()?.nativeElement.focus();
    });
  }

  protected close(): void {
    this.ref.close(this.result() ?? undefined);
  }

  protected async read(): Promise<void> {
    const first = this.tasks[0];
    if (!first) {
      return;
    }
    await this.reading.run(async () => {
      const task = await firstValueFrom(this.api.task(first.id));
      const fields = taskForm(task.fields, {});
      this.form.setControl('values', fields);
      this.fields.set(fields);
      this.sample.set(task);
    });
  }

  protected titleOf(taskId: string): string {
    return this.tasks.find((task) => task.id === taskId)?.title ?? '';
  }

  protected async complete(task: Task): Promise<void> {
    await this.saving.run(async () => {
      const results = await firstValueFrom(
        this.api.completeBatch(
          this.tasks.map((entry) => entry.id),
          answersOf(this.fields(), task.fields),
          this.form.controls.comment.value.trim(),
        ),
      );
      const failed = results.filter((result) => !result.done);
      const outcome = { done: results.length - failed.length, failed };
      if (failed.length > 0) {
        this.result.set(outcome);
      } else {
        this.ref.close(outcome);
      }
    });
  }
}
