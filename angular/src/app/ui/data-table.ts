import { BreakpointObserver } from '@angular/cdk/layout';
import { NgTemplateOutlet } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  Directive,
  ElementRef,
  TemplateRef,
  computed,
  contentChildren,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
  booleanAttribute,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatMenuModule } from '@angular/material/menu';
import { MatPaginatorModule, PageEvent } from '@angular/material/paginator';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Observable, map } from 'rxjs';
import { ApiProblem } from '@core';
import { afterMenu } from './after-menu';
import { EmptyState } from './empty-state';
import { Loading } from './loading';
import { ProblemView } from './problem-view';
import {
  PAGE_SIZES,
  TablePage,
  TableQuery,
  TableState,
  nextSorting,
  readState,
  writeState,
} from './table-query';

let nextId = 0;

export interface DataColumn<T> {
  /** Also the name of the `uiCell` template and, unless `sortKey` says otherwise, of the sort field. */
  readonly key: string;
  readonly textKey: string;
  /** What the cell shows when it has no template of its own. */
  readonly value?: (row: T) => string | number | null | undefined;
  readonly sortable?: boolean;
  readonly sortKey?: string;
  readonly numeric?: boolean;
  /** Out of sight until chosen. */
  readonly hidden?: boolean;
}

export interface TableFilter {
  /** Name of the server's query parameter. */
  readonly key: string;
  readonly textKey: string;
  /** A choice when given, free text otherwise; `text` is already translated. */
  readonly options?: readonly { readonly value: string; readonly text: string }[];
  /** `date`: a day, written as the placeholder shows. */
  readonly type?: 'date';
}

export interface RowAction {
  /** Already translated. */
  readonly text: string;
  readonly run: () => void;
  readonly danger?: boolean;
}

/** `<ng-template uiCell="name" let-row>…</ng-template>` draws one column's cells. */
@Directive({ selector: 'ng-template[uiCell]' })
export class UiCell {
  readonly uiCell = input.required<string>();
  readonly template = inject<TemplateRef<{ $implicit: unknown }>>(TemplateRef);
}

/**
 * The list of a page: paged, sorted and filtered by the server, its state in the address.
 * At phone width each row becomes a card.
 */
@Component({
  selector: 'ui-data-table',
  imports: [
    EmptyState,
    Loading,
    MatMenuModule,
    MatPaginatorModule,
    NgTemplateOutlet,
    ProblemView,
    RouterLink,
    TranslocoDirective,
  ],
  templateUrl: './data-table.html',
  styleUrl: './data-table.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DataTable<T> {
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  /** What the table lists; read out, shown where `showCaption` asks for it. */
  readonly caption = input.required<string>();
  readonly columns = input.required<readonly DataColumn<T>[]>();
  /** Asked again whenever page, sorting or a filter changes. */
  readonly load = input.required<(query: TableQuery) => Observable<TablePage<T>>>();
  readonly filters = input<readonly TableFilter[]>([]);
  /** Where a row leads: Enter and the first cell's link go there. */
  readonly rowLink = input<((row: T) => string | unknown[]) | null>(null);
  readonly rowActions = input<((row: T) => readonly RowAction[]) | null>(null);
  /** The row's name for assistive technology; the first column's value by default. */
  readonly rowLabel = input<((row: T) => string) | null>(null);
  readonly trackBy = input<(row: T) => unknown>((row) => (row as { id?: unknown }).id ?? row);
  /** Texts of the totals row by column key; they come from the server and cover all pages. */
  readonly totals = input<Readonly<Record<string, string | number>> | null>(null);
  readonly emptyTitle = input('');
  readonly emptyText = input('');
  readonly exportable = input(false, { transform: booleanAttribute });
  /** Keeps several tables of one page apart in the address. */
  readonly prefix = input('');
  readonly pageSize = input(20);
  readonly sorting = input<string | null>(null);

  /** The person asked to export exactly what is shown: same filters, same sorting. */
  readonly exportRequested = output<TableQuery>();
  readonly loaded = output<TablePage<T>>();

  private readonly id = `table-${++nextId}`;
  protected readonly cells = contentChildren(UiCell);
  protected readonly pageSizes = PAGE_SIZES;
  protected readonly afterMenu = afterMenu;
  protected readonly result = signal<TablePage<T> | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly loading = signal(false);
  protected readonly activeRow = signal(0);
  private readonly chosen = signal<ReadonlySet<string> | null>(null);
  private readonly asked = signal(0);

  protected readonly narrow = toSignal(
    inject(BreakpointObserver)
      .observe('(max-width: 600px)')
      .pipe(map((state) => state.matches)),
    { initialValue: false },
  );
  private readonly params = toSignal(this.route.queryParamMap, {
    initialValue: this.route.snapshot.queryParamMap,
  });
  private readonly filterKeys = computed(() => this.filters().map((filter) => filter.key));
  private readonly initial = computed(() => ({ size: this.pageSize(), sorting: this.sorting() }));
  protected readonly state = computed(
    () => readState(this.params(), this.prefix(), this.filterKeys(), this.initial()),
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  protected readonly visibleColumns = computed(() => {
    const chosen = this.chosen();
    return this.columns().filter((column) => (chosen ? chosen.has(column.key) : !column.hidden));
  });
  protected readonly activeFilters = computed(() =>
    this.filters().flatMap((filter) => {
      const value = this.state().filters[filter.key];
      const text = filter.options?.find((option) => option.value === value)?.text ?? value;
      return value ? [{ key: filter.key, textKey: filter.textKey, text }] : [];
    }),
  );

  constructor() {
    effect((onCleanup) => {
      this.asked();
      const load = this.load();
      const query = this.query();
      untracked(() => {
        this.loading.set(true);
        this.problem.set(null);
      });
      // A newer question cancels the older one: answers never overtake each other.
      const subscription = load(query).subscribe({
        next: (page) => {
          this.result.set(page);
          this.loading.set(false);
          this.activeRow.set(0);
          this.loaded.emit(page);
        },
        error: (error: unknown) => {
          this.problem.set(ApiProblem.from(error));
          this.loading.set(false);
        },
      });
      onCleanup(() => {
        subscription.unsubscribe();
      });
    });
  }

  /** After a row has been changed by the page. */
  reload(): void {
    this.asked.update((count) => count + 1);
  }

  protected query(): TableQuery {
    const { page, size, sorting, filters } = this.state();
    return { skipCount: (page - 1) * size, maxResultCount: size, sorting, filters };
  }

  protected cellTemplate(key: string): TemplateRef<{ $implicit: unknown }> | null {
    return this.cells().find((cell) => cell.uiCell() === key)?.template ?? null;
  }

  protected labelOf(row: T): string {
    const label = this.rowLabel();
    return label ? label(row) : String(this.columns()[0]?.value?.(row) ?? '');
  }

  protected link(row: T): string | unknown[] | null {
    return this.rowLink()?.(row) ?? null;
  }

  protected sortOf(column: DataColumn<T>): 'ascending' | 'descending' | 'none' | null {
    if (!column.sortable) {
      return null;
    }
    const key = column.sortKey ?? column.key;
    const sorting = this.state().sorting;
    return sorting === key ? 'ascending' : sorting === `${key} desc` ? 'descending' : 'none';
  }

  protected sort(column: DataColumn<T>): void {
    this.go({ sorting: nextSorting(this.state().sorting, column.sortKey ?? column.key), page: 1 });
  }

  /** An empty cell says that it is empty. */
  protected shown(value: string | number | null | undefined): string | number {
    return value === null || value === undefined || value === '' ? '—' : value;
  }

  protected filterId(key: string): string {
    return `${this.id}-${key}`;
  }

  protected filterBy(key: string, event: Event): void {
    const value = (event.target as HTMLInputElement | HTMLSelectElement).value.trim();
    this.go({ filters: { ...this.state().filters, [key]: value }, page: 1 });
  }

  protected clearFilter(key: string): void {
    this.go({ filters: { ...this.state().filters, [key]: '' }, page: 1 });
  }

  protected clearFilters(): void {
    this.go({ filters: {}, page: 1 });
  }

  protected turnPage(event: PageEvent): void {
    const size = event.pageSize;
    this.go({ size, page: size === this.state().size ? event.pageIndex + 1 : 1 });
  }

  protected isShown(column: DataColumn<T>): boolean {
    return this.visibleColumns().includes(column);
  }

  protected toggleColumn(column: DataColumn<T>, event: Event): void {
    // The menu stays open: people usually choose several.
    event.stopPropagation();
    const keys = new Set(this.visibleColumns().map((shown) => shown.key));
    if (!keys.delete(column.key)) {
      keys.add(column.key);
    }
    if (keys.size > 0) {
      this.chosen.set(keys);
    }
  }

  protected onRowKey(event: KeyboardEvent, index: number, row: T): void {
    // Keys pressed on a link or button inside the row belong to that link or button.
    const onRow = event.target === event.currentTarget;
    const last = (this.result()?.items.length ?? 1) - 1;
    switch (event.key) {
      case 'ArrowDown':
        this.focusRow(Math.min(last, index + 1));
        break;
      case 'ArrowUp':
        this.focusRow(Math.max(0, index - 1));
        break;
      case 'Home':
        this.focusRow(0);
        break;
      case 'End':
        this.focusRow(last);
        break;
      case 'Enter': {
        const link = onRow ? this.link(row) : null;
        if (!link) {
          return;
        }
        void (typeof link === 'string' ? this.router.navigateByUrl(link) : this.router.navigate(link));
        break;
      }
      case ' ': {
        const menu = onRow
          ? (event.currentTarget as HTMLElement).querySelector<HTMLButtonElement>('.row-menu')
          : null;
        if (!menu) {
          return;
        }
        menu.click();
        break;
      }
      default:
        return;
    }
    event.preventDefault();
  }

  private focusRow(index: number): void {
    this.activeRow.set(index);
    this.host.nativeElement.querySelectorAll<HTMLElement>('tbody tr')[index]?.focus();
  }

  private go(change: Partial<TableState>): void {
    const state = { ...this.state(), ...change };
    void this.router.navigate([], {
      relativeTo: this.route,
      queryParams: writeState(state, this.prefix(), this.filterKeys(), this.initial()),
      queryParamsHandling: 'merge',
    });
  }
}
