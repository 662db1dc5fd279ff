import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { from } from 'rxjs';
import { Api } from '@api/api';
import { listAssessmentResults } from '@api/functions';
import { ResultListItemDto, ResultState } from '@api/models';
import { formatDate } from '@core';
import { DataColumn, DataTable, PageHeader, StateChip, TableFilter, TableQuery, Tone, UiCell } from '@ui';
import { RESULT_TONES } from './labels';
import { pageParams } from './list-query';

/** Published results of one's own region and those below. */
@Component({
  selector: 'app-result-list',
  imports: [DataTable, PageHeader, StateChip, TranslocoDirective, UiCell],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('assessment.results.title')" />
      <ui-data-table
        [caption]="t('assessment.results.title')"
        [columns]="columns"
        [filters]="filters()"
        [load]="load"
        [rowLink]="link"
        [emptyTitle]="t('assessment.results.empty')"
        [emptyText]="t('assessment.results.emptyText')"
      >
        <ng-template uiCell="passed" let-row>
          <ui-state-chip
            [text]="$any(row).passed ? t('assessment.result.passed') : t('assessment.result.notPassed')"
            [tone]="$any(row).passed ? 'good' : 'bad'"
          />
        </ng-template>
        <ng-template uiCell="state" let-row>
          <ui-state-chip
            [text]="t('assessment.resultState.' + $any(row).state)"
            [tone]="tone($any(row).state)"
          />
        </ng-template>
      </ui-data-table>
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ResultListPage {
  private readonly api = inject(Api);
  private readonly transloco = inject(TranslocoService);
  protected readonly columns: DataColumn<ResultListItemDto>[] = [
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
    {
      key: 'total',
      textKey: 'assessment.field.total',
      value: (row) =>
        row.originalTotal === null
          ? row.total.toFixed(2)
          : this.transloco.translate('assessment.results.adjusted', {
              total: row.total.toFixed(2),
              original: row.originalTotal.toFixed(2),
            }),
      numeric: true,
      sortable: true,
    },
    { key: 'passed', textKey: 'assessment.field.conclusion' },
    { key: 'state', textKey: 'assessment.field.status' },
    {
      key: 'publishedAt',
      textKey: 'assessment.field.publishedAt',
      value: (row) => formatDate(row.publishedAt),
      sortable: true,
    },
  ];
  protected readonly filters = computed<TableFilter[]>(() => [
    { key: 'filter', textKey: 'assessment.field.theme' },
    {
      key: 'passed',
      textKey: 'assessment.field.conclusion',
      options: [
        { value: 'true', text: this.transloco.translate('assessment.result.passed') },
        { value: 'false', text: this.transloco.translate('assessment.result.notPassed') },
      ],
    },
  ]);

  protected readonly load = (query: TableQuery) =>
    from(
      this.api.invoke(listAssessmentResults, {
        ...pageParams(query),
        filter: query.filters['filter'],
        passed: query.filters['passed'] ? query.filters['passed'] === 'true' : undefined,
      }),
    );
  protected readonly link = (row: ResultListItemDto) => ['/assessment/results', row.id];

  protected tone(state: ResultState): Tone {
    return RESULT_TONES[state];
  }
}
