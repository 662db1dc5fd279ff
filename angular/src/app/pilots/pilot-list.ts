import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { catchError, of } from 'rxjs';
import { PilotListItemDto } from '@api/models';
import { AppCountPipe, formatDate } from '@core';
import {
  DataColumn,
  DataTable,
  PageHeader,
  StateChip,
  StatusLight,
  TableFilter,
  TableQuery,
  UiCell,
} from '@ui';
import { LIGHTS, PILOT_STATUSES, toneOfPilot } from './labels';
import { PilotsApi } from './pilots-api';

/** Every pilot that the region may see, with lights; filters live in the address. */
@Component({
  selector: 'app-pilot-list',
  imports: [
    AppCountPipe,
    DataTable,
    PageHeader,
    RouterLink,
    StateChip,
    StatusLight,
    TranslocoDirective,
    UiCell,
  ],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('pilots.list.title')" />
      @if (counts(); as all) {
        <ul class="lights" [attr.aria-label]="t('pilots.list.byLight')">
          @for (light of lights(); track light.light) {
            <li>
              <a
                [routerLink]="[]"
                [queryParams]="{ light: light.light, page: null }"
                queryParamsHandling="merge"
              >
                <ui-status-light [light]="light.light" />
                <strong>{{ light.count | appCount: t('pilots.list.unit') }}</strong>
              </a>
            </li>
          }
          <li class="quiet">
            {{ t('pilots.list.total') }} {{ all.total | appCount: t('pilots.list.unit') }}
          </li>
        </ul>
      }
      <ui-data-table
        [caption]="t('pilots.list.title')"
        [columns]="columns"
        [filters]="filters()"
        [load]="load"
        [rowLink]="link"
        [rowLabel]="label"
        [emptyTitle]="t('pilots.list.emptyTitle')"
        [emptyText]="t('pilots.list.emptyText')"
      >
        <ng-template uiCell="light" let-row><ui-status-light [light]="$any(row).light" /></ng-template>
        <ng-template uiCell="status" let-row>
          <ui-state-chip [text]="t('pilots.status.' + $any(row).status)" [tone]="tone($any(row).status)" />
        </ng-template>
      </ui-data-table>
    </ng-container>
  `,
  styles: `
    .lights {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 24px;
      align-items: center;
      margin-bottom: 16px;
      padding: 0;
      list-style: none;
    }

    .lights a {
      display: inline-flex;
      gap: 8px;
      align-items: center;
      min-height: 1.5rem;
      color: inherit;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PilotListPage {
  private readonly api = inject(PilotsApi);
  private readonly transloco = inject(TranslocoService);
  private readonly language = toSignal(this.transloco.langChanges$, { initialValue: '' });

  // The counts are a help above the list: where they fail, the list still says what is wrong.
  protected readonly counts = toSignal(this.api.counts().pipe(catchError(() => of(null))));
  private readonly regions = toSignal(this.api.regions().pipe(catchError(() => of([]))), {
    initialValue: [],
  });
  protected readonly lights = computed(() => {
    const found = this.counts()?.byLight ?? [];
    return LIGHTS.map((light) => ({
      light,
      count: found.find((entry) => entry.light === light)?.count ?? 0,
    }));
  });

  protected readonly columns: DataColumn<PilotListItemDto>[] = [
    {
      key: 'theme',
      textKey: 'pilots.field.theme',
      value: (row) => `${row.themeOrder}. ${row.themeTitle}`,
      sortable: true,
    },
    {
      key: 'region',
      textKey: 'pilots.field.region',
      value: (row) => (row.partName ? `${row.regionName}（${row.partName}）` : row.regionName),
      sortable: true,
    },
    { key: 'status', textKey: 'pilots.field.status', sortable: true },
    { key: 'light', textKey: 'pilots.field.light', sortable: true },
    {
      key: 'due',
      textKey: 'pilots.field.openDue',
      value: (row) => formatDate(row.openDueOn),
      sortable: true,
    },
    {
      key: 'submitted',
      textKey: 'pilots.field.submittedOn',
      value: (row) => formatDate(row.submittedOn),
      sortable: true,
    },
    {
      key: 'programme',
      textKey: 'pilots.field.programme',
      value: (row) => row.programmeTitle,
      hidden: true,
    },
  ];

  protected readonly filters = computed<TableFilter[]>(() => {
    this.language();
    const regions = this.regions();
    return [
      { key: 'search', textKey: 'pilots.field.search' },
      {
        key: 'status',
        textKey: 'pilots.field.status',
        options: PILOT_STATUSES.map((status) => ({
          value: status,
          text: this.transloco.translate(`pilots.status.${status}`),
        })),
      },
      {
        key: 'light',
        textKey: 'pilots.field.light',
        options: LIGHTS.map((light) => ({
          value: light,
          text: this.transloco.translate(`ui.light.${light.toLowerCase()}`),
        })),
      },
      ...(regions.length > 1
        ? [
            {
              key: 'regionId',
              textKey: 'pilots.field.region',
              options: regions.map((region) => ({ value: region.id, text: region.name })),
            },
          ]
        : []),
    ];
  });

  protected readonly load = (query: TableQuery) => this.api.list(query);
  protected readonly link = (row: PilotListItemDto) => ['/pilots', row.id];
  protected readonly label = (row: PilotListItemDto) => `${row.themeTitle} ${row.regionName}`;
  protected readonly tone = toneOfPilot;
}
