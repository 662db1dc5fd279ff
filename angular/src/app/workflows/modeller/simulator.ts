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
import { ReactiveFormsModule } from '@angular/forms';
import { TranslocoDirective } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { SimulationChoice, SimulationDto, SimulationStep, TaskFieldDto } from '@api/models';
import { ApiProblem } from '@core';
import { Busy, EmptyState, ErrorSummary, Loading, ProblemView, UiForm } from '@ui';
import { FlowPicture } from '../flow/flow-picture';
import { PictureMark } from '../flow/picture-drawing';
import { TaskFields } from '../task-fields';
import { TaskForm, answersOf, taskForm } from '../task-form';
import { WorkflowsApi } from '../workflows-api';

/** Effects of the trace that belong to the past: completed, passed, flow. */
const PAST: ReadonlySet<string> = new Set(['c', 'p', 'f']);

/** What can be done now, with the form that it asks for. */
interface Choice {
  readonly choice: SimulationChoice;
  readonly fields: readonly TaskFieldDto[];
  readonly form: TaskForm;
}

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

    h2 {
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
  readonly nameOf = input.required<(elementId: string) => string>();
  readonly formOf = input.required<(nodeId: string) => readonly TaskFieldDto[]>();

  protected readonly steps = signal<readonly SimulationStep[]>([]);
  protected readonly state = signal<SimulationDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly busy = signal(false);
  protected readonly choices = signal<readonly Choice[]>([]);
  protected readonly marks = computed<readonly PictureMark[]>(() => {
    const state = this.state();
    if (!state) {
      return [];
    }
    const live = new Map<string, number>();
    for (const { nodeId } of state.live) {
      live.set(nodeId, (live.get(nodeId) ?? 0) + 1);
    }
    const done = state.trace.flat().filter((effect) => PAST.has(effect.kind ?? ''));
    return [
      ...[...live].map(([elementId, count]) => ({
        elementId,
        tone: 'live' as const,
        ...(count > 1 ? { badge: String(count) } : {}),
      })),
      ...[...new Set(done.map((effect) => effect.nodeId ?? ''))]
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

  protected readonly log = computed(() =>
    (this.state()?.trace ?? []).map((effects) => [
      ...new Set(
        effects
          .filter((effect) => effect.kind === 's' || effect.kind === 'c' || effect.kind === 'p')
          .map((effect) => this.nameOf()(effect.nodeId ?? '')),
      ),
    ]),
  );
  protected readonly stuck = computed(() =>
    (this.state()?.live ?? []).filter((thing) => thing.kind === 'Stuck'),
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

  protected take({ choice, fields, form }: Choice, option: string | null): void {
    const answers = fields.length > 0 ? answersOf(form, fields) : null;
    void this.play([...this.steps(), { kind: choice.kind, id: choice.id, option, answers }]);
  }

  private choiceOf(choice: SimulationChoice): Choice {
    const fields = choice.kind === 'Complete' ? this.formOf()(choice.nodeId) : [];
    return { choice, fields, form: taskForm(fields, {}) };
  }

  private async play(steps: readonly SimulationStep[]): Promise<void> {
    this.busy.set(true);
    this.problem.set(null);
    try {
      const state = await firstValueFrom(this.api.simulate(this.xml(), steps));
      this.choices.set(state.choices.map((choice) => this.choiceOf(choice)));
      this.steps.set(steps);
      this.state.set(state);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    } finally {
      this.busy.set(false);
    }
  }
}
