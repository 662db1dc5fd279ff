import { ChangeDetectionStrategy, Component, Injector, OnInit, inject, input, signal } from '@angular/core';
import { ReactiveFormsModule } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Subscription, firstValueFrom, tap } from 'rxjs';
import { DraftPhaseDto, PlanDraftDto } from '@api/models';
import { ApiProblem, AppDateTextPipe } from '@core';
import {
  AutosaveIndicator,
  Busy,
  Confirm,
  Conflict,
  DateInput,
  DraftAutosave,
  DraftBackup,
  DraftBackupNotice,
  EmptyState,
  ErrorSummary,
  Field,
  HasUnsavedChanges,
  Loading,
  PageHeader,
  ProblemView,
  Toast,
  UiForm,
  UiInput,
  draftAutosave,
  warnBeforeUnload,
} from '@ui';
import { PhaseForm, PlanForm, adoptIds, phaseForm, planForm, planText, taskForm } from './plan-form';
import { PilotsApi } from './pilots-api';

/** The region's plan: phases and tasks, saved as they are typed, private until submitted. */
@Component({
  selector: 'app-plan-editor',
  imports: [
    AppDateTextPipe,
    AutosaveIndicator,
    Busy,
    DateInput,
    DraftBackupNotice,
    EmptyState,
    ErrorSummary,
    Field,
    Loading,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    RouterLink,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  templateUrl: './plan-editor.html',
  styleUrl: './plan-editor.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PlanEditorPage implements OnInit, HasUnsavedChanges {
  private readonly api = inject(PilotsApi);
  private readonly confirm = inject(Confirm);
  private readonly conflict = inject(Conflict);
  private readonly injector = inject(Injector);
  private readonly router = inject(Router);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);

  readonly id = input.required<string>();

  protected readonly draft = signal<PlanDraftDto | null>(null);
  protected readonly form = signal<PlanForm | null>(null);
  protected readonly loadProblem = signal<ApiProblem | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly submitting = signal(false);
  protected readonly backup = signal<DraftBackup<DraftPhaseDto[]> | null>(null);
  protected autosave!: DraftAutosave<DraftPhaseDto[]>;
  private stamp = '';
  private changes: Subscription | null = null;

  constructor() {
    warnBeforeUnload(this);
  }

  ngOnInit(): void {
    this.autosave = draftAutosave<DraftPhaseDto[]>({
      key: `pilot-plan:${this.id()}`,
      injector: this.injector,
      save: (phases) =>
        this.api.savePlanDraft(this.id(), { concurrencyStamp: this.stamp, phases }).pipe(
          tap((saved) => {
            this.stamp = saved.concurrencyStamp;
            const form = this.form();
            if (form) {
              adoptIds(form, saved.phases);
            }
          }),
        ),
    });
    this.backup.set(this.autosave.backup());
    this.load();
  }

  hasUnsavedChanges(): boolean {
    return this.autosave.hasUnsaved();
  }

  protected load(): void {
    this.loadProblem.set(null);
    this.api.planDraft(this.id()).subscribe({
      next: (draft) => {
        this.stamp = draft.concurrencyStamp;
        this.draft.set(draft);
        this.edit(draft.phases);
      },
      error: (error: unknown) => {
        this.loadProblem.set(ApiProblem.from(error));
      },
    });
  }

  protected addPhase(): void {
    const phase = phaseForm();
    phase.controls.tasks.push(taskForm());
    this.form()?.controls.phases.push(phase);
  }

  protected removePhase(index: number): void {
    this.form()?.controls.phases.removeAt(index);
  }

  protected addTask(phase: PhaseForm): void {
    phase.controls.tasks.push(taskForm());
  }

  protected removeTask(phase: PhaseForm, index: number): void {
    phase.controls.tasks.removeAt(index);
  }

  protected restore(phases: DraftPhaseDto[]): void {
    this.edit(phases);
    this.backup.set(null);
    this.autosave.change(phases);
  }

  protected dropBackup(): void {
    this.autosave.discard();
    this.backup.set(null);
  }

  /** Somebody of the same region saved in between: both versions side by side, nothing decided silently. */
  protected readonly resolveConflict = async () => {
    const fresh = await firstValueFrom(this.api.planDraft(this.id()));
    const answer = await this.conflict.ask({
      fields: [
        {
          label: this.transloco.translate('pilots.plan.title'),
          mine: planText(this.form()?.getRawValue().phases ?? []),
          theirs: planText(fresh.phases),
        },
      ],
    });
    if (answer === 'mine') {
      this.stamp = fresh.concurrencyStamp;
      this.autosave.flush();
    } else if (answer === 'theirs') {
      this.autosave.discard();
      this.stamp = fresh.concurrencyStamp;
      this.draft.set(fresh);
      this.edit(fresh.phases);
    }
  };

  protected async submit(): Promise<void> {
    const draft = this.draft();
    const form = this.form();
    if (!draft || !form) {
      return;
    }
    const text = (key: string) => this.transloco.translate(key);
    const answer = await this.confirm.ask({
      title: text('pilots.plan.confirmTitle'),
      message: text('pilots.plan.confirmText'),
      affected: [`${draft.regionName} ${draft.pilotTitle}`],
      confirmLabel: text('pilots.plan.submit'),
    });
    if (!answer) {
      return;
    }
    this.submitting.set(true);
    this.problem.set(null);
    try {
      // What is on the page is what is submitted, also within the autosave's pause.
      const saved = await firstValueFrom(
        this.api.savePlanDraft(this.id(), {
          concurrencyStamp: this.stamp,
          phases: form.getRawValue().phases,
        }),
      );
      this.autosave.discard();
      this.stamp = saved.concurrencyStamp;
      adoptIds(form, saved.phases);
      await firstValueFrom(this.api.submitPlan(this.id(), this.stamp));
      this.toast.success(text('pilots.plan.submitted'));
      await this.router.navigate(['/pilots', this.id()]);
    } catch (error) {
      const problem = ApiProblem.from(error);
      this.problem.set(problem);
      if (problem.isStale) {
        // The autosave finds the same conflict and offers both versions.
        this.autosave.change(form.getRawValue().phases);
        this.autosave.flush();
      }
    } finally {
      this.submitting.set(false);
    }
  }

  private edit(phases: readonly DraftPhaseDto[]): void {
    this.changes?.unsubscribe();
    const form = planForm(phases);
    this.form.set(form);
    this.changes = form.valueChanges.subscribe(() => {
      this.autosave.change(form.getRawValue().phases);
    });
  }
}
