import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { FileMatchesDto, LedgerChangeDto } from '@api/models';
import { ApiProblem, AppFileSizePipe } from '@core';
import { Busy, FileTransfer, ProblemView, StateChip, Toast, Uploads, problemText } from '@ui';
import { LedgerApi } from './ledger-api';
import {
  Placement,
  PlaceMode,
  gapOf,
  holdsSomething,
  placementsOf,
  requestOf,
  slotOf,
} from './ledger-matching';

const MOST_FILES = 200;

/**
 * Many files at once. Their names say where they belong; a person looks at it and corrects it. Nothing is sent before
 * that, and nothing is placed before every file has arrived.
 */
@Component({
  selector: 'app-ledger-bulk-upload',
  imports: [AppFileSizePipe, Busy, ProblemView, StateChip, TranslocoDirective],
  templateUrl: './ledger-bulk-upload.html',
  styleUrl: './ledger-bulk-upload.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LedgerBulkUpload {
  private readonly api = inject(LedgerApi);
  private readonly uploads = inject(Uploads);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);

  readonly pilotId = input.required<string>();
  readonly placed = output<LedgerChangeDto>();
  readonly closed = output();

  protected readonly matches = signal<FileMatchesDto | null>(null);
  protected readonly placements = signal<readonly Placement[]>([]);
  protected readonly transfers = signal<readonly FileTransfer[]>([]);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly busy = signal(false);

  protected readonly rows = computed(() => {
    const matches = this.matches();
    const all = this.placements();
    return matches
      ? all.map((placement, index) => {
          const slot = slotOf(placement, matches);
          return {
            placement,
            slot,
            holds: holdsSomething(slot),
            gap: gapOf(placement, all, matches),
            transfer: this.transfers()[index] ?? null,
          };
        })
      : [];
  });
  protected readonly ready = computed(() => this.rows().filter((row) => row.gap === null).length);
  protected readonly arrived = computed(
    () => this.transfers().filter((transfer) => transfer.state() === 'done').length,
  );
  protected readonly sending = computed(() =>
    this.transfers().some((transfer) => ['uploading', 'checking'].includes(transfer.state())),
  );

  constructor() {
    effect(() => {
      // Once everything has arrived the files are placed, in one go.
      const all = this.transfers();
      if (all.length > 0 && this.arrived() === all.length) {
        untracked(() => void this.place());
      }
    });
  }

  hasUnsavedChanges(): boolean {
    return this.placements().length > 0;
  }

  protected chosen(event: Event): void {
    const chooser = event.target as HTMLInputElement;
    void this.match([...(chooser.files ?? [])]);
    // The same file may be chosen again after a correction.
    chooser.value = '';
  }

  protected setItem(index: number, event: Event): void {
    this.change(index, { itemId: valueOf(event), mode: '' });
  }

  protected setArtefact(index: number, event: Event): void {
    this.change(index, { artefactKey: valueOf(event), mode: '' });
  }

  protected setMode(index: number, event: Event): void {
    this.change(index, { mode: valueOf(event) as PlaceMode | '' });
  }

  protected remove(index: number): void {
    const transfer = this.transfers()[index];
    if (transfer && !transfer.stored()) {
      void transfer.cancel();
    }
    this.placements.update((all) => all.filter((_, other) => other !== index));
    this.transfers.update((all) => all.filter((_, other) => other !== index));
    if (this.placements().length === 0) {
      this.matches.set(null);
    }
  }

  protected reason(transfer: FileTransfer): string {
    const problem = transfer.problem();
    return problem ? problemText(problem, this.transloco) : '';
  }

  protected again(transfer: FileTransfer): void {
    transfer.start();
  }

  /** Sends what has been looked at. */
  protected send(): void {
    if (this.rows().some((row) => row.gap !== null) || this.transfers().length > 0) {
      return;
    }
    const transfers = this.placements().map((placement) => this.uploads.send(placement.file));
    this.transfers.set(transfers);
    for (const transfer of transfers) {
      transfer.start();
    }
  }

  private async match(files: readonly File[]): Promise<void> {
    if (files.length === 0) {
      return;
    }
    const all = [...this.placements().map((placement) => placement.file), ...files];
    if (all.length > MOST_FILES) {
      this.problem.set(
        new ApiProblem({
          title: this.transloco.translate('pilots.ledger.tooManyFiles', { max: MOST_FILES }),
          status: 422,
          code: 'Client:TooManyFiles',
        }),
      );
      return;
    }
    this.busy.set(true);
    this.problem.set(null);
    try {
      const matches = await firstValueFrom(
        this.api.match(
          this.pilotId(),
          all.map((file) => file.name),
        ),
      );
      const kept = this.placements();
      this.matches.set(matches);
      // What was corrected stays as it was corrected.
      this.placements.set([...kept, ...placementsOf(all, matches).slice(kept.length)]);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    } finally {
      this.busy.set(false);
    }
  }

  private async place(): Promise<void> {
    const matches = this.matches();
    if (!matches || this.busy()) {
      return;
    }
    this.busy.set(true);
    const sent = this.placements().map((placement, index) => ({
      placement,
      fileId: this.transfers()[index]?.stored()?.fileId ?? '',
    }));
    try {
      const change = await firstValueFrom(this.api.place(this.pilotId(), requestOf(sent, matches)));
      this.placements.set([]);
      this.transfers.set([]);
      this.matches.set(null);
      this.toast.success(
        this.transloco.translate('pilots.ledger.placed', { files: sent.length, slots: change.changed }),
      );
      this.placed.emit(change);
    } catch (error) {
      const problem = ApiProblem.from(error);
      this.problem.set(problem);
      this.transfers.set([]);
      if (problem.isConflict) {
        // Somebody changed a slot meanwhile: look again at what they hold, and choose again.
        const files = this.placements().map((placement) => placement.file);
        this.placements.update((all) => all.map((placement) => ({ ...placement, mode: '' })));
        this.matches.set(
          await firstValueFrom(
            this.api.match(
              this.pilotId(),
              files.map((file) => file.name),
            ),
          ),
        );
      }
    } finally {
      this.busy.set(false);
    }
  }

  private change(index: number, change: Partial<Placement>): void {
    this.placements.update((all) =>
      all.map((placement, other) =>
        other === index ? { ...placement, ...change, problem: null } : placement,
      ),
    );
  }
}

function valueOf(event: Event): string {
  return (event.target as HTMLSelectElement).value;
}
