import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Observable, tap } from 'rxjs';
import { PilotDetailDto, PilotHistoryKind, PilotTaskDto } from '@api/models';
import {
  ApiProblem,
  AppDatePipe,
  AppDateTextPipe,
  AppInstantPipe,
  PreferencesService,
  formatDate,
  formatDateText,
} from '@core';
import {
  Busy,
  Confirm,
  DateInput,
  DefinitionList,
  EmptyState,
  ErrorSummary,
  Field,
  Loading,
  MenuAction,
  PageHeader,
  ProblemView,
  StateChip,
  StatusLight,
  Timeline,
  TimelineEntry,
  Toast,
  Tone,
  UiForm,
  UiInput,
} from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { toneOfDeliverable, toneOfPilot } from './labels';
import { PilotsApi } from './pilots-api';
import { FlowPanel } from '../workflows/flow/flow-panel';

/** One pilot: where it stands and what comes next on top, then deliverables, plan, notes, people and story. */
@Component({
  selector: 'app-pilot-detail',
  imports: [
    AppDatePipe,
    AppDateTextPipe,
    AppInstantPipe,
    Busy,
    DateInput,
    DefinitionList,
    EmptyState,
    ErrorSummary,
    Field,
    FlowPanel,
    Loading,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    RouterLink,
    StateChip,
    StatusLight,
    Timeline,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  templateUrl: './pilot-detail.html',
  styleUrl: './pilot-detail.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PilotDetailPage {
  private readonly api = inject(PilotsApi);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly confirm = inject(Confirm);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  private readonly preferences = inject(PreferencesService);
  private readonly builder = inject(NonNullableFormBuilder);
  private readonly destroyed = inject(DestroyRef);
  private readonly language = toSignal(this.transloco.langChanges$, { initialValue: '' });

  readonly id = input.required<string>();

  protected readonly pilot = signal<PilotDetailDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly busy = signal(false);
  protected readonly completing = signal<string | null>(null);
  protected readonly doneProblem = signal<ApiProblem | null>(null);
  protected readonly noteProblem = signal<ApiProblem | null>(null);
  protected readonly today = formatDate(new Date());
  protected readonly doneForm = this.builder.group({ doneOn: [this.today, Validators.required] });
  protected readonly noteForm = this.builder.group({
    date: [this.today, Validators.required],
    text: ['', [Validators.required, Validators.maxLength(500)]],
  });

  protected readonly tone = toneOfPilot;
  protected readonly slotTone = toneOfDeliverable;

  /** The one thing that the caller may do to the pilot as a whole now. */
  protected readonly primary = computed<'beginPlanning' | 'writePlan' | 'start' | null>(() => {
    const pilot = this.pilot();
    switch (pilot?.nextStep.action) {
      case 'BeginPlanning':
        return pilot.actions.canPlan ? 'beginPlanning' : null;
      case 'SubmitPlan':
        return pilot.actions.canPlan ? 'writePlan' : null;
      case 'Start':
        return pilot.actions.canStart ? 'start' : null;
      default:
        return null;
    }
  });

  protected readonly menu = computed<MenuAction[]>(() => {
    this.language();
    const actions = this.pilot()?.actions;
    return [
      ...(actions?.canSuspend
        ? [
            {
              text: this.transloco.translate('pilots.detail.suspend'),
              danger: true,
              run: () => void this.suspend(),
            },
          ]
        : []),
      ...(actions?.canResume
        ? [{ text: this.transloco.translate('pilots.detail.resume'), run: () => this.resume() }]
        : []),
    ];
  });

  protected readonly facts = computed(() => {
    this.language();
    const pilot = this.pilot();
    if (!pilot) {
      return [];
    }
    const text = (key: string) => this.transloco.translate(key);
    const date = (value: string | null | undefined) =>
      value ? formatDateText(value, this.preferences.language()) : text('pilots.detail.none');
    const softly = pilot.dueOn && pilot.dueIsSoft ? text('pilots.detail.softly') : '';
    return [
      { term: text('pilots.field.issuer'), text: pilot.issuerName },
      { term: text('pilots.field.programme'), text: pilot.programmeTitle },
      { term: text('pilots.field.theme'), text: `${pilot.themeNumber} ${pilot.themeTitle}` },
      { term: text('pilots.field.due'), text: softly + date(pilot.dueOn) },
      { term: text('pilots.field.submittedOn'), text: date(pilot.submittedOn) },
      { term: text('pilots.field.acceptedOn'), text: date(pilot.acceptedOn) },
      ...(pilot.outcome
        ? [
            {
              term: text('pilots.field.outcome'),
              text: this.transloco.translate(`pilots.outcome.${pilot.outcome}`),
            },
          ]
        : []),
    ];
  });

  protected readonly history = computed<TimelineEntry[]>(() =>
    (this.pilot()?.history ?? []).map((entry, index) => ({
      at: entry.happenedAt,
      title: entry.text,
      by: [entry.actorRegionName, entry.actorName].filter((part) => part !== '').join(' '),
      tone: toneOfStory(entry.kind),
      current: index === 0,
    })),
  );

  constructor() {
    effect(() => {
      this.id();
      this.language();
      untracked(() => {
        this.load();
      });
    });
  }

  protected load(): void {
    this.problem.set(null);
    this.api
      .get(this.id())
      .pipe(takeUntilDestroyed(this.destroyed))
      .subscribe({
        next: (pilot) => {
          this.show(pilot);
        },
        error: (error: unknown) => {
          this.problem.set(ApiProblem.from(error));
        },
      });
  }

  protected readonly beginPlanning = () =>
    this.change((pilot) => this.api.beginPlanning(pilot.id, pilot.concurrencyStamp));
  protected readonly start = () => this.change((pilot) => this.api.start(pilot.id, pilot.concurrencyStamp));

  protected beginCompleting(taskId: string): void {
    this.doneForm.setValue({ doneOn: this.today });
    this.doneProblem.set(null);
    this.completing.set(taskId);
  }

  protected complete(task: PilotTaskDto): void {
    const { doneOn } = this.doneForm.getRawValue();
    this.busy.set(true);
    this.doneProblem.set(null);
    this.api.completeTask(this.id(), task.id, { concurrencyStamp: task.concurrencyStamp, doneOn }).subscribe({
      next: (pilot) => {
        this.busy.set(false);
        this.completing.set(null);
        this.show(pilot);
        this.toast.success(this.transloco.translate('pilots.detail.doneSaved'));
      },
      error: (error: unknown) => {
        this.busy.set(false);
        this.doneProblem.set(ApiProblem.from(error));
      },
    });
  }

  protected reopen(task: PilotTaskDto): () => Observable<unknown> | undefined {
    return () => this.change((pilot) => this.api.reopenTask(pilot.id, task.id, task.concurrencyStamp));
  }

  protected addNote(): void {
    this.busy.set(true);
    this.noteProblem.set(null);
    this.api.addNote(this.id(), this.noteForm.getRawValue()).subscribe({
      next: (pilot) => {
        this.busy.set(false);
        this.show(pilot);
        this.noteForm.reset({ date: this.today, text: '' });
        this.toast.success(this.transloco.translate('pilots.detail.noteSaved'));
      },
      error: (error: unknown) => {
        this.busy.set(false);
        this.noteProblem.set(ApiProblem.from(error));
      },
    });
  }

  private async suspend(): Promise<void> {
    const pilot = this.pilot();
    const text = (key: string) => this.transloco.translate(key);
    const answer =
      pilot &&
      (await this.confirm.ask({
        title: text('pilots.detail.suspendTitle'),
        message: text('pilots.detail.suspendText'),
        affected: [`${pilot.regionName} ${pilot.themeTitle}`],
        confirmLabel: text('pilots.detail.suspend'),
        danger: true,
        reasonLabel: text('pilots.detail.suspendReason'),
      }));
    if (pilot && answer) {
      this.run(this.api.suspend(pilot.id, pilot.concurrencyStamp, answer.reason));
    }
  }

  private resume(): void {
    const pilot = this.pilot();
    if (pilot) {
      this.run(this.api.resume(pilot.id, pilot.concurrencyStamp));
    }
  }

  private run(work: Observable<PilotDetailDto>): void {
    work.subscribe({
      next: (pilot) => {
        this.show(pilot);
      },
      error: (error: unknown) => {
        this.toast.failure(error);
      },
    });
  }

  private change(
    verb: (pilot: PilotDetailDto) => Observable<PilotDetailDto>,
  ): Observable<PilotDetailDto> | undefined {
    const pilot = this.pilot();
    return pilot
      ? verb(pilot).pipe(
          tap((fresh) => {
            this.show(fresh);
          }),
        )
      : undefined;
  }

  private show(pilot: PilotDetailDto): void {
    this.pilot.set(pilot);
    this.breadcrumb.setLeaf(pilot.themeTitle);
  }
}

/** Good news, setbacks and halts stand out in the story. */
export function toneOfStory(kind: PilotHistoryKind): Tone {
  switch (kind) {
    case 'DeliverableAccepted':
    case 'LedgerConfirmed':
    case 'LedgerCompleted':
    case 'Accepted':
    case 'Certified':
    case 'Concluded':
      return 'good';
    case 'DeliverableReturned':
    case 'LedgerReturned':
    case 'Suspended':
      return 'attention';
    case 'Withdrawn':
      return 'bad';
    default:
      return 'neutral';
  }
}
