import { ChangeDetectionStrategy, Component, computed, effect, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Api } from '@api/api';
import { listPractices } from '@api/functions';
import { MaturityLevel, PracticeListItemDto } from '@api/models';
import { ApiProblem, AppDatePipe, SessionService } from '@core';
import { EmptyState, Loading, PageHeader, ProblemView, StateChip, Toast } from '@ui';
import { TranslocoService } from '@jsverse/transloco';
import { MATURITY_LEVELS, MATURITY_TONES } from './maturity';

const PAGE = 20;
const FILTERS = ['filter', 'theme', 'maturity', 'province'] as const;
type FilterKey = (typeof FILTERS)[number];

interface Chip {
  readonly key: FilterKey;
  readonly text: string;
}

/** The experience library. Filters live in the address, so that a link shows the same practices. */
@Component({
  selector: 'app-practice-library',
  imports: [
    AppDatePipe,
    EmptyState,
    Loading,
    PageHeader,
    ProblemView,
    RouterLink,
    StateChip,
    TranslocoDirective,
  ],
  templateUrl: './practice-library.html',
  styleUrl: './practice-library.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PracticeLibraryPage {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly session = inject(SessionService);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  private readonly params = toSignal(this.route.queryParamMap, {
    initialValue: this.route.snapshot.queryParamMap,
  });
  private asked = 0;

  protected readonly levels = MATURITY_LEVELS;
  protected readonly tones = MATURITY_TONES;
  protected readonly items = signal<readonly PracticeListItemDto[] | null>(null);
  protected readonly total = signal(0);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly more = signal(false);
  protected readonly mayCertify = computed(() => this.session.can('Replication.Certify'));
  protected readonly value = computed(() => {
    const params = this.params();
    return Object.fromEntries(FILTERS.map((key) => [key, params.get(key) ?? ''])) as Record<
      FilterKey,
      string
    >;
  });
  /** Provinces that the practices in view come from, and the one that is chosen. */
  protected readonly provinces = signal<readonly { code: string; name: string }[]>([]);
  protected readonly chips = computed<Chip[]>(() => {
    const value = this.value();
    return FILTERS.filter((key) => value[key] !== '').map((key) => ({
      key,
      text: this.chipText(key, value[key]),
    }));
  });

  constructor() {
    effect(() => {
      this.value();
      void this.read();
    });
  }

  protected search(event: Event): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    this.go(Object.fromEntries(FILTERS.map((key) => [key, textOf(data.get(key)) || null])));
  }

  protected drop(key: FilterKey): void {
    this.go({ [key]: null });
  }

  protected clear(): void {
    this.go(Object.fromEntries(FILTERS.map((key) => [key, null])));
  }

  protected async read(): Promise<void> {
    const ticket = ++this.asked;
    this.problem.set(null);
    this.items.set(null);
    try {
      const page = await this.page(0);
      // A slower answer to an older question must not replace a newer one.
      if (ticket === this.asked) {
        this.items.set(page.items);
        this.total.set(page.totalCount);
        this.remember(page.items);
        this.toast.announce(
          this.transloco.translate('replication.library.found', { count: page.totalCount }),
        );
      }
    } catch (error) {
      if (ticket === this.asked) {
        this.problem.set(ApiProblem.from(error));
      }
    }
  }

  protected async readMore(): Promise<void> {
    const ticket = this.asked;
    this.more.set(true);
    try {
      const page = await this.page(this.items()?.length ?? 0);
      if (ticket === this.asked) {
        this.items.update((items) => [...(items ?? []), ...page.items]);
        this.remember(page.items);
      }
    } catch (error) {
      this.toast.failure(error);
    } finally {
      this.more.set(false);
    }
  }

  private page(skipCount: number) {
    const { filter, theme, maturity, province } = this.value();
    return this.api.invoke(listPractices, {
      filter: filter || undefined,
      theme: theme || undefined,
      maturity: (maturity || undefined) as MaturityLevel | undefined,
      province: province || undefined,
      skipCount: skipCount,
      maxResultCount: PAGE,
    });
  }

  private go(queryParams: Record<string, string | null>): void {
    void this.router.navigate([], { relativeTo: this.route, queryParams, queryParamsHandling: 'merge' });
  }

  private chipText(key: FilterKey, value: string): string {
    if (key === 'maturity') {
      return this.transloco.translate('replication.maturity.' + value);
    }
    return key === 'province'
      ? (this.provinces().find((province) => province.code === value)?.name ?? value)
      : value;
  }

  private remember(items: readonly PracticeListItemDto[]): void {
    this.provinces.update((known) => {
      const all = new Map(known.map((province) => [province.code, province.name]));
      for (const item of items) {
        all.set(item.originProvince, item.originProvinceName);
      }
      return [...all].sort(([a], [b]) => a.localeCompare(b)).map(([code, name]) => ({ code, name }));
    });
  }
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value.trim() : '';
}
