import { BreakpointObserver } from '@angular/cdk/layout';
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
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Observable, Subscription, firstValueFrom, map } from 'rxjs';
import { LedgerCellDto, LedgerChangeDto, LedgerDto, LedgerFilter, LedgerRowDto, SlotDto } from '@api/models';
import { ApiProblem } from '@core';
import {
  Busy,
  Confirm,
  EmptyState,
  HasUnsavedChanges,
  Loading,
  PageHeader,
  ProblemView,
  StateChip,
  Toast,
  warnBeforeUnload,
} from '@ui';
import { toneOfPilot } from './labels';
import { LedgerApi } from './ledger-api';
import { LedgerBulkUpload } from './ledger-bulk-upload';
import { LedgerMatrix } from './ledger-matrix';
import { LedgerSlotPanel } from './ledger-slot-panel';
import { LEDGER_FILTERS, toDecide, toHandIn, withSlot } from './ledger-state';

const PAGE_SIZE = 50;

/** 事项台账: items × artefacts of one pilot, for the region that fills it and for the issuer who confirms. */
@Component({
  selector: 'app-ledger-page',
  imports: [
    Busy,
    EmptyState,
    LedgerBulkUpload,
    LedgerMatrix,
    LedgerSlotPanel,
    Loading,
    PageHeader,
    ProblemView,
    RouterLink,
    StateChip,
    TranslocoDirective,
  ],
  templateUrl: './ledger-page.html',
  styleUrl: './ledger-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LedgerPage implements HasUnsavedChanges {
  private readonly api = inject(LedgerApi);
  private readonly confirm = inject(Confirm);
  private readonly destroyed = inject(DestroyRef);
  private readonly router = inject(Router);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  private readonly language = toSignal(this.transloco.langChanges$, { initialValue: '' });
  private readonly panel = viewChild(LedgerSlotPanel);
  private readonly bulk = viewChild(LedgerBulkUpload);
  private readonly matrix = viewChild(LedgerMatrix);

  readonly id = input.required<string>();
  // The rest of the address: a link shows the same to whoever gets it.
  readonly office = input<string>();
  readonly state = input<string>();
  readonly search = input<string>();
  readonly page = input<string>();
  readonly slot = input<string>();

  protected readonly narrow = toSignal(
    inject(BreakpointObserver)
      .observe('(max-width: 600px)')
      .pipe(map((seen) => seen.matches)),
    { initialValue: false },
  );
  protected readonly ledger = signal<LedgerDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly refreshing = signal(false);
  protected readonly uploading = signal(false);
  /** Chosen rows stay chosen when one turns the page. */
  private readonly chosen = signal<ReadonlyMap<string, LedgerRowDto>>(new Map());

  protected readonly filters = LEDGER_FILTERS;
  protected readonly tone = toneOfPilot;
  protected readonly pageNumber = computed(() => Math.max(1, Math.floor(Number(this.page() ?? 1)) || 1));
  protected readonly filter = computed(() => LEDGER_FILTERS.find((known) => known === this.state()) ?? null);
  protected readonly isFiltered = computed(() => Boolean(this.office() ?? this.filter() ?? this.search()));
  protected readonly pages = computed(() =>
    Math.max(1, Math.ceil((this.ledger()?.totalCount ?? 0) / PAGE_SIZE)),
  );
  protected readonly range = computed(() => {
    const from = (this.pageNumber() - 1) * PAGE_SIZE + 1;
    return { from, to: from + (this.ledger()?.items.length ?? 0) - 1, total: this.ledger()?.totalCount ?? 0 };
  });
  /** What of the chosen rows is as it stands now, and not as it stood when it was chosen. */
  private readonly chosenNow = computed(() => {
    const shown = new Map((this.ledger()?.items ?? []).map((row) => [row.id, row]));
    return [...this.chosen().values()].map((row) => shown.get(row.id) ?? row);
  });
  protected readonly selected = computed(() => new Set(this.chosen().keys()));
  protected readonly selectable = computed(() => {
    const ledger = this.ledger();
    return (ledger?.canFill ?? false) || (ledger?.canDecide ?? false);
  });
  protected readonly handInable = computed(() => toHandIn(this.chosenNow()));
  protected readonly decidable = computed(() => toDecide(this.chosenNow()));
  protected readonly exportAddress = computed(() =>
    this.api.exportAddress(this.id(), {
      office: this.office(),
      state: this.filter() ?? undefined,
      search: this.search(),
    }),
  );
  private running: Subscription | null = null;

  constructor() {
    warnBeforeUnload(this);
    effect(() => {
      this.id();
      this.office();
      this.state();
      this.search();
      this.page();
      this.language();
      untracked(() => {
        this.load();
      });
    });
  }

  hasUnsavedChanges(): boolean {
    return (this.panel()?.hasUnsavedChanges() ?? false) || (this.bulk()?.hasUnsavedChanges() ?? false);
  }

  protected load(): void {
    this.running?.unsubscribe();
    this.refreshing.set(true);
    this.running = this.api
      .get({
        id: this.id(),
        office: this.office() || undefined,
        state: this.filter() ?? undefined,
        search: this.search() || undefined,
        skipCount: (this.pageNumber() - 1) * PAGE_SIZE,
        maxResultCount: PAGE_SIZE,
      })
      .pipe(takeUntilDestroyed(this.destroyed))
      .subscribe({
        next: (ledger) => {
          this.problem.set(null);
          this.refreshing.set(false);
          this.ledger.set(ledger);
        },
        error: (error: unknown) => {
          this.refreshing.set(false);
          const problem = ApiProblem.from(error);
          this.problem.set(problem);
          // What is open beside the list, with what was typed there, outlasts a refresh that failed;
          // it does not outlast the right to see it.
          if ([401, 403, 404].includes(problem.status) || this.ledger()?.pilotId !== this.id()) {
            this.ledger.set(null);
          }
        },
      });
  }

  protected go(change: Record<string, string | number | null>, keepPage = false): void {
    void this.router.navigate([], {
      queryParams: keepPage ? change : { page: null, ...change },
      queryParamsHandling: 'merge',
    });
  }

  protected searchFor(event: Event, text: string): void {
    event.preventDefault();
    this.go({ search: text.trim() || null });
  }

  protected chooseOffice(event: Event): void {
    this.go({ office: (event.target as HTMLSelectElement).value || null });
  }

  protected chooseState(event: Event): void {
    this.showState(((event.target as HTMLSelectElement).value || null) as LedgerFilter | null);
  }

  protected showState(state: LedgerFilter | null): void {
    this.go({ state });
  }

  protected openCell(cell: LedgerCellDto): void {
    this.go({ slot: cell.id }, true);
  }

  protected closePanel(): void {
    this.go({ slot: null }, true);
    // The phone shows the list again only after the panel has gone.
    setTimeout(() => this.matrix()?.focusActive());
  }

  /** A slot changed in the panel: its cell follows at once, the counts when it matters to them. */
  protected slotChanged(slot: SlotDto): void {
    const ledger = this.ledger();
    const before = ledger?.items.flatMap((row) => row.slots).find((cell) => cell.id === slot.id);
    if (!ledger || !before) {
      return;
    }
    this.ledger.set({ ...ledger, items: withSlot(ledger.items, slot) });
    if (before.status !== slot.status || before.isFilled !== (slot.draft?.isFilled ?? false)) {
      this.load();
    }
  }

  protected toggleRow(row: LedgerRowDto): void {
    this.chosen.update((chosen) => {
      const next = new Map(chosen);
      if (!next.delete(row.id)) {
        next.set(row.id, row);
      }
      return next;
    });
  }

  protected togglePage(on: boolean): void {
    this.chosen.update((chosen) => {
      const next = new Map(chosen);
      for (const row of this.ledger()?.items ?? []) {
        if (on) {
          next.set(row.id, row);
        } else {
          next.delete(row.id);
        }
      }
      return next;
    });
  }

  protected clearChoice(): void {
    this.chosen.set(new Map());
  }

  protected readonly handInChosen = async () => {
    const slots = this.handInable();
    const answer = await this.ask('handIn', slots.length);
    if (answer) {
      await this.run(this.api.handInMany(this.id(), slots), 'pilots.ledger.handedInMany');
    }
  };

  protected readonly confirmChosen = async () => {
    const slots = this.decidable();
    const answer = await this.ask('confirm', slots.length);
    if (answer) {
      await this.run(this.api.confirmMany(this.id(), slots), 'pilots.ledger.confirmedMany');
    }
  };

  protected readonly returnChosen = async () => {
    const slots = this.decidable();
    const answer = await this.ask('return', slots.length, true);
    if (answer) {
      await this.run(this.api.returnMany(this.id(), slots, answer.reason), 'pilots.ledger.returnedMany');
    }
  };

  protected filesPlaced(): void {
    this.uploading.set(false);
    this.load();
    this.panel()?.load();
  }

  private ask(verb: 'handIn' | 'confirm' | 'return', count: number, withReason = false) {
    const ledger = this.ledger();
    const translate = (key: string, values?: Record<string, unknown>) =>
      this.transloco.translate(key, values);
    return this.confirm.ask({
      title: translate('pilots.ledger.ask.' + verb, { count }),
      message: translate('pilots.ledger.askText.' + verb, {
        region: ledger?.regionName ?? '',
        issuer: ledger?.issuerName ?? '',
      }),
      affected: this.chosenNow()
        .slice(0, 5)
        .map((row) => `${row.number} ${row.name}`)
        .concat(
          this.chosenNow().length > 5
            ? [translate('pilots.ledger.andMore', { count: this.chosenNow().length - 5 })]
            : [],
        ),
      confirmLabel: translate('pilots.ledger.' + verb),
      ...(withReason ? { danger: true, reasonLabel: translate('pilots.ledger.returnReason') } : {}),
    });
  }

  private async run(work: Observable<LedgerChangeDto>, doneKey: string): Promise<void> {
    try {
      const change = await firstValueFrom(work);
      this.toast.success(this.transloco.translate(doneKey, { count: change.changed }));
      this.clearChoice();
    } catch (error) {
      this.toast.failure(error);
    }
    // Also after a refusal: somebody was faster, and the page shows what is now.
    this.load();
    this.panel()?.load();
  }
}
