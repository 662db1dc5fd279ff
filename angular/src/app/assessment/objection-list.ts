import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { from } from 'rxjs';
import { Api } from '@api/api';
import { listObjections } from '@api/functions';
import { ObjectionListItemDto, ObjectionState } from '@api/models';
import { formatDate } from '@core';
import { DataColumn, DataTable, PageHeader, StateChip, TableFilter, TableQuery, Tone, UiCell } from '@ui';
import { OBJECTION_TONES } from './labels';
import { pageParams } from './list-query';

const STATES: readonly ObjectionState[] = ['Waiting', 'Upheld', 'Dismissed', 'Withdrawn'];

/** Objections: those that wait for the ruling first. */
@Component({
  selector: 'app-objection-list',
  imports: [DataTable, PageHeader, StateChip, TranslocoDirective, UiCell],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('assessment.objections.title')">
        {{ t('assessment.objections.subtitle') }}
      </ui-page-header>
      <ui-data-table
        [caption]="t('assessment.objections.title')"
        [columns]="columns"
        [filters]="filters()"
        [load]="load"
        [rowLink]="link"
        [emptyTitle]="t('assessment.objections.empty')"
        [emptyText]="t('assessment.objections.emptyText')"
      >
        <ng-template uiCell="state" let-row>
          <ui-state-chip
            [text]="t('assessment.objectionState.' + $any(row).state)"
            [tone]="tone($any(row).state)"
          />
        </ng-template>
      </ui-data-table>
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ObjectionListPage {
  private readonly api = inject(Api);
  private readonly transloco = inject(TranslocoService);
  protected readonly columns: DataColumn<ObjectionListItemDto>[] = [
    {
      key: 'themeOrder',
      textKey: 'assessment.field.theme',
      value: (row) => `${row.themeOrder}. ${row.themeTitle}`,
      sortable: true,
    },
    {
      key: 'region',
      textKey: 'assessment.field.region',
      value: (row) => (row.partName ? `${row.regionName}（${row.partName}）` : row.regionName),
      sortable: true,
    },
    { key: 'state', textKey: 'assessment.field.status' },
    {
      key: 'raisedAt',
      textKey: 'assessment.field.raisedAt',
      value: (row) => formatDate(row.raisedAt),
      sortable: true,
    },
    {
      key: 'dueOn',
      textKey: 'assessment.field.rulingDueOn',
      value: (row) => (row.state === 'Waiting' ? formatDate(row.dueOn) : '—'),
    },
    {
      key: 'publishedTotal',
      textKey: 'assessment.field.publishedTotal',
      value: (row) => row.publishedTotal.toFixed(2),
      numeric: true,
    },
    {
      key: 'total',
      textKey: 'assessment.field.totalInForce',
      value: (row) => (row.state === 'Waiting' ? '—' : row.total.toFixed(2)),
      numeric: true,
    },
  ];
  protected readonly filters = computed<TableFilter[]>(() => [
    { key: 'filter', textKey: 'assessment.field.theme' },
    {
      key: 'state',
      textKey: 'assessment.field.status',
      options: STATES.map((value) => ({
        value,
        text: this.transloco.translate(`assessment.objectionState.${value}`),
      })),
    },
  ]);

  protected readonly load = (query: TableQuery) =>
    from(
      this.api.invoke(listObjections, {
        ...pageParams(query),
        filter: query.filters['filter'],
        state: STATES.find((state) => state === query.filters['state']),
      }),
    );
  protected readonly link = (row: ObjectionListItemDto) => ['/assessment/results', row.resultId];

  protected tone(state: ObjectionState): Tone {
    return OBJECTION_TONES[state];
  }
}
