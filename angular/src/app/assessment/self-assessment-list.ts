import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { from } from 'rxjs';
import { Api } from '@api/api';
import { listSelfAssessments } from '@api/functions';
import { SelfAssessmentListItemDto } from '@api/models';
import { formatDate } from '@core';
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
import { pageParams } from './list-query';

/** Self-assessments: one's own region's, and what regions below have handed in. */
@Component({
  selector: 'app-self-assessment-list',
  imports: [DataTable, PageHeader, StateChip, StatusLight, TranslocoDirective, UiCell],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('assessment.selfList.title')">
        {{ t('assessment.selfList.subtitle') }}
      </ui-page-header>
      <ui-data-table
        [caption]="t('assessment.selfList.title')"
        [columns]="columns"
        [filters]="filters()"
        [load]="load"
        [rowLink]="link"
        [emptyTitle]="t('assessment.selfList.empty')"
        [emptyText]="t('assessment.selfList.emptyText')"
      >
        <ng-template uiCell="state" let-row>
          <ui-state-chip
            [text]="$any(row).handedInAt ? t('assessment.self.handedIn') : t('assessment.self.draft')"
            [tone]="$any(row).handedInAt ? 'good' : 'attention'"
          />
        </ng-template>
        <ng-template uiCell="light" let-row>
          <ui-status-light [light]="$any(row).light" />
        </ng-template>
      </ui-data-table>
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SelfAssessmentListPage {
  private readonly api = inject(Api);
  private readonly transloco = inject(TranslocoService);
  protected readonly columns: DataColumn<SelfAssessmentListItemDto>[] = [
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
    },
    { key: 'state', textKey: 'assessment.field.status' },
    {
      key: 'dueOn',
      textKey: 'assessment.self.dueOn',
      value: (row) => formatDate(row.dueOn),
      sortable: true,
    },
    { key: 'light', textKey: 'assessment.self.light' },
    {
      key: 'handedInAt',
      textKey: 'assessment.self.handedInAt',
      value: (row) => (row.handedInAt ? formatDate(row.handedInAt) : '—'),
    },
  ];
  protected readonly filters = computed<TableFilter[]>(() => [
    { key: 'filter', textKey: 'assessment.field.theme' },
    {
      key: 'handedIn',
      textKey: 'assessment.field.status',
      options: [
        { value: 'false', text: this.transloco.translate('assessment.self.draft') },
        { value: 'true', text: this.transloco.translate('assessment.self.handedIn') },
      ],
    },
  ]);

  protected readonly load = (query: TableQuery) =>
    from(
      this.api.invoke(listSelfAssessments, {
        ...pageParams(query),
        filter: query.filters['filter'],
        handedIn: query.filters['handedIn'] ? query.filters['handedIn'] === 'true' : undefined,
      }),
    );
  protected readonly link = (row: SelfAssessmentListItemDto) => ['/assessment/self', row.id];
}
