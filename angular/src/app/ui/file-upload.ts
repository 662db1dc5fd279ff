import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
  booleanAttribute,
} from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApiProblem, AppFileSizePipe, PreferencesService, formatFileSize } from '@core';
import { Field } from './form';
import { problemText } from './problem-text';
import { FileTransfer, StoredFile, Uploads } from './upload.service';

let nextId = 0;

/**
 * Drop files or choose them; each shows its progress, can be cancelled and tried again. Inside `ui-field` the button that
 * opens the chooser is the field's control: the label opens it too, and names it together with its own text.
 */
@Component({
  selector: 'ui-file-upload',
  imports: [AppFileSizePipe, TranslocoDirective],
  templateUrl: './file-upload.html',
  styleUrl: './file-upload.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FileUpload {
  private readonly uploads = inject(Uploads);
  private readonly transloco = inject(TranslocoService);
  private readonly preferences = inject(PreferencesService);
  protected readonly field = inject(Field, { optional: true });
  protected readonly id = `file-upload-${++nextId}`;

  /** Already translated. */
  readonly label = input.required<string>();
  /** Extensions with their dots: `['.pdf', '.docx']`; empty allows all that the server allows. */
  readonly accept = input<readonly string[]>([]);
  readonly maxBytes = input(200 * 1024 * 1024);
  readonly multiple = input(false, { transform: booleanAttribute });
  readonly disabled = input(false, { transform: booleanAttribute });

  /** Once a file, after the server has checked it. */
  readonly uploaded = output<StoredFile>();
  /** The person took away a file that had been uploaded. */
  readonly removed = output<StoredFile>();
  /** True while anything is on its way: forms wait with submitting. */
  readonly busyChange = output<boolean>();

  protected readonly transfers = signal<readonly FileTransfer[]>([]);
  protected readonly dragging = signal(false);
  private readonly announced = new Set<FileTransfer>();
  private readonly chooser = viewChild.required<ElementRef<HTMLInputElement>>('chooser');

  protected readonly acceptText = computed(() => this.accept().join('、'));
  protected readonly maxText = computed(() => formatFileSize(this.maxBytes(), this.preferences.language()));
  protected readonly describedBy = computed(() =>
    [this.field?.describedBy(), `${this.id}-limits`].filter((id) => id).join(' '),
  );
  private readonly busy = computed(() =>
    this.transfers().some((transfer) => ['uploading', 'checking'].includes(transfer.state())),
  );

  constructor() {
    effect(() => {
      this.busyChange.emit(this.busy());
    });
    effect(() => {
      for (const transfer of this.transfers()) {
        const stored = transfer.stored();
        if (stored && !this.announced.has(transfer)) {
          this.announced.add(transfer);
          untracked(() => {
            this.uploaded.emit(stored);
          });
        }
      }
    });
  }

  protected choose(): void {
    this.chooser().nativeElement.click();
  }

  protected chosen(event: Event): void {
    const chooser = event.target as HTMLInputElement;
    this.add(chooser.files);
    // The same file may be chosen again after a correction.
    chooser.value = '';
  }

  protected drop(event: DragEvent): void {
    event.preventDefault();
    this.dragging.set(false);
    this.add(event.dataTransfer?.files ?? null);
  }

  protected dragOver(event: DragEvent): void {
    event.preventDefault();
    this.dragging.set(!this.disabled());
  }

  protected percent(transfer: FileTransfer): number {
    return transfer.file.size === 0 ? 0 : Math.round((transfer.sent() / transfer.file.size) * 100);
  }

  protected reason(problem: ApiProblem): string {
    return problemText(problem, this.transloco);
  }

  protected remove(transfer: FileTransfer): void {
    const stored = transfer.stored();
    this.transfers.update((transfers) => transfers.filter((other) => other !== transfer));
    if (stored) {
      this.removed.emit(stored);
    } else {
      void transfer.cancel();
    }
  }

  /** Empties the list after the form has been submitted. */
  clear(): void {
    this.transfers.set([]);
  }

  private add(files: FileList | null): void {
    if (this.disabled() || !files || files.length === 0) {
      return;
    }
    const taken = this.multiple() ? [...files] : [...files].slice(0, 1);
    const added = taken.map((file) => this.uploads.send(file));
    if (!this.multiple()) {
      for (const transfer of this.transfers()) {
        this.remove(transfer);
      }
    }
    this.transfers.update((transfers) => [...transfers, ...added]);
    for (const transfer of added) {
      const refusal = this.refusal(transfer.file);
      if (refusal) {
        transfer.problem.set(new ApiProblem({ title: refusal, status: 422, code: 'Client:FileRefused' }));
        transfer.state.set('failed');
      } else {
        transfer.start();
      }
    }
  }

  /** Saves the person the wait; the server checks again, and the content as well. */
  private refusal(file: File): string | null {
    const accept = this.accept();
    if (file.size === 0) {
      return this.transloco.translate('ui.upload.emptyFile');
    }
    if (file.size > this.maxBytes()) {
      return this.transloco.translate('ui.upload.tooLarge', { max: this.maxText() });
    }
    if (accept.length > 0 && !accept.some((suffix) => file.name.toLowerCase().endsWith(suffix))) {
      return this.transloco.translate('ui.upload.wrongType', { accept: this.acceptText() });
    }
    return null;
  }

  protected retryable(transfer: FileTransfer): boolean {
    return transfer.state() === 'failed' && transfer.problem()?.code !== 'Client:FileRefused';
  }
}
