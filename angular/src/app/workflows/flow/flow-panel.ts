import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { TranslocoDirective, TranslocoService, provideTranslocoScope } from '@jsverse/transloco';
import { HistoryItemDto, InstanceDto, WorkflowInstanceStatus, WorkflowStepKind } from '@api/models';
import { ApiProblem, AppDatePipe, AppInstantPipe } from '@core';
import { EmptyState, Loading, ProblemView, StateChip, StatusLight, Timeline, TimelineEntry, Tone } from '@ui';
import { WorkflowsApi } from '../workflows-api';
import { readBpmn } from './bpmn-document';
import { FlowPicture } from './flow-picture';

export const INSTANCE_TONES: Readonly<Record<WorkflowInstanceStatus, Tone>> = {
  Running: 'active',
  Completed: 'good',
  Terminated: 'neutral',
  Failed: 'bad',
};

const EVENT_TONES: Partial<Record<WorkflowStepKind, Tone>> = {
  Completed: 'good',
  SentBack: 'attention',
  Withdrawn: 'attention',
  ServiceFailed: 'bad',
};

const BESIDE: readonly string[] = ['boundaryEvent', 'eventBasedGateway'];

function typesOf(xml: string): ReadonlyMap<string, string> {
  try {
    return new Map([...readBpmn(xml).elements.values()].map(({ id, type }) => [id, type]));
  } catch {
    // The picture below says that the model cannot be read; where it stands is told all the same.
    return new Map();
  }
}

/**
 * Where the flows of one thing stand: the picture, who has it since when, what happened, what is expected.
 * For pages of other modules: `<app-flow-panel [subjectId]="deliverable.id" />`; or one flow by `instanceId`.
 */
@Component({
  selector: 'app-flow-panel',
  imports: [
    AppDatePipe,
    AppInstantPipe,
    EmptyState,
    FlowPicture,
    Loading,
    ProblemView,
    StateChip,
    StatusLight,
    Timeline,
    TranslocoDirective,
  ],
  providers: [provideTranslocoScope('workflows')],
  template: `
    <ng-container *transloco="let t">
      @if (problem(); as failed) {
        <ui-problem-view [problem]="failed" (retry)="load()" />
      } @else if (instances(); as list) {
        @for (instance of list; track instance.instance.id) {
          <section [attr.aria-label]="instance.instance.definitionName">
            <div class="head">
              <h3>{{ instance.instance.definitionName }}</h3>
              <ui-state-chip
                [text]="t('workflows.instanceStatus.' + instance.instance.status)"
                [tone]="tones[instance.instance.status]"
              />
              <span class="quiet">
                {{ t('workflows.panel.version', { version: instance.instance.version }) }} ·
                {{ instance.instance.startedAt | appInstant }}
                @if (instance.instance.endedAt) {
                  – {{ instance.instance.endedAt | appInstant }}
                }
              </span>
            </div>
            @if (standing().get(instance.instance.id); as live) {
              <ul class="live" [attr.aria-label]="t('workflows.panel.now')">
                @for (node of live; track $index) {
                  <li>
                    @if (node.isWait) {
                      <span>{{ t('workflows.panel.waits') }}</span>
                    }
                    <strong>{{ node.name }}</strong>
                    @if (node.who.length > 0) {
                      <span>{{ node.who.join('、') }}</span>
                    } @else if (node.since) {
                      <span>{{ t('workflows.picture.nobody') }}</span>
                    }
                    @if (node.since) {
                      <span class="quiet">{{
                        t('workflows.picture.since', { date: node.since | appDate })
                      }}</span>
                    }
                    @if (node.dueOn) {
                      <span>{{ t('workflows.panel.due', { date: node.dueOn | appDate }) }}</span>
                      <ui-status-light [light]="node.light" />
                    }
                  </li>
                }
              </ul>
            }
            <app-flow-picture
              [xml]="instance.xml"
              [caption]="instance.instance.definitionName"
              [state]="instance"
            />
            @if (instance.expected.length > 0) {
              <h4>{{ t('workflows.panel.expected') }}</h4>
              <ol class="expected">
                @for (step of instance.expected; track $index) {
                  <li>
                    {{ step.name }}
                    @if (!step.certain) {
                      <span class="quiet">{{ t('workflows.panel.perhaps') }}</span>
                    }
                  </li>
                }
              </ol>
            }
            @if (history().get(instance.instance.id); as entries) {
              @if (entries.length > 0) {
                <h4>{{ t('workflows.panel.history') }}</h4>
                <ui-timeline [label]="t('workflows.panel.history')" [entries]="entries" />
              }
            }
          </section>
        } @empty {
          <ui-empty-state [title]="t('workflows.panel.none')" [text]="t('workflows.panel.noneText')" />
        }
      } @else {
        <ui-loading [lines]="4" />
      }
    </ng-container>
  `,
  styles: `
    section + section {
      margin-top: 24px;
      padding-top: 16px;
      border-top: 1px solid var(--line);
    }

    .head,
    .live li {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: baseline;
    }

    .head {
      margin-bottom: 8px;
    }

    .live {
      margin: 8px 0;
      padding: 8px 12px;
      border-left: 4px solid var(--primary);
      background: var(--primary-pale);
      list-style: none;
    }

    h4 {
      margin: 16px 0 8px;
    }

    .expected {
      padding-left: 1.5em;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FlowPanel {
  private readonly api = inject(WorkflowsApi);
  private readonly transloco = inject(TranslocoService);

  /** All flows of this pilot, deliverable or assessment. */
  readonly subjectId = input<string | null>(null);
  /** Or all flows of the things that belong to this pilot or programme. */
  readonly partOf = input<string | null>(null);
  /** Or this flow alone. */
  readonly instanceId = input<string | null>(null);

  /** What was read, for pages that say more of it. */
  readonly shown = output<readonly InstanceDto[]>();

  protected readonly instances = signal<readonly InstanceDto[] | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly tones = INSTANCE_TONES;
  protected readonly history = computed(
    () =>
      new Map<string, readonly TimelineEntry[]>(
        (this.instances() ?? []).map((instance) => [
          instance.instance.id,
          instance.history.map((event) => this.entryOf(event)),
        ]),
      ),
  );

  /** What it stands at, for people: a deadline that runs beside a step, or a fork that waits, is no place of its own. */
  protected readonly standing = computed(
    () =>
      new Map(
        (this.instances() ?? []).flatMap((instance) => {
          const types = typesOf(instance.xml);
          const live = instance.live
            .filter((node) => !BESIDE.includes(types.get(node.nodeId) ?? ''))
            .map((node) => ({ ...node, isWait: types.get(node.nodeId) === 'intermediateCatchEvent' }));
          return live.length > 0 ? [[instance.instance.id, live] as const] : [];
        }),
      ),
  );

  constructor() {
    effect(() => {
      this.subjectId();
      this.partOf();
      this.instanceId();
      this.load();
    });
  }

  /** Also for the page around it, after something was done. */
  load(): void {
    const subject = this.subjectId();
    const whole = this.partOf();
    const instance = this.instanceId();
    this.problem.set(null);
    const next = (list: readonly InstanceDto[]) => {
      this.instances.set(list);
      this.shown.emit(list);
    };
    const error = (failure: unknown) => {
      this.problem.set(ApiProblem.from(failure));
    };
    if (instance) {
      this.api.instance(instance).subscribe({
        next: (found) => {
          next([found]);
        },
        error,
      });
    } else if (subject) {
      this.api.instancesOf({ subjectId: subject }).subscribe({ next, error });
    } else if (whole) {
      this.api.instancesOf({ partOf: whole }).subscribe({ next, error });
    }
  }

  private entryOf(event: HistoryItemDto): TimelineEntry {
    return {
      at: event.at,
      title: this.transloco.translate('workflows.panel.event', {
        step: event.nodeName || event.nodeId,
        what: this.transloco.translate(`workflows.history.${event.kind}`),
      }),
      ...(event.actorName ? { by: event.actorName } : {}),
      ...(event.note ? { text: event.note } : {}),
      ...(EVENT_TONES[event.kind] ? { tone: EVENT_TONES[event.kind] } : {}),
    };
  }
}
