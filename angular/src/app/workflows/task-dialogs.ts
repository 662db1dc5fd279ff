import { ChangeDetectionStrategy, Component, Injector, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NEVER, Observable, firstValueFrom } from 'rxjs';
import { Attempt, Busy, ErrorSummary, Field, UiForm, UiInput, draftAutosave } from '@ui';
import { PersonOption, Task } from './models';
import { PeoplePicker, somebody } from './people-picker';
import { WorkflowsApi } from './workflows-api';

/** The operations that ask something before they are done. */
export type TaskOperation = 'sendBack' | 'reassign' | 'addSigner' | 'copy' | 'urge';

export interface TaskOperationData {
  readonly operation: TaskOperation;
  readonly task: Task;
}

/** The task as it is now; null when the person no longer sees it. */
export interface OperationResult {
  readonly task: Task | null;
}

const WITH_PEOPLE: readonly TaskOperation[] = ['reassign', 'addSigner', 'copy'];

/** 退回、转办、加签、抄送、催办: one dialog, as they ask for a person, a step or a reason. */
@Component({
  selector: 'app-task-operation-dialog',
  imports: [
    Busy,
    ErrorSummary,
    Field,
    MatDialogModule,
    PeoplePicker,
    ReactiveFormsModule,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  template: `
    <ng-container *transloco="let t">
      <h2 mat-dialog-title>{{ t('workflows.operation.' + operation) }}</h2>
      <form [formGroup]="form" [uiForm]="saving.problem()" (uiSubmit)="go()">
        <mat-dialog-content>
          <ui-error-summary />
          <p>{{ t('workflows.operationText.' + operation, { step: task.name, title: task.title }) }}</p>
          @if (operation === 'sendBack') {
            <ui-field [label]="t('workflows.task.sendBackTo')" [control]="form.controls.toNodeId">
              <select uiInput formControlName="toNodeId">
                @for (target of task.sendBackTargets; track target.nodeId) {
                  <option [value]="target.nodeId">{{ target.name }}</option>
                }
              </select>
            </ui-field>
          }
          @if (withPeople) {
            <app-people-picker
              [label]="t('workflows.operationWho.' + operation)"
              [source]="findPeople"
              [multiple]="operation === 'copy'"
              [control]="form.controls.people"
              [(chosen)]="people"
            />
          }
          @if (operation === 'addSigner') {
            <ui-field
              [label]="t('workflows.task.position')"
              [help]="t('workflows.task.positionHelp')"
              [control]="form.controls.position"
            >
              <select uiInput formControlName="position">
                <option value="Before">{{ t('workflows.task.before') }}</option>
                <option value="After">{{ t('workflows.task.after') }}</option>
              </select>
            </ui-field>
          }
          @if (operation !== 'copy') {
            <ui-field
              [label]="t(operation === 'urge' ? 'workflows.task.urgeText' : 'workflows.task.reason')"
              [control]="form.controls.reason"
              [optional]="operation === 'urge'"
            >
              <textarea uiInput rows="3" formControlName="reason"></textarea>
            </ui-field>
          }
        </mat-dialog-content>
        <mat-dialog-actions align="end">
          <button type="button" class="button" mat-dialog-close>{{ t('ui.cancel') }}</button>
          <button
            type="submit"
            class="button primary"
            [class.danger]="operation === 'sendBack'"
            [uiBusy]="saving.running()"
          >
            {{ t('workflows.operation.' + operation) }}
          </button>
        </mat-dialog-actions>
      </form>
    </ng-container>
  `,
  styles: `
    p {
      margin-bottom: 12px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TaskOperationDialog {
  private readonly api = inject(WorkflowsApi);
  private readonly ref = inject<MatDialogRef<TaskOperationDialog, OperationResult>>(MatDialogRef);
  private readonly data = inject<TaskOperationData>(MAT_DIALOG_DATA);
  protected readonly operation = this.data.operation;
  protected readonly task = this.data.task;
  protected readonly findPeople = (search: string) => this.api.peopleOfTask(this.task.id, search);
  protected readonly withPeople = WITH_PEOPLE.includes(this.operation);
  protected readonly people = signal<readonly PersonOption[]>([]);
  protected readonly saving = new Attempt();
  protected readonly form = new FormGroup({
    toNodeId: new FormControl(this.task.sendBackTargets.at(-1)?.nodeId ?? '', { nonNullable: true }),
    people: new FormControl<readonly PersonOption[]>([], {
      nonNullable: true,
      validators: this.withPeople ? [somebody(inject(TranslocoService))] : [],
    }),
    position: new FormControl<'Before' | 'After'>('Before', { nonNullable: true }),
    reason: new FormControl('', {
      nonNullable: true,
      validators: [
        Validators.maxLength(1000),
        ...(this.operation === 'copy' || this.operation === 'urge' ? [] : [Validators.required]),
      ],
    }),
  });

  /** A reason that was typed outlasts the end of the session and a key pressed by mistake. */
  private readonly draft = draftAutosave<string>({
    key: `workflow-task-${this.operation}:${this.task.id}`,
    injector: inject(Injector),
    save: () => NEVER,
  });

  constructor() {
    const { reason } = this.form.controls;
    reason.setValue(this.draft.backup()?.value ?? '');
    reason.valueChanges.pipe(takeUntilDestroyed()).subscribe((text) => {
      if (text) {
        this.draft.change(text);
      } else {
        this.draft.discard();
      }
    });
  }

  protected async go(): Promise<void> {
    await this.saving.run(async () => {
      const task = await firstValueFrom(this.request());
      this.draft.discard();
      this.ref.close({ task });
    });
  }

  private request(): Observable<Task | null> {
    const { toNodeId, position, reason } = this.form.getRawValue();
    const ids = this.people().map((person) => person.id);
    const first = ids[0] ?? '';
    switch (this.operation) {
      case 'sendBack':
        return this.api.sendBack(this.task, toNodeId, reason.trim());
      case 'reassign':
        return this.api.reassign(this.task, first, reason.trim());
      case 'addSigner':
        return this.api.addSigner(this.task, first, position, reason.trim());
      case 'copy':
        return this.api.copy(this.task, ids);
      case 'urge':
        return this.api.urge(this.task, reason.trim());
    }
  }
}
