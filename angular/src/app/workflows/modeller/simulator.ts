import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { FormGroup, ReactiveFormsModule } from '@angular/forms';
import { TranslocoDirective } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { ApiProblem } from '@core';
import { Busy, EmptyState, ErrorSummary, Loading, ProblemView, UiForm } from '@ui';
import { FlowPicture } from '../flow/flow-picture';
import { PictureMark } from '../flow/picture-drawing';
import { SimulationChoice, SimulationDto, SimulationStep } from '../models';
import { TaskFields } from '../task-fields';
import { TaskForm, answersOf, taskForm } from '../task-form';
import { WorkflowsApi } from '../workflows-api';

/** Leads a token through the draft by hand: the server plays the steps anew each time and keeps nothing. */
@Component({
  selector: 'app-simulator',
  imports: [
    Busy,
    EmptyState,
    ErrorSummary,
    FlowPicture,
    Loading,
    ProblemView,
    ReactiveFormsModule,
    TaskFields,
    TranslocoDirective,
    UiForm,
  ],
  templateUrl: './simulator.html',
  styles: `
    .choices {
      display: grid;
      gap: 8px;
      margin: 8px 0 16px;
      padding: 0;
      list-style: none;
    }

    .choice {
      padding: 8px 12px;
      border: 1px solid var(--line);
      border-left: 4px solid var(--primary);
      border-radius: var(--radius);
    }

    h3 {
      margin: 16px 0 4px;
    }

    table {
      border-collapse: collapse;
    }

    th,
    td {
      padding: 2px 12px 2px 0;
      border-bottom: 1px solid var(--line);
      text-align: left;
      overflow-wrap: anywhere;
    }

    .bad {
      color: var(--bad);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Simulator {
  private readonly api = inject(WorkflowsApi);
  readonly xml = input.required<string>();
  /** The flow's name, for the picture. */
  readonly caption = input.required<string>();

  protected readonly steps = signal<readonly SimulationStep[]>([]);
  protected readonly state = signal<SimulationDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly busy = signal(false);
  protected readonly forms = signal<ReadonlyMap<SimulationChoice, TaskForm>>(new Map());
  protected readonly marks = computed<readonly PictureMark[]>(() => {
    const state = this.state();
    if (!state) {
      return [];
    }
    const live = new Map<string, number>();
    for (const id of state.liveNodeIds) {
      live.set(id, (live.get(id) ?? 0) + 1);
    }
    return [
      ...[...live].map(([elementId, count]) => ({
        elementId,
        tone: 'live' as const,
        ...(count > 1 ? { badge: String(count) } : {}),
      })),
      ...[...state.doneNodeIds, ...state.takenFlowIds]
        .filter((id) => !live.has(id))
        .map((elementId) => ({ elementId, tone: 'done' as const })),
    ];
  });
  protected readonly variables = computed(() =>
    Object.entries(this.state()?.variables ?? {}).map(([name, value]) => ({
      name,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    })),
  );

  constructor() {
    effect(() => {
      this.xml();
      untracked(() => {
        this.restart();
      });
    });
  }

  protected restart(): void {
    void this.play([]);
  }

  protected back(): void {
    void this.play(this.steps().slice(0, -1));
  }

  protected again(): void {
    void this.play(this.steps());
  }

  protected formOf(choice: SimulationChoice): TaskForm {
    return this.forms().get(choice) ?? new FormGroup({});
  }

  protected take(choice: SimulationChoice, option: string | null): void {
    const answers = choice.form.length > 0 ? answersOf(this.formOf(choice), choice.form) : null;
    void this.play([...this.steps(), { kind: choice.kind, id: choice.id, option, answers }]);
  }

  private async play(steps: readonly SimulationStep[]): Promise<void> {
    this.busy.set(true);
    this.problem.set(null);
    try {
      const state = await firstValueFrom(this.api.simulate(this.xml(), {}, steps));
      this.forms.set(new Map(state.choices.map((choice) => [choice, taskForm(choice.form, {})])));
      this.steps.set(steps);
      this.state.set(state);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    } finally {
      this.busy.set(false);
    }
  }
}
