import {
  ChangeDetectionStrategy,
  Component,
  Injector,
  OnInit,
  computed,
  inject,
  input,
  signal,
} from '@angular/core';
import { ReactiveFormsModule } from '@angular/forms';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Subscription, firstValueFrom, tap } from 'rxjs';
import { DeliverableDto, SubmissionComparisonDto, SubmissionFileDto, SubmissionSection } from '@api/models';
import { ApiProblem, AppDateTextPipe, AppInstantPipe } from '@core';
import {
  AutosaveIndicator,
  Busy,
  Confirm,
  Conflict,
  DraftAutosave,
  DraftBackup,
  DraftBackupNotice,
  EmptyState,
  ErrorSummary,
  Field,
  FileUpload,
  HasUnsavedChanges,
  Loading,
  PageHeader,
  ProblemView,
  StateChip,
  StatusLight,
  StoredFile,
  Toast,
  UiForm,
  UiInput,
  draftAutosave,
  warnBeforeUnload,
} from '@ui';
import { DecisionView } from './decision-view';
import { FileList } from './file-list';
import { toneOfDeliverable } from './labels';
import { PilotsApi } from './pilots-api';
import { SubmissionComparison } from './submission-comparison';
import {
  SubmissionForm,
  SubmissionValue,
  TEXT_SECTIONS,
  beginningOf,
  sectionsOf,
  submissionForm,
} from './submission-form';
import { FlowPanel } from '../workflows/flow/flow-panel';

/** A deliverable: the next version is written here and saves itself; everybody else reads the last one. */
@Component({
  selector: 'app-deliverable-page',
  imports: [
    AppDateTextPipe,
    AppInstantPipe,
    AutosaveIndicator,
    Busy,
    DecisionView,
    DraftBackupNotice,
    EmptyState,
    ErrorSummary,
    Field,
    FileList,
    FileUpload,
    FlowPanel,
    Loading,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    RouterLink,
    StateChip,
    StatusLight,
    SubmissionComparison,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  templateUrl: './deliverable-page.html',
  styleUrl: './deliverable-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DeliverablePage implements OnInit, HasUnsavedChanges {
  private readonly api = inject(PilotsApi);
  private readonly confirm = inject(Confirm);
  private readonly conflict = inject(Conflict);
  private readonly injector = inject(Injector);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);

  readonly deliverableId = input.required<string>();

  protected readonly deliverable = signal<DeliverableDto | null>(null);
  protected readonly comparison = signal<SubmissionComparisonDto | null>(null);
  protected readonly files = signal<readonly SubmissionFileDto[]>([]);
  /** Uploaded on this visit: the upload shows these itself. */
  private readonly fresh = signal<ReadonlySet<string>>(new Set());
  protected readonly kept = computed(() => this.files().filter((file) => !this.fresh().has(file.id)));
  protected readonly loadProblem = signal<ApiProblem | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly submitting = signal(false);
  protected readonly uploading = signal(false);
  protected readonly backup = signal<DraftBackup<SubmissionValue> | null>(null);
  protected readonly sections = TEXT_SECTIONS;
  protected readonly tone = toneOfDeliverable;
  protected autosave!: DraftAutosave<SubmissionValue>;
  protected form: SubmissionForm | null = null;
  private stamp: string | null = null;
  private changes: Subscription | null = null;

  constructor() {
    warnBeforeUnload(this);
  }

  ngOnInit(): void {
    this.autosave = draftAutosave<SubmissionValue>({
      key: `deliverable:${this.deliverableId()}`,
      injector: this.injector,
      save: (value) => this.save(value),
    });
    this.backup.set(this.autosave.backup());
    this.load();
  }

  hasUnsavedChanges(): boolean {
    return this.autosave.hasUnsaved() || this.uploading();
  }

  protected load(): void {
    this.loadProblem.set(null);
    this.api.deliverable(this.deliverableId()).subscribe({
      next: (deliverable) => {
        this.show(deliverable);
      },
      error: (error: unknown) => {
        this.loadProblem.set(ApiProblem.from(error));
      },
    });
  }

  protected reasonFor(section: SubmissionSection): string | null {
    const latest = this.deliverable()?.latest;
    return latest?.findings.find((finding) => finding.section === section)?.reason ?? null;
  }

  protected addFile(file: StoredFile): void {
    this.fresh.update((ids) => new Set([...ids, file.fileId]));
    this.setFiles([
      ...this.files(),
      {
        id: file.fileId,
        name: file.name,
        size: file.size,
        contentType: file.contentType,
        sha256: file.sha256,
      },
    ]);
  }

  protected removeFile(id: string): void {
    this.setFiles(this.files().filter((file) => file.id !== id));
  }

  protected restore(value: SubmissionValue): void {
    this.edit(value);
    this.backup.set(null);
    this.autosave.change(value);
  }

  protected dropBackup(): void {
    this.autosave.discard();
    this.backup.set(null);
  }

  /** Somebody of the same region saved in between: both versions side by side, nothing decided silently. */
  protected readonly resolveConflict = async () => {
    const fresh = await firstValueFrom(this.api.deliverable(this.deliverableId()));
    const theirs = beginningOf(fresh.draft, fresh.latest);
    const mine = this.value();
    const textOf = (value: SubmissionValue, section: string) =>
      value.sections.find((entry) => entry.section === section)?.text ?? '';
    const filesOf = (value: SubmissionValue) => value.files.map((file) => file.name).join('\n');
    const answer = await this.conflict.ask({
      fields: [
        ...TEXT_SECTIONS.map((section) => ({
          label: this.transloco.translate(`pilots.section.${section}`),
          mine: textOf(mine, section),
          theirs: textOf(theirs, section),
        })),
        {
          label: this.transloco.translate('pilots.section.Attachments'),
          mine: filesOf(mine),
          theirs: filesOf(theirs),
        },
      ].filter((field) => field.mine !== field.theirs),
    });
    if (answer === 'mine') {
      this.stamp = fresh.draft?.concurrencyStamp ?? null;
      this.autosave.flush();
    } else if (answer === 'theirs') {
      this.autosave.discard();
      this.show(fresh);
    }
  };

  protected async submit(): Promise<void> {
    const slot = this.deliverable();
    if (!slot || !this.form) {
      return;
    }
    const text = (key: string) => this.transloco.translate(key);
    const answer = await this.confirm.ask({
      title: text('pilots.deliverable.confirmTitle'),
      message: text('pilots.deliverable.confirmText'),
      affected: [slot.name, ...this.files().map((file) => file.name)],
      confirmLabel: text('pilots.deliverable.submit'),
    });
    if (!answer) {
      return;
    }
    this.submitting.set(true);
    this.problem.set(null);
    try {
      // What is on the page is what is handed in, also within the autosave's pause.
      const draft = await firstValueFrom(this.save(this.value()));
      this.autosave.discard();
      await firstValueFrom(this.api.submit(draft.id, draft.concurrencyStamp));
      this.toast.success(text('pilots.deliverable.submitted'));
      this.load();
    } catch (error) {
      const problem = ApiProblem.from(error);
      this.problem.set(problem);
      if (problem.isStale) {
        // The autosave finds the same conflict and offers both versions.
        this.autosave.change(this.value());
        this.autosave.flush();
      } else if (problem.isConflict) {
        this.toast.failure(problem);
        this.load();
      }
    } finally {
      this.submitting.set(false);
    }
  }

  private save(value: SubmissionValue) {
    return this.api
      .saveSubmissionDraft(this.deliverableId(), {
        concurrencyStamp: this.stamp,
        sections: [...value.sections],
        fileIds: value.files.map((file) => file.id),
      })
      .pipe(
        tap((saved) => {
          this.stamp = saved.concurrencyStamp;
        }),
      );
  }

  private show(deliverable: DeliverableDto): void {
    this.deliverable.set(deliverable);
    this.stamp = deliverable.draft?.concurrencyStamp ?? null;
    if (deliverable.canHandIn) {
      this.edit(beginningOf(deliverable.draft, deliverable.latest));
      return;
    }
    this.changes?.unsubscribe();
    this.form = null;
    if (deliverable.latest) {
      this.api.comparison(deliverable.latest.id).subscribe({
        next: (comparison) => {
          this.comparison.set(comparison);
        },
        error: (error: unknown) => {
          this.loadProblem.set(ApiProblem.from(error));
        },
      });
    }
  }

  private edit(value: SubmissionValue): void {
    this.changes?.unsubscribe();
    const form = submissionForm(value);
    this.form = form;
    this.files.set(value.files);
    this.changes = form.valueChanges.subscribe(() => {
      this.autosave.change(this.value());
    });
  }

  private value(): SubmissionValue {
    return { sections: this.form ? sectionsOf(this.form) : [], files: this.files() };
  }

  private setFiles(files: readonly SubmissionFileDto[]): void {
    this.files.set(files);
    this.form?.controls.fileIds.setValue(files.map((file) => file.id));
  }
}
