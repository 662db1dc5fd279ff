import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  Injector,
  OnDestroy,
  OnInit,
  afterNextRender,
  computed,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { ReactiveFormsModule } from '@angular/forms';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Observable, Subscription, firstValueFrom, tap } from 'rxjs';
import { SlotContentDto, SlotDto, SubmissionFileDto } from '@api/models';
import { ApiProblem, AppInstantPipe } from '@core';
import {
  AutosaveIndicator,
  Busy,
  Confirm,
  Conflict,
  DraftAutosave,
  DraftBackup,
  DraftBackupNotice,
  ErrorSummary,
  Field,
  FileUpload,
  Loading,
  ProblemView,
  StateChip,
  StoredFile,
  Toast,
  UiForm,
  UiInput,
  draftAutosave,
} from '@ui';
import { FileList } from './file-list';
import { LedgerApi } from './ledger-api';
import { LedgerSlotContent } from './ledger-slot-content';
import {
  SlotForm,
  SlotValue,
  beginningOfSlot,
  draftOf,
  holdsContent,
  settle,
  slotForm,
} from './ledger-slot-form';
import { stateOf, toneOfCell } from './ledger-state';

/** One slot: what it holds, its history, and what one may do to it. Begun anew for each slot. */
@Component({
  selector: 'app-ledger-slot-panel',
  imports: [
    AppInstantPipe,
    AutosaveIndicator,
    Busy,
    DraftBackupNotice,
    ErrorSummary,
    Field,
    FileList,
    FileUpload,
    LedgerSlotContent,
    Loading,
    ProblemView,
    ReactiveFormsModule,
    StateChip,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  templateUrl: './ledger-slot-panel.html',
  styleUrl: './ledger-slot-panel.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LedgerSlotPanel implements OnInit, OnDestroy {
  private readonly api = inject(LedgerApi);
  private readonly confirm = inject(Confirm);
  private readonly conflict = inject(Conflict);
  private readonly injector = inject(Injector);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');

  readonly slotId = input.required<string>();
  /** The slot as it is now, whenever it changed. */
  readonly changed = output<SlotDto>();
  readonly closed = output();

  protected readonly slot = signal<SlotDto | null>(null);
  protected readonly loadProblem = signal<ApiProblem | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly files = signal<readonly SubmissionFileDto[]>([]);
  /** Uploaded on this visit: the upload shows these itself. */
  private readonly fresh = signal<ReadonlySet<string>>(new Set());
  protected readonly kept = computed(() => this.files().filter((file) => !this.fresh().has(file.id)));
  protected readonly uploading = signal(false);
  protected readonly handingIn = signal(false);
  protected readonly notApplicable = signal(false);
  protected readonly backup = signal<DraftBackup<SlotValue> | null>(null);
  protected readonly form = signal<SlotForm | null>(null);
  protected readonly asksContact = computed(() => {
    const slot = this.slot();
    // Also where somebody filled it in although the artefact does not ask for it: nothing is hidden.
    return slot !== null && (slot.asksContact || Boolean((slot.draft ?? slot.latest)?.contactName));
  });
  protected readonly state = computed(() => {
    const slot = this.slot();
    return slot
      ? stateOf({
          status: slot.status,
          closedInVersion: slot.closedInVersion,
          isFilled: slot.draft?.isFilled ?? false,
          draftStamp: slot.draft?.concurrencyStamp ?? null,
        })
      : 'Open';
  });
  protected readonly toneOf = toneOfCell;
  protected readonly older = computed(
    () => this.slot()?.versions.filter((version) => version.status !== 'Draft') ?? [],
  );
  protected autosave!: DraftAutosave<SlotValue>;
  private stamp: string | null = null;
  private changes: Subscription | null = null;

  ngOnInit(): void {
    this.autosave = draftAutosave<SlotValue>({
      key: `ledger-slot:${this.slotId()}`,
      injector: this.injector,
      save: (value) => this.save(value),
    });
    this.backup.set(this.autosave.backup());
    this.load(true);
  }

  ngOnDestroy(): void {
    this.changes?.unsubscribe();
    // The pause after the last key need not have passed.
    this.autosave.flush();
  }

  hasUnsavedChanges(): boolean {
    const form = this.form();
    return this.autosave.hasUnsaved() || this.uploading() || (form !== null && form.dirty && form.invalid);
  }

  load(focus = false): void {
    this.loadProblem.set(null);
    this.api.slot(this.slotId()).subscribe({
      next: (slot) => {
        this.show(slot);
        if (focus) {
          afterNextRender(() => this.heading()?.nativeElement.focus(), { injector: this.injector });
        }
      },
      error: (error: unknown) => {
        this.loadProblem.set(ApiProblem.from(error));
      },
    });
  }

  protected addFile(file: StoredFile): void {
    this.fresh.update((ids) => new Set([...ids, file.fileId]));
    const { fileId: id, name, size, contentType, sha256 } = file;
    this.setFiles([...this.files(), { id, name, size, contentType, sha256 }]);
  }

  protected removeFile(id: string): void {
    this.setFiles(this.files().filter((file) => file.id !== id));
  }

  protected restore(value: SlotValue): void {
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
    const now = await firstValueFrom(this.api.slot(this.slotId()));
    const theirs = beginningOfSlot(now.draft, now.latest);
    const mine = this.value();
    const text = (key: string) => this.transloco.translate(key);
    const filesOf = (value: SlotValue) => value.files.map((file) => file.name).join('\n');
    const answer = await this.conflict.ask({
      fields: [
        { label: text('pilots.ledger.text'), mine: mine.text, theirs: theirs.text },
        { label: text('pilots.ledger.contactName'), mine: mine.contactName, theirs: theirs.contactName },
        { label: text('pilots.ledger.contactPhone'), mine: mine.contactPhone, theirs: theirs.contactPhone },
        { label: text('pilots.ledger.files'), mine: filesOf(mine), theirs: filesOf(theirs) },
      ].filter((field) => field.mine !== field.theirs),
    });
    if (answer === 'mine') {
      this.stamp = now.draft?.concurrencyStamp ?? null;
      this.autosave.flush();
    } else if (answer === 'theirs') {
      this.autosave.discard();
      this.show(now);
      this.changed.emit(now);
    }
  };

  /** What is on the panel is what is handed in, also within the autosave's pause. */
  protected async handIn(): Promise<void> {
    const value = this.value();
    if (!holdsContent(value)) {
      this.toast.failure(
        new ApiProblem({
          title: this.transloco.translate('pilots.ledger.nothingToHandIn'),
          status: 422,
          code: 'Client:Empty',
        }),
      );
      return;
    }
    this.handingIn.set(true);
    this.problem.set(null);
    try {
      const saved = await firstValueFrom(this.save(value));
      this.autosave.discard();
      await this.done(
        this.api.handIn(this.slotId(), saved.draft?.concurrencyStamp ?? ''),
        'pilots.ledger.handedIn',
      );
    } catch (error) {
      this.failed(error);
    } finally {
      this.handingIn.set(false);
    }
  }

  protected readonly clear = async () => {
    const slot = this.slot();
    if (!slot || this.stamp === null) {
      return;
    }
    const answer = await this.confirm.ask({
      title: this.transloco.translate('pilots.ledger.clearTitle'),
      message: this.transloco.translate('pilots.ledger.clearText'),
      affected: [
        `${slot.itemNumber} ${slot.itemName} · ${slot.artefactName}`,
        ...this.files().map((file) => file.name),
      ],
      confirmLabel: this.transloco.translate('pilots.ledger.clear'),
      danger: true,
    });
    if (answer) {
      this.autosave.discard();
      await this.done(this.api.clear(slot.id, this.stamp), 'pilots.ledger.cleared');
    }
  };

  protected readonly confirmSlot = async () => {
    const slot = this.slot();
    if (slot) {
      await this.decide(this.api.confirm(slot.id, slot.concurrencyStamp), 'pilots.ledger.confirmedOne');
    }
  };

  protected readonly returnSlot = async () => {
    const slot = this.slot();
    const answer =
      slot &&
      (await this.confirm.ask({
        title: this.transloco.translate('pilots.ledger.returnTitle'),
        message: this.transloco.translate('pilots.ledger.returnText', { region: slot.regionName }),
        affected: [`${slot.itemNumber} ${slot.itemName} · ${slot.artefactName}`],
        confirmLabel: this.transloco.translate('pilots.ledger.return'),
        danger: true,
        reasonLabel: this.transloco.translate('pilots.ledger.returnReason'),
      }));
    if (slot && answer) {
      await this.decide(
        this.api.return(slot.id, slot.concurrencyStamp, answer.reason),
        'pilots.ledger.returnedOne',
      );
    }
  };

  protected titleOf(version: SlotContentDto): string {
    return this.transloco.translate('pilots.ledger.versionOf', {
      version: version.version,
      status: this.transloco.translate(
        `pilots.ledger.state.${version.status === 'Draft' ? 'Open' : version.status}`,
      ),
    });
  }

  private async decide(work: Observable<SlotDto>, doneKey: string): Promise<void> {
    try {
      await this.done(work, doneKey);
    } catch (error) {
      this.failed(error);
    }
  }

  private async done(work: Observable<SlotDto>, doneKey: string): Promise<void> {
    const slot = await firstValueFrom(work);
    this.show(slot);
    this.changed.emit(slot);
    this.toast.success(this.transloco.translate(doneKey));
    // The button that was pressed is gone.
    afterNextRender(() => this.heading()?.nativeElement.focus(), { injector: this.injector });
  }

  private failed(error: unknown): void {
    const problem = ApiProblem.from(error);
    if (problem.isConflict) {
      // Somebody was faster: show how it stands now; what was typed stays on this device.
      this.toast.failure(problem);
      this.load();
    } else {
      this.problem.set(problem);
      if (!this.form()) {
        this.toast.failure(problem);
      }
    }
  }

  private save(value: SlotValue): Observable<SlotDto> {
    return this.api.save(this.slotId(), draftOf(value, this.stamp)).pipe(
      tap((slot) => {
        this.stamp = slot.draft?.concurrencyStamp ?? null;
        this.slot.set(slot);
        this.changed.emit(slot);
      }),
    );
  }

  private show(slot: SlotDto): void {
    this.slot.set(slot);
    this.stamp = slot.draft?.concurrencyStamp ?? null;
    this.fresh.set(new Set());
    if (slot.canFill) {
      this.edit(beginningOfSlot(slot.draft, slot.latest));
    } else {
      this.changes?.unsubscribe();
      this.form.set(null);
    }
  }

  private edit(value: SlotValue): void {
    this.changes?.unsubscribe();
    const form = slotForm(value);
    this.files.set(value.files);
    this.notApplicable.set(value.isNotApplicable);
    this.form.set(form);
    this.changes = form.valueChanges.subscribe(() => {
      settle(form);
      this.notApplicable.set(form.controls.isNotApplicable.value);
      if (form.valid) {
        this.autosave.change(this.value());
      }
    });
  }

  private value(): SlotValue {
    const form = this.form();
    if (!form) {
      return beginningOfSlot(null, null);
    }
    const { isNotApplicable, text, contactName, contactPhone } = form.getRawValue();
    return { isNotApplicable, text, contactName, contactPhone, files: this.files() };
  }

  private setFiles(files: readonly SubmissionFileDto[]): void {
    this.files.set(files);
    const control = this.form()?.controls.fileIds;
    control?.markAsDirty();
    control?.setValue(files.map((file) => file.id));
  }
}
