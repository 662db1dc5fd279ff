import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { from } from 'rxjs';
import { Api } from '@api/api';
import { listAssessmentSchemes } from '@api/functions';
import { SchemeListItemDto } from '@api/models';
import { SessionService, formatDate } from '@core';
import { DataColumn, DataTable, PageHeader, StateChip, TableFilter, TableQuery, UiCell } from '@ui';
import { pageParams } from './list-query';

/** Schemes with all their versions. */
@Component({
  selector: 'app-scheme-list',
  imports: [DataTable, PageHeader, RouterLink, StateChip, TranslocoDirective, UiCell],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('assessment.schemes.title')">
        @if (mayManage()) {
          <a uiPrimary class="button primary" routerLink="/assessment/schemes/new">{{
            t('assessment.schemes.create')
          }}</a>
        }
        {{ t('assessment.schemes.subtitle') }}
      </ui-page-header>
      <ui-data-table
        [caption]="t('assessment.schemes.title')"
        [columns]="columns"
        [filters]="filters"
        [load]="load"
        [rowLink]="link"
        [emptyTitle]="t('assessment.schemes.empty')"
        [emptyText]="t('assessment.schemes.emptyText')"
      >
        <ng-template uiCell="state" let-row>
          <ui-state-chip
            [text]="$any(row).isDraft ? t('assessment.scheme.draft') : t('assessment.scheme.published')"
            [tone]="$any(row).isDraft ? 'neutral' : 'good'"
          />
        </ng-template>
      </ui-data-table>
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SchemeListPage {
  private readonly api = inject(Api);
  private readonly session = inject(SessionService);
  protected readonly mayManage = computed(() => this.session.can('Assessment.Manage'));
  protected readonly columns: DataColumn<SchemeListItemDto>[] = [
    { key: 'name', textKey: 'assessment.field.name', value: (row) => row.name, sortable: true },
    {
      key: 'version',
      textKey: 'assessment.field.version',
      value: (row) => row.version,
      numeric: true,
      sortable: true,
    },
    { key: 'state', textKey: 'assessment.field.status' },
    {
      key: 'passMark',
      textKey: 'assessment.field.passMark',
      value: (row) => row.passMark.toFixed(2),
      numeric: true,
    },
    {
      key: 'publishedAt',
      textKey: 'assessment.field.publishedAt',
      value: (row) => formatDate(row.publishedAt),
      sortable: true,
    },
  ];
  protected readonly filters: TableFilter[] = [{ key: 'filter', textKey: 'assessment.field.name' }];

  protected readonly load = (query: TableQuery) =>
    from(this.api.invoke(listAssessmentSchemes, { ...pageParams(query), filter: query.filters['filter'] }));
  protected readonly link = (row: SchemeListItemDto) => ['/assessment/schemes', row.id];
}
