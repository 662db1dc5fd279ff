import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  Injector,
  OnInit,
  afterNextRender,
  afterRenderEffect,
  computed,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatDialog } from '@angular/material/dialog';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NEVER, Observable, firstValueFrom } from 'rxjs';
import { InstanceDto, TaskFieldDto, WorkflowStepKind } from '@api/models';
import { ApiProblem, AppDateTextPipe, AppFileSizePipe, AppInstantPipe } from '@core';
import {
  Attempt,
  Busy,
  Confirm,
  DraftAutosave,
  DraftBackup,
  DraftBackupNotice,
  ErrorSummary,
  Field,
  FileUpload,
  HasUnsavedChanges,
  Loading,
  MenuAction,
  PageHeader,
  ProblemView,
  StateChip,
  StatusLight,
  StoredFile,
  Toast,
  UiForm,
  UiInput,
  draftAutosave,
  problemText,
  warnBeforeUnload,
} from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { FlowPanel } from './flow/flow-panel';
import { FieldValues, Task } from './models';
import { TaskFields } from './task-fields';
import { TaskForm, answersOf, chosenOf, taskForm } from './task-form';
import { OperationResult, TaskOperation, TaskOperationData, TaskOperationDialog } from './task-dialogs';
import { WorkflowsApi } from './workflows-api';

interface TaskDraft {
  readonly values: FieldValues;
  readonly comment: string;
}

const CAME_BACK: readonly WorkflowStepKind[] = ['SentBack', 'ServiceFailed'];
/** The times of one step are taken one after the other, in milliseconds. */
const ONE_STEP = 2_000;

/** What was filled in and can no longer be handed in, with the reason. */
interface Unsent {
  readonly reason: string;
  readonly answers: readonly { readonly label: string; readonly text: string }[];
}

/** One task: what is asked, the form, everything an office does with it, and where its flow stands. */
@Component({
  selector: 'app-task-page',
  imports: [
    AppDateTextPipe,
    AppFileSizePipe,
    AppInstantPipe,
    Busy,
    DraftBackupNotice,
    ErrorSummary,
    Field,
    FileUpload,
    FlowPanel,
    Loading,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    RouterLink,
    StateChip,
    StatusLight,
    TaskFields,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  templateUrl: './task-page.html',
  styleUrl: './task-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TaskPage implements OnInit, HasUnsavedChanges {
  private readonly api = inject(WorkflowsApi);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly confirm = inject(Confirm);
  private readonly dialog = inject(MatDialog);
  private readonly injector = inject(Injector);
  private readonly router = inject(Router);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);

  readonly id = input.required<string>();

  private readonly flow = viewChild(FlowPanel);
  protected readonly chosenOf = chosenOf;
  private readonly uploader = viewChild(FileUpload);
  private readonly workTitle = viewChild<ElementRef<HTMLElement>>('workTitle');
  private readonly unsentBox = viewChild<ElementRef<HTMLElement>>('unsentBox');
  protected readonly task = signal<Task | null>(null);
  protected readonly loadProblem = signal<ApiProblem | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly saving = signal(false);
  protected readonly commenting = new Attempt();
  protected readonly uploading = signal(false);
  protected readonly files = signal<readonly StoredFile[]>([]);
  protected readonly backup = signal<DraftBackup<TaskDraft> | null>(null);
  protected readonly unsent = signal<Unsent | null>(null);
  protected readonly fields = signal<TaskForm>(new FormGroup({}));
  protected readonly flows = signal<readonly InstanceDto[]>([]);
  /** Why the task is here again, while it waits: what was noted in the step that opened it. */
  protected readonly cameBack = computed(() => {
    const task = this.task();
    return task && !task.completedAt
      ? this.flows()[0]?.history.find(
          ({ kind, at }) =>
            CAME_BACK.includes(kind) && Math.abs(Date.parse(at) - Date.parse(task.openedAt)) < ONE_STEP,
        )
      : undefined;
  });
  protected readonly subjectLink = computed(() => this.router.parseUrl(this.task()?.link ?? '/'));
  protected readonly form = new FormGroup({
    values: new FormGroup({}) as TaskForm,
    comment: new FormControl('', { nonNullable: true, validators: [Validators.maxLength(2000)] }),
  });
  protected readonly commentForm = new FormGroup({
    text: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(2000)],
    }),
  });
  protected readonly actions = computed<MenuAction[]>(() => {
    const task = this.task();
    if (!task) {
      return [];
    }
    const entry = (operation: TaskOperation, allowed: boolean, danger = false): MenuAction[] =>
      allowed
        ? [
            {
              text: this.transloco.translate(`workflows.operation.${operation}`),
              run: () => void this.operate(operation),
              danger,
            },
          ]
        : [];
    const plain = (key: string, allowed: boolean, run: () => void): MenuAction[] =>
      allowed ? [{ text: this.transloco.translate(`workflows.operation.${key}`), run }] : [];
    return [
      ...plain('release', task.may.release, () => void this.simple('release')),
      ...entry('sendBack', task.may.sendBack && task.sendBackTargets.length > 0, true),
      ...plain('withdraw', task.may.withdraw, () => void this.withdraw()),
      ...entry('reassign', task.may.reassign),
      ...plain('delegate', task.may.complete, () => void this.router.navigateByUrl('/workflows/delegations')),
      ...entry('addSigner', task.may.addSigner),
      ...entry('copy', task.may.copy),
      ...entry('urge', task.may.urge),
    ];
  });
  private seeing: Promise<void> = Promise.resolve();
  private draft!: DraftAutosave<TaskDraft>;
  private note!: DraftAutosave<string>;

  constructor() {
    warnBeforeUnload(this);
    this.form.valueChanges.subscribe(() => {
      if (this.form.dirty) {
        this.draft.change(this.value());
      }
    });
    this.commentForm.controls.text.valueChanges.subscribe((text) => {
      if (text) {
        this.note.change(text);
      } else {
        this.note.discard();
      }
    });
    afterRenderEffect(() => {
      // The form is gone and the focus with it: on to what is said instead.
      this.unsentBox()?.nativeElement.focus();
    });
  }

  ngOnInit(): void {
    this.draft = draftAutosave<TaskDraft>({
      key: `workflow-task:${this.id()}`,
      injector: this.injector,
      // The server takes a form only when it is handed in: until then the copy on this device is kept.
      save: () => NEVER,
    });
    this.backup.set(this.draft.backup());
    this.note = draftAutosave<string>({
      key: `workflow-task-comment:${this.id()}`,
      injector: this.injector,
      save: () => NEVER,
    });
    const note = this.note.backup();
    if (note) {
      // An unfinished remark stands where it was typed; nobody sees it before it is sent.
      this.commentForm.controls.text.setValue(note.value);
      this.commentForm.markAsDirty();
    }
    this.load();
  }

  hasUnsavedChanges(): boolean {
    return this.draft.hasUnsaved() || this.commentForm.dirty || this.files().length > 0 || this.uploading();
  }

  protected load(): void {
    this.loadProblem.set(null);
    this.api.task(this.id()).subscribe({
      next: (task) => {
        if (this.form.dirty) {
          // Read again after a failure: what was typed meanwhile stays.
          this.take(task);
        } else {
          this.show(task);
        }
        if (task.isUnread) {
          this.seeing = this.markSeen();
        }
      },
      error: (error: unknown) => {
        this.loadProblem.set(ApiProblem.from(error));
      },
    });
  }

  private async markSeen(): Promise<void> {
    try {
      // Only what is known of it is newer; the form stays as it is.
      this.task.set(await firstValueFrom(this.api.seen(this.id())));
    } catch (error) {
      this.toast.failure(error);
    }
  }

  protected restore(draft: TaskDraft): void {
    for (const [name, value] of Object.entries(draft.values)) {
      this.form.controls.values.controls[name]?.setValue(value);
    }
    this.form.controls.comment.setValue(draft.comment);
    this.form.markAsDirty();
    this.draft.change(this.value());
    this.backup.set(null);
  }

  protected dropBackup(): void {
    this.draft.discard();
    this.backup.set(null);
  }

  protected readonly claim = () => this.simple('claim');

  protected async complete(): Promise<void> {
    this.saving.set(true);
    const task = await this.present();
    if (!task) {
      this.saving.set(false);
      return;
    }
    this.problem.set(null);
    try {
      const { comment } = this.form.getRawValue();
      const saved = await firstValueFrom(
        this.api.complete(task, answersOf(this.fields(), task.fields), comment.trim()),
      );
      this.draft.discard();
      this.show(saved);
      this.focusWork();
      this.toast.success(this.transloco.translate('workflows.task.completed'));
    } catch (error) {
      const problem = ApiProblem.from(error);
      this.problem.set(problem);
      if (problem.isConflict) {
        // Somebody else did it or it was withdrawn: the page shows what is, what was typed stays.
        this.refresh((fresh) => {
          if (!fresh.may.complete) {
            this.unsent.set(this.unsentOf(task, problem));
          }
        });
      }
    } finally {
      this.saving.set(false);
    }
  }

  protected async sendComment(): Promise<void> {
    const task = this.task();
    if (!task) {
      return;
    }
    await this.commenting.run(async () => {
      const saved = await firstValueFrom(
        this.api.comment(
          task,
          this.commentForm.controls.text.value.trim(),
          this.files().map((file) => file.fileId),
        ),
      );
      this.commentForm.reset();
      this.note.discard();
      this.files.set([]);
      this.uploader()?.clear();
      this.take(saved);
      this.toast.success(this.transloco.translate('workflows.task.commentSent'));
    });
  }

  protected addFile(file: StoredFile): void {
    this.files.update((files) => [...files, file]);
  }

  protected removeFile(file: StoredFile): void {
    this.files.update((files) => files.filter((other) => other.fileId !== file.fileId));
  }

  private async operate(operation: TaskOperation): Promise<void> {
    const task = await this.present();
    if (!task) {
      return;
    }
    const opened = this.dialog.open<TaskOperationDialog, TaskOperationData, OperationResult>(
      TaskOperationDialog,
      { data: { operation, task }, width: '36rem', maxWidth: '95vw' },
    );
    const result = await firstValueFrom(opened.afterClosed());
    if (result) {
      this.toast.success(this.transloco.translate(`workflows.operationDone.${operation}`));
      if (operation === 'sendBack' || operation === 'reassign') {
        this.draft.discard();
        await this.leaveOr(result.task);
      } else if (result.task) {
        // What was typed stays: the work goes on.
        this.take(result.task);
      }
    }
  }

  private async withdraw(): Promise<void> {
    const task = this.task();
    if (!task) {
      return;
    }
    const yes = await this.confirm.ask({
      title: this.transloco.translate('workflows.operation.withdraw'),
      message: this.transloco.translate('workflows.operationText.withdraw', {
        step: task.name,
        title: task.title,
      }),
      confirmLabel: this.transloco.translate('workflows.operation.withdraw'),
    });
    if (yes) {
      await this.simple('withdraw');
    }
  }

  private async simple(verb: 'claim' | 'release' | 'withdraw'): Promise<void> {
    const task = await this.present();
    if (!task) {
      return;
    }
    const request: Observable<Task | null> =
      verb === 'claim'
        ? this.api.claim(task)
        : verb === 'release'
          ? this.api.release(task)
          : this.api.withdraw(task);
    try {
      const saved = await firstValueFrom(request);
      this.toast.success(this.transloco.translate(`workflows.operationDone.${verb}`));
      if (saved && verb !== 'withdraw') {
        // What was typed while the server answered stays.
        this.take(saved);
        this.focusWork();
      } else {
        await this.leaveOr(saved);
      }
    } catch (error) {
      this.toast.failure(error);
      this.refresh();
    }
  }

  /** The person has taken what they need of it. */
  protected dropUnsent(): void {
    this.unsent.set(null);
    this.draft.discard();
    this.form.markAsPristine();
  }

  /** The task with its stamp: that it was opened changes the stamp, and is not what somebody else changed meanwhile. */
  private async present(): Promise<Task | null> {
    await this.seeing;
    return this.task();
  }

  /** What the server says now, without touching what was typed. */
  private refresh(then?: (task: Task) => void): void {
    this.api.task(this.id()).subscribe({
      next: (task) => {
        this.take(task);
        then?.(task);
      },
      error: (error: unknown) => {
        const problem = ApiProblem.from(error);
        // While the server does not answer, the page with what was typed is better than none: the failure was told.
        if (problem.status >= 400 && problem.status < 500) {
          this.loadProblem.set(problem);
        }
      },
    });
  }

  private unsentOf(task: Task, problem: ApiProblem): Unsent {
    const { values, comment } = this.value();
    const answers = [
      ...task.fields.map((field) => ({ label: field.label, text: this.answerText(field, values) })),
      { label: this.transloco.translate('workflows.task.comment'), text: comment.trim() },
    ];
    return {
      reason: problemText(problem, this.transloco),
      answers: answers.filter(({ text }) => text !== ''),
    };
  }

  private answerText(field: TaskFieldDto, values: FieldValues): string {
    const value = values[field.name] ?? '';
    switch (field.kind) {
      case 'Boolean':
        return this.transloco.translate(value === true ? 'workflows.yes' : 'workflows.no');
      case 'Choice':
      case 'Choices':
        return chosenOf(field, value)
          .map((option) => option.label)
          .join('、');
      default:
        return String(value);
    }
  }

  /** The work may have gone to somebody else: then there is nothing here to look at. */
  private async leaveOr(task: Task | null): Promise<void> {
    if (task) {
      this.show(task);
    } else {
      this.form.markAsPristine();
      await this.router.navigateByUrl('/workflows/inbox');
    }
  }

  private show(task: Task): void {
    const fields = taskForm(task.fields, task.values);
    this.fields.set(fields);
    this.form.setControl('values', fields, { emitEvent: false });
    this.form.markAsPristine();
    this.take(task);
  }

  private take(task: Task): void {
    this.task.set(task);
    this.breadcrumb.setLeaf(task.name);
    this.flow()?.load();
  }

  /** The button that was pressed is gone: on to what the page shows in its place. */
  private focusWork(): void {
    afterNextRender(
      () => {
        this.workTitle()?.nativeElement.focus();
      },
      { injector: this.injector },
    );
  }

  private value(): TaskDraft {
    const { values, comment } = this.form.getRawValue();
    return { values, comment };
  }
}
