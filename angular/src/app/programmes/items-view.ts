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
import { HttpClient } from '@angular/common/http';
import { Router, RouterLink } from '@angular/router';
import { Api } from '@api/api';
import { downloadItemList } from '@api/fn/item-lists/download-item-list';
import { getItemList } from '@api/fn/item-lists/get-item-list';
import { getItemListChanges } from '@api/fn/item-lists/get-item-list-changes';
import { listServiceItems } from '@api/fn/item-lists/list-service-items';
import { reviseItemList } from '@api/fn/item-lists/revise-item-list';
import { ItemListChangesDto } from '@api/models/item-list-changes-dto';
import { ItemListDto } from '@api/models/item-list-dto';
import { ServiceItemDto } from '@api/models/service-item-dto';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApiProblem, AppDateTextPipe, AppInstantPipe, SessionService } from '@core';
import {
  Busy,
  DataColumn,
  DataTable,
  Loading,
  PageHeader,
  ProblemView,
  StateChip,
  TableFilter,
  TableQuery,
  Toast,
} from '@ui';
import { from } from 'rxjs';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { ItemsChanges } from './items-changes';
import { ItemsCheck } from './items-check';
import { ItemsRequests } from './items-requests';
import { saveFile } from './items-download';

/** A list of items as issued: read by the issuer and the audience, any version, searched and filtered. */
@Component({
  selector: 'app-items-view',
  imports: [
    AppDateTextPipe,
    AppInstantPipe,
    Busy,
    DataTable,
    ItemsChanges,
    ItemsCheck,
    ItemsRequests,
    Loading,
    PageHeader,
    ProblemView,
    RouterLink,
    StateChip,
    TranslocoDirective,
  ],
  templateUrl: './items-view.html',
  styles: `
    .facts {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 16px;
    }

    .versions {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      align-items: center;
    }

    .versions select {
      width: auto;
      max-width: 100%;
    }

    .groups {
      display: grid;
      gap: 4px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ItemsViewPage {
  private readonly api = inject(Api);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly http = inject(HttpClient);
  private readonly router = inject(Router);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  private readonly session = inject(SessionService);

  readonly id = input.required<string>();
  /** The version asked for; from the address. */
  readonly version = input<string>();
  protected readonly list = signal<ItemListDto | null>(null);
  protected readonly changes = signal<ItemListChangesDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);

  protected readonly mayEdit = computed(
    () => (this.list()?.isIssuer ?? false) && this.session.can('Programmes.EditItemLists'),
  );
  protected readonly shown = computed(() => {
    const list = this.list();
    return list?.versions.find((version) => version.version === list.shownVersion) ?? null;
  });
  protected readonly artefactNames = computed(() =>
    (this.list()?.artefacts ?? []).map((artefact) => artefact.name).join('、'),
  );
  private readonly groupNames = computed(
    () => new Map((this.list()?.groups ?? []).map((group) => [group.key, group.name])),
  );
  protected readonly names = computed(
    () =>
      new Map([
        ...this.groupNames(),
        ...(this.list()?.groups ?? []).flatMap((group) =>
          group.regions.map((region) => [region.id, region.name] as const),
        ),
      ]),
  );

  protected readonly columns = computed<DataColumn<ServiceItemDto>[]>(() => {
    const list = this.list();
    const columns: DataColumn<ServiceItemDto>[] = [
      { key: 'name', textKey: 'programmes.items.field.name', value: (row) => row.name, sortable: true },
      { key: 'number', textKey: 'programmes.items.field.number', value: (row) => row.number },
      { key: 'code', textKey: 'programmes.items.field.code', value: (row) => row.code },
      {
        key: 'officeName',
        textKey: 'programmes.items.field.officeName',
        value: (row) => row.officeName,
        sortable: true,
      },
    ];
    if ((list?.modes.length ?? 0) > 0) {
      columns.push({
        key: 'mode',
        textKey: 'programmes.items.field.mode',
        value: (row) => row.mode,
        sortable: true,
      });
    }
    columns.push({ key: 'kind', textKey: 'programmes.items.field.kind', value: (row) => row.kind });
    if ((list?.groups.length ?? 0) > 0) {
      columns.push({
        key: 'groupKey',
        textKey: 'programmes.items.field.regionIds',
        value: (row) => this.regionsOf(row),
      });
    }
    if (list?.locked) {
      columns.push({
        key: 'batch',
        textKey: 'programmes.items.field.batch',
        value: (row) => row.batch,
        numeric: true,
        sortable: true,
      });
    }
    columns.push({
      key: 'batchDate',
      textKey: 'programmes.items.field.batchDate',
      value: (row) => row.batchDate,
    });
    return columns;
  });
  protected readonly filters = computed<TableFilter[]>(() => {
    const list = this.list();
    const own = list?.groups.some((group) => group.concernsOwnRegion) ?? false;
    return [
      { key: 'filter', textKey: 'programmes.items.search' },
      {
        key: 'office',
        textKey: 'programmes.items.field.officeName',
        options: (list?.check?.offices ?? []).map((office) => ({
          value: office.officeName,
          text: this.transloco.translate<string>('programmes.items.officeOption', {
            name: office.officeName,
            count: office.count,
          }),
        })),
      },
      ...((list?.modes.length ?? 0) > 0
        ? [
            {
              key: 'mode',
              textKey: 'programmes.items.field.mode',
              options: (list?.modes ?? []).map((mode) => ({ value: mode.name, text: mode.name })),
            },
          ]
        : []),
      ...((list?.groups.length ?? 0) > 0
        ? [
            {
              key: 'group',
              textKey: 'programmes.items.field.groupKey',
              options: [
                ...(own
                  ? [
                      {
                        value: 'own',
                        text: this.transloco.translate<string>('programmes.items.concernsUs'),
                      },
                    ]
                  : []),
                {
                  value: 'common',
                  text: this.transloco.translate<string>('programmes.items.common'),
                },
                ...(list?.groups ?? []).map((group) => ({ value: group.key, text: group.name })),
              ],
            },
          ]
        : []),
    ];
  });
  protected readonly load = computed(() => {
    const version = this.list()?.shownVersion;
    return (query: TableQuery) => {
      return from(
        this.api.invoke(listServiceItems, {
          id: this.id(),
          version: version ?? undefined,
          filter: query.filters['filter'],
          officeName: query.filters['office'],
          mode: query.filters['mode'],
          groupKey: query.filters['group'],
          skipCount: query.skipCount,
          maxResultCount: query.maxResultCount,
          sorting: query.sorting ?? undefined,
        }),
      );
    };
  });

  constructor() {
    effect(() => {
      this.id();
      this.version();
      untracked(() => void this.open());
    });
  }

  protected async open(): Promise<void> {
    this.problem.set(null);
    this.changes.set(null);
    try {
      const version = Number(this.version()) || undefined;
      const list = await this.api.invoke(getItemList, { id: this.id(), version });
      this.breadcrumb.setLeaf(list.title);
      if (list.version === 0) {
        // Never issued: there is nothing to read, only something to write.
        await this.router.navigate(['/programmes/items', list.id, 'edit'], { replaceUrl: true });
        return;
      }
      this.list.set(list);
      if (list.shownVersion > 1) {
        this.changes.set(
          await this.api.invoke(getItemListChanges, { id: list.id, version: list.shownVersion }),
        );
      }
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected show(version: string): void {
    void this.router.navigate([], {
      queryParams: { version: version === String(this.list()?.version) ? null : version, page: null },
      queryParamsHandling: 'merge',
    });
  }

  protected readonly download = async (): Promise<void> => {
    const list = this.list();
    if (list) {
      await saveFile(
        this.http,
        downloadItemList.PATH.replace('{id}', list.id),
        { version: list.shownVersion },
        `${list.title}.xlsx`,
      );
      this.toast.success(this.transloco.translate('programmes.items.downloaded'));
    }
  };

  protected readonly revise = async (): Promise<void> => {
    const list = this.list();
    if (list) {
      await this.api.invoke(reviseItemList, {
        id: list.id,
        body: { concurrencyStamp: list.concurrencyStamp },
      });
      await this.router.navigate(['/programmes/items', list.id, 'edit']);
    }
  };

  private regionsOf(row: ServiceItemDto): string {
    if (row.regionIds.length > 0) {
      return row.regionIds.map((id) => this.names().get(id) ?? '').join('、');
    }
    return row.groupKey
      ? (this.groupNames().get(row.groupKey) ?? '')
      : this.transloco.translate('programmes.items.everywhere');
  }
}
