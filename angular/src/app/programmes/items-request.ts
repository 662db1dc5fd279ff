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
import { FormArray, FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatDialog } from '@angular/material/dialog';
import { Router, RouterLink } from '@angular/router';
import { Api } from '@api/api';
import { listServiceItems } from '@api/fn/item-lists/list-service-items';
import { discardRegionRequest } from '@api/fn/region-requests/discard-region-request';
import { getRegionRequest } from '@api/fn/region-requests/get-region-request';
import { refuseRegionRequest } from '@api/fn/region-requests/refuse-region-request';
import { returnRegionRequest } from '@api/fn/region-requests/return-region-request';
import { reviseRegionRequest } from '@api/fn/region-requests/revise-region-request';
import { submitRegionRequest } from '@api/fn/region-requests/submit-region-request';
import { withdrawRegionRequest } from '@api/fn/region-requests/withdraw-region-request';
import { AskedItemDto } from '@api/models/asked-item-dto';
import { RegionRequestDto } from '@api/models/region-request-dto';
import { RequestedItem } from '@api/models/requested-item';
import { ServiceItemDto } from '@api/models/service-item-dto';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import {
  ApiProblem,
  AppDateTextPipe,
  AppFileSizePipe,
  AppInstantPipe,
  SessionService,
  formatInstant,
} from '@core';
import {
  Busy,
  Confirm,
  ConflictField,
  ErrorSummary,
  Field,
  FileUpload,
  Loading,
  MenuAction,
  PageHeader,
  ProblemView,
  StateChip,
  StoredFile,
  Toast,
  UiForm,
  UiInput,
  warnBeforeUnload,
} from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { ItemsAccept, ItemsAcceptResult } from './items-accept';
import { requestTone } from './labels';
import { OwnDraft } from './own-draft';

const SHOWN = 20;
const MOST_FILES = 10;

type ItemGroup = FormGroup<{
  itemId: FormControl<string | null>;
  name: FormControl<string>;
  officeName: FormControl<string>;
  mode: FormControl<string>;
}>;

function itemGroup(item: AskedItemDto): ItemGroup {
  return new FormGroup({
    itemId: new FormControl(item.itemId),
    name: new FormControl(item.name, {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(300)],
    }),
    officeName: new FormControl(item.officeName, {
      nonNullable: true,
      validators: Validators.maxLength(100),
    }),
    mode: new FormControl(item.mode ?? '', { nonNullable: true, validators: Validators.maxLength(40) }),
  });
}

interface ShownFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

/** 基层点单: a region asks for further items of a list; its issuer decides. */
@Component({
  selector: 'app-items-request',
  imports: [
    AppDateTextPipe,
    AppFileSizePipe,
    AppInstantPipe,
    Busy,
    ErrorSummary,
    Field,
    FileUpload,
    Loading,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    RouterLink,
    StateChip,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  templateUrl: './items-request.html',
  styleUrl: './items-request.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ItemsRequestPage {
  private readonly api = inject(Api);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly confirm = inject(Confirm);
  private readonly dialog = inject(MatDialog);
  private readonly router = inject(Router);
  private readonly session = inject(SessionService);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);

  readonly id = input.required<string>();
  protected readonly own = new OwnDraft<RegionRequestDto>({
    read: (id) => this.api.invoke(getRegionRequest, { id }),
    fill: (request) => {
      this.fill(request);
    },
    compare: (theirs) => this.compare(theirs),
  });
  protected readonly request = this.own.record;
  protected readonly uploading = signal(false);
  protected readonly files = signal<readonly ShownFile[]>([]);
  protected readonly found = signal<{
    readonly items: readonly ServiceItemDto[];
    readonly total: number;
  } | null>(null);
  protected readonly searchProblem = signal<ApiProblem | null>(null);
  protected readonly tone = requestTone;
  protected readonly mostFiles = MOST_FILES;
  protected readonly form = new FormGroup({
    reasons: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(4000)],
    }),
    items: new FormArray<ItemGroup>([], (items) =>
      (items as FormArray).length > 0
        ? null
        : { text: this.transloco.translate('programmes.items.request.noItems') },
    ),
    fileIds: new FormControl<readonly string[]>([], { nonNullable: true }),
  });
  private readonly chosen = signal<ReadonlySet<string>>(new Set());
  private gone = false;
  private search = 0;

  protected readonly editable = computed(() => {
    const request = this.request();
    return (
      request !== null &&
      request.isOwn &&
      ['Draft', 'Withdrawn', 'Returned'].includes(request.status) &&
      this.session.can('Programmes.RequestItems')
    );
  });
  protected readonly mayWithdraw = computed(
    () =>
      (this.request()?.isOwn ?? false) &&
      this.request()?.status === 'Submitted' &&
      this.session.can('Programmes.RequestItems'),
  );
  protected readonly mayDecide = computed(
    () =>
      (this.request()?.isIssuer ?? false) &&
      this.request()?.status === 'Submitted' &&
      this.session.can('Programmes.EditItemLists'),
  );
  /** The decision still stands. */
  protected readonly decided = computed(() =>
    ['Returned', 'Accepted', 'Refused'].includes(this.request()?.status ?? ''),
  );
  protected readonly awaitsIssue = computed(() => {
    const request = this.request();
    return (
      request?.status === 'Accepted' && !request.issuedVersion && request.items.some((item) => item.listedAs)
    );
  });
  protected readonly leftOut = computed(
    () => (this.request()?.items ?? []).filter((item) => item.leftOut).length,
  );
  protected outcomeText(): string {
    const request = this.request();
    if (!request) {
      return '';
    }
    switch (request.status) {
      case 'Draft':
        return '';
      case 'Submitted':
        return this.transloco.translate(
          request.isIssuer ? 'programmes.items.request.waitsForYou' : 'programmes.items.request.waits',
        );
      case 'Withdrawn':
        return this.transloco.translate('programmes.items.request.wasWithdrawn');
      default: {
        const left = this.leftOut();
        const accepted = request.items.length - left;
        const decided: string = this.transloco.translate('programmes.items.request.decided', {
          status: this.statusText(),
          by: request.decidedByName,
          at: formatInstant(request.decidedAt),
        });
        const inPart: string = this.transloco.translate('programmes.items.request.inPart', {
          accepted,
          left,
        });
        return left > 0 ? decided + inPart : decided;
      }
    }
  }

  protected statusText(): string {
    return this.leftOut() > 0
      ? this.transloco.translate('programmes.items.request.partly')
      : this.transloco.translate('programmes.items.request.status.' + (this.request()?.status ?? ''));
  }

  protected decisionText(): string {
    const request = this.request();
    return this.transloco.translate(
      request?.status === 'Accepted' ? 'programmes.items.request.noted' : 'programmes.items.request.because',
      { reason: request?.decisionReason },
    );
  }

  protected readonly actions = computed<MenuAction[]>(() =>
    this.editable() && this.request()?.status === 'Draft'
      ? [
          {
            text: this.transloco.translate('programmes.items.request.discard'),
            danger: true,
            run: () => void this.discard(),
          },
        ]
      : [],
  );

  constructor() {
    warnBeforeUnload(this);
    effect(() => {
      this.id();
      untracked(() => void this.load());
    });
  }

  hasUnsavedChanges(): boolean {
    return !this.gone && this.form.dirty;
  }

  protected async load(): Promise<void> {
    await this.own.reading.run(async () => {
      this.own.show(await this.api.invoke(getRegionRequest, { id: this.id() }));
    });
    if (this.editable()) {
      await this.find('');
    }
  }

  /** What became of an item; null until the request is accepted, and in those accepted before it was kept. */
  protected outcomeOf(item: RequestedItem): 'listed' | 'inDraft' | 'leftOut' | 'dropped' | null {
    const request = this.request();
    if (request?.status !== 'Accepted') {
      return null;
    }
    if (item.listedAs) {
      return request.issuedVersion ? 'listed' : 'inDraft';
    }
    return item.leftOut ? 'leftOut' : request.issuedVersion ? 'dropped' : null;
  }

  /* What is asked for. */

  protected async find(text: string): Promise<void> {
    const request = this.request();
    if (!request) {
      return;
    }
    const search = ++this.search;
    this.searchProblem.set(null);
    try {
      const page = await this.api.invoke(listServiceItems, {
        id: request.listId,
        groupKey: 'others',
        filter: text.trim() || undefined,
        maxResultCount: SHOWN,
      });
      // A later search may have answered first.
      if (search === this.search) {
        this.found.set({ items: page.items, total: page.totalCount });
      }
    } catch (error) {
      this.searchProblem.set(ApiProblem.from(error));
    }
  }

  protected isChosen(item: ServiceItemDto): boolean {
    return this.chosen().has(item.id);
  }

  protected choose(item: ServiceItemDto): void {
    this.toast.announce(
      this.transloco.translate('programmes.items.request.chosen', {
        name: item.name,
        count: this.form.controls.items.length + 1,
      }),
    );
    this.add({ itemId: item.id, name: item.name, officeName: item.officeName, mode: item.mode });
  }

  protected addNamed(): void {
    this.add({ itemId: null, name: '', officeName: '', mode: null });
    const at = this.form.controls.items.length - 1;
    // The row comes with the next rendering.
    setTimeout(() => document.querySelector<HTMLElement>(`[data-item="${String(at)}"] input`)?.focus());
  }

  protected removeItem(index: number): void {
    this.form.controls.items.removeAt(index);
    this.changed();
    this.toast.announce(
      this.transloco.translate('programmes.items.request.items', { count: this.form.controls.items.length }),
    );
    // The pressed button may be gone with the row: go on at the row that took its place, else where one is added.
    const next = Math.min(index, this.form.controls.items.length - 1);
    setTimeout(() =>
      document.querySelector<HTMLElement>(`[data-item="${String(next)}"] > button, .button.add`)?.focus(),
    );
  }

  protected addFile(file: StoredFile): void {
    this.setFiles([...this.files(), { id: file.fileId, name: file.name, size: file.size }]);
  }

  protected removeFile(fileId: string): void {
    this.setFiles(this.files().filter((file) => file.id !== fileId));
  }

  /* The region's acts. */

  protected readonly saveDraft = async (): Promise<void> => {
    await this.own.save(async () => {
      this.own.show(await this.save());
      this.toast.success(this.transloco.translate('programmes.items.request.saved'));
    });
  };

  protected async submit(): Promise<void> {
    const request = this.request();
    const confirmed =
      request &&
      (await this.confirm.ask({
        title: this.transloco.translate('programmes.items.request.submitTitle', { title: request.listTitle }),
        message: this.transloco.translate('programmes.items.request.submitText', {
          count: this.form.controls.items.length,
        }),
        confirmLabel: this.transloco.translate('programmes.items.request.submit'),
      }));
    if (!confirmed) {
      return;
    }
    await this.own.save(async () => {
      const saved = await this.save();
      this.own.show(saved);
      this.own.show(
        await this.api.invoke(submitRegionRequest, {
          id: saved.id,
          body: { concurrencyStamp: saved.concurrencyStamp },
        }),
      );
      this.toast.success(this.transloco.translate('programmes.items.request.submitted'));
      this.focusOutcome();
    });
  }

  protected readonly withdraw = async (): Promise<void> => {
    const request = this.request();
    const confirmed =
      request &&
      (await this.confirm.ask({
        title: this.transloco.translate('programmes.items.request.withdrawTitle'),
        message: this.transloco.translate('programmes.items.request.withdrawText'),
        confirmLabel: this.transloco.translate('programmes.items.request.withdraw'),
        danger: true,
      }));
    if (request && confirmed) {
      await this.act(() =>
        this.api.invoke(withdrawRegionRequest, {
          id: request.id,
          body: { concurrencyStamp: request.concurrencyStamp },
        }),
      );
    }
  };

  private async discard(): Promise<void> {
    const request = this.request();
    const confirmed =
      request &&
      (await this.confirm.ask({
        title: this.transloco.translate('programmes.items.request.discardTitle'),
        message: this.transloco.translate('programmes.items.request.discardText'),
        confirmLabel: this.transloco.translate('programmes.items.request.discard'),
        danger: true,
      }));
    if (!request || !confirmed) {
      return;
    }
    try {
      await this.api.invoke(discardRegionRequest, {
        id: request.id,
        body: { concurrencyStamp: request.concurrencyStamp },
      });
      this.gone = true;
      await this.router.navigate(['/programmes/items', request.listId]);
    } catch (error) {
      this.toast.failure(error);
    }
  }

  /* The issuer's decision. */

  protected readonly accept = async (): Promise<void> => {
    const request = this.request();
    if (!request) {
      return;
    }
    const opened = this.dialog.open<ItemsAccept, RegionRequestDto, ItemsAcceptResult>(ItemsAccept, {
      data: request,
      width: '40rem',
      maxWidth: '95vw',
    });
    const result = await firstValueFrom(opened.afterClosed());
    if (result) {
      await this.act(() =>
        result.problem ? Promise.reject(result.problem) : Promise.resolve(result.request ?? request),
      );
    }
  };

  protected readonly sendBack = (): Promise<void> => this.deny('return', returnRegionRequest);
  protected readonly refuse = (): Promise<void> => this.deny('refuse', refuseRegionRequest);

  private async deny(verb: 'return' | 'refuse', call: typeof refuseRegionRequest): Promise<void> {
    const request = this.request();
    const confirmed =
      request &&
      (await this.confirm.ask({
        title: this.transloco.translate('programmes.items.request.decideTitle.' + verb, {
          region: request.regionName,
        }),
        message: this.transloco.translate('programmes.items.request.decideText.' + verb, {
          count: request.items.length,
        }),
        affected: request.items.map((item) => item.name).slice(0, 10),
        confirmLabel: this.transloco.translate(`programmes.items.request.${verb}`),
        danger: verb === 'refuse',
        reasonLabel: this.transloco.translate('programmes.items.request.reason'),
      }));
    if (request && confirmed) {
      await this.act(() =>
        this.api.invoke(call, {
          id: request.id,
          body: { reason: confirmed.reason, concurrencyStamp: request.concurrencyStamp },
        }),
      );
    }
  }

  private async act(call: () => Promise<RegionRequestDto>): Promise<void> {
    await this.own.act(call);
    if (this.editable() && !this.found()) {
      await this.find('');
    }
    this.focusOutcome();
  }

  /** The button that was pressed is gone: who works by keyboard goes on where the outcome is said. */
  private focusOutcome(): void {
    setTimeout(() => document.querySelector<HTMLElement>('#request-outcome')?.focus());
  }

  private save(): Promise<RegionRequestDto> {
    const request = this.request();
    const { reasons, items, fileIds } = this.form.getRawValue();
    if (!request) {
      throw new Error('There is no request to save.');
    }
    return this.api.invoke(reviseRegionRequest, {
      id: request.id,
      body: {
        reasons,
        items: items.map((item) => ({ ...item, mode: item.mode || null })),
        fileIds: [...fileIds],
        concurrencyStamp: request.concurrencyStamp,
      },
    });
  }

  private add(item: AskedItemDto): void {
    this.form.controls.items.push(itemGroup(item));
    this.changed();
  }

  private setFiles(files: readonly ShownFile[]): void {
    this.files.set(files);
    this.form.controls.fileIds.setValue(files.map((file) => file.id));
    this.form.controls.fileIds.markAsDirty();
  }

  private changed(): void {
    this.form.controls.items.markAsDirty();
    this.note();
  }

  private note(): void {
    this.chosen.set(
      new Set(this.form.controls.items.getRawValue().flatMap((item) => (item.itemId ? [item.itemId] : []))),
    );
  }

  private compare(theirs: RegionRequestDto): ConflictField[] {
    const { reasons, items } = this.form.getRawValue();
    const itemsText = (list: readonly AskedItemDto[]) =>
      list.map((item) => [item.name, item.officeName, item.mode].filter(Boolean).join(' ')).join('\n');
    const filesText = (files: readonly ShownFile[]) => files.map((file) => file.name).join('\n');
    const count = items.length;
    return [
      {
        label: this.transloco.translate('programmes.items.request.items', { count }),
        mine: itemsText(items),
        theirs: itemsText(theirs.items),
      },
      {
        label: this.transloco.translate('programmes.items.request.reasons'),
        mine: reasons,
        theirs: theirs.reasons,
      },
      {
        label: this.transloco.translate('programmes.items.request.files'),
        mine: filesText(this.files()),
        theirs: filesText(theirs.files),
      },
    ];
  }

  private fill(request: RegionRequestDto): void {
    this.breadcrumb.setLeaf(
      this.transloco.translate('programmes.items.request.crumb', { region: request.regionName }),
    );
    this.form.controls.items.clear();
    for (const item of request.items) {
      this.form.controls.items.push(itemGroup(item));
    }
    this.form.controls.reasons.setValue(request.reasons);
    this.files.set(request.files);
    this.form.controls.fileIds.setValue(request.files.map((file) => file.id));
    this.form.markAsPristine();
    this.note();
  }
}
