import { FormArray, FormControl, FormGroup } from '@angular/forms';
import { DraftPhaseDto } from '@api/models';

/** A plan as it is typed; incomplete lines are kept as they are. */
export type TaskForm = FormGroup<{
  id: FormControl<string | null>;
  name: FormControl<string>;
  officeId: FormControl<string | null>;
  dueOn: FormControl<string | null>;
}>;

export type PhaseForm = FormGroup<{
  id: FormControl<string | null>;
  name: FormControl<string>;
  startOn: FormControl<string | null>;
  endOn: FormControl<string | null>;
  tasks: FormArray<TaskForm>;
}>;

export type PlanForm = FormGroup<{ phases: FormArray<PhaseForm> }>;

const text = (value: string) => new FormControl(value, { nonNullable: true });

export function taskForm(task?: DraftPhaseDto['tasks'][number]): TaskForm {
  return new FormGroup({
    id: new FormControl(task?.id ?? null),
    name: text(task?.name ?? ''),
    officeId: new FormControl(task?.officeId ?? null),
    dueOn: new FormControl(task?.dueOn ?? null),
  });
}

export function phaseForm(phase?: DraftPhaseDto): PhaseForm {
  return new FormGroup({
    id: new FormControl(phase?.id ?? null),
    name: text(phase?.name ?? ''),
    startOn: new FormControl(phase?.startOn ?? null),
    endOn: new FormControl(phase?.endOn ?? null),
    tasks: new FormArray((phase?.tasks ?? []).map((task) => taskForm(task))),
  });
}

export function planForm(phases: readonly DraftPhaseDto[]): PlanForm {
  return new FormGroup({ phases: new FormArray(phases.map((phase) => phaseForm(phase))) });
}

/** Takes over the ids that the server gave to new lines; what was typed meanwhile stays. */
export function adoptIds(form: PlanForm, saved: readonly DraftPhaseDto[]): void {
  form.controls.phases.controls.forEach((phase, index) => {
    const match = saved[index];
    if (!match) {
      return;
    }
    if (!phase.controls.id.value) {
      phase.controls.id.setValue(match.id ?? null, { emitEvent: false });
    }
    phase.controls.tasks.controls.forEach((task, place) => {
      if (!task.controls.id.value) {
        task.controls.id.setValue(match.tasks[place]?.id ?? null, { emitEvent: false });
      }
    });
  });
}
