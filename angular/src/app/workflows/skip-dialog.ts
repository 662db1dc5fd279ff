import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { IncidentDto, TaskFieldDto } from '@api/models';
import { Attempt, Busy, ErrorSummary, Field, Loading, ProblemView, UiForm, UiInput } from '@ui';
import { BpmnDocument, readBpmn } from './flow/bpmn-document';
import { TaskFields } from './task-fields';
import { TaskForm, answersOf, taskForm } from './task-form';
import { WorkflowsApi } from './workflows-api';

/** One way on from a step. */
export interface WayOn {
  readonly flowId: string;
  readonly text: string;
}

/** The flows that leave a step, by their names or where they lead. */
export function waysOn(document: BpmnDocument, nodeId: string): WayOn[] {
  return [...document.elements.values()]
    .filter((element) => element.type === 'sequenceFlow' && element.sourceId === nodeId)
    .map((flow) => {
      const target = document.elements.get(flow.targetId ?? '');
      const to = target?.name || flow.targetId || '';
      return { flowId: flow.id, text: flow.name ? `${flow.name} → ${to}` : to };
    });
}

interface Step {
  readonly name: string;
  readonly ways: readonly WayOn[];
  /** What its form would have set. */
  readonly fields: readonly TaskFieldDto[];
}

/**
 * Goes on without the step: with a reason, with what its form would have set, and, where the flow could not choose, with
 * the way that a person chooses.
 */
@Component({
  selector: 'app-skip-dialog',
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
      <h2 mat-dialog-title>{{ t('workflows.incidents.skip') }}</h2>
      @if (reading.problem(); as failed) {
        <mat-dialog-content><ui-problem-view [problem]="failed" (retry)="read()" /></mat-dialog-content>
      } @else if (step(); as step) {
        <form [formGroup]="form" [uiForm]="saving.problem()" (uiSubmit)="skip()">
          <mat-dialog-content>
            <ui-error-summary />
            <p>{{ t('workflows.incidents.skipText', { step: step.name, title: incident.title }) }}</p>
            @if (step.ways.length > 1) {
              <ui-field [label]="t('workflows.incidents.way')" [control]="form.controls.flowId">
                <select uiInput formControlName="flowId">
                  <option value="">{{ t('workflows.form.choose') }}</option>
                  @for (way of step.ways; track way.flowId) {
                    <option [value]="way.flowId">{{ way.text }}</option>
                  }
                </select>
              </ui-field>
            }
            @if (step.fields.length > 0) {
              <label class="check">
                <input type="checkbox" formControlName="answers" />
                {{ t('workflows.incidents.answers') }}
              </label>
              @if (answering()) {
                <app-task-fields [fields]="step.fields" [form]="fields()" />
              } @else {
                <p class="quiet">{{ t('workflows.incidents.noAnswers') }}</p>
              }
            }
            <ui-field [label]="t('workflows.task.reason')" [control]="form.controls.reason">
              <textarea uiInput rows="3" formControlName="reason"></textarea>
            </ui-field>
          </mat-dialog-content>
          <mat-dialog-actions align="end">
            <button type="button" class="button" mat-dialog-close>{{ t('ui.cancel') }}</button>
            <button type="submit" class="button primary danger" [uiBusy]="saving.running()">
              {{ t('workflows.incidents.skip') }}
            </button>
          </mat-dialog-actions>
        </form>
      } @else {
        <mat-dialog-content><ui-loading [lines]="3" /></mat-dialog-content>
      }
    </ng-container>
  `,
  styles: `
    p {
      margin-bottom: 12px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SkipDialog {
  private readonly api = inject(WorkflowsApi);
  private readonly ref = inject<MatDialogRef<SkipDialog, boolean>>(MatDialogRef);
  protected readonly incident = inject<IncidentDto>(MAT_DIALOG_DATA);
  protected readonly reading = new Attempt();
  protected readonly saving = new Attempt();
  protected readonly step = signal<Step | null>(null);
  protected readonly fields = signal<TaskForm>(new FormGroup({}));
  protected readonly form = new FormGroup({
    flowId: new FormControl('', { nonNullable: true }),
    answers: new FormControl(true, { nonNullable: true }),
    values: new FormGroup({}) as TaskForm,
    reason: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(500)],
    }),
  });

  protected readonly answering = toSignal(this.form.controls.answers.valueChanges, { initialValue: true });

  constructor() {
    void this.read();
    this.form.controls.answers.valueChanges.pipe(takeUntilDestroyed()).subscribe((answers) => {
      // A form that is out of sight must not keep anybody from going on.
      if (answers) {
        this.form.controls.values.enable();
      } else {
        this.form.controls.values.disable();
      }
    });
  }

  protected async read(): Promise<void> {
    await this.reading.run(async () => {
      const [instance, { name, fields }] = await Promise.all([
        firstValueFrom(this.api.instance(this.incident.instanceId)),
        firstValueFrom(this.api.incidentStep(this.incident.id)),
      ]);
      const document = readBpmn(instance.xml);
      const { nodeId, kind } = this.incident;
      // Only a token that could not choose asks for a way; elsewhere the flow itself chooses.
      const ways = kind === 'Stuck' ? waysOn(document, nodeId) : [];
      if (ways.length > 1) {
        this.form.controls.flowId.setValidators(Validators.required);
        this.form.controls.flowId.updateValueAndValidity();
      }
      const values = taskForm(fields, {});
      this.form.setControl('values', values);
      this.fields.set(values);
      this.step.set({ name, ways, fields });
    });
  }

  protected async skip(): Promise<void> {
    await this.saving.run(async () => {
      const { flowId, reason, answers } = this.form.getRawValue();
      const fields = this.step()?.fields ?? [];
      const values = answers && fields.length > 0 ? answersOf(this.fields(), fields) : null;
      await firstValueFrom(this.api.skip(this.incident, reason.trim(), flowId || null, values));
      this.ref.close(true);
    });
  }
}
