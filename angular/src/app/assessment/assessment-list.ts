import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { from } from 'rxjs';
import { Api } from '@api/api';
import { listAssessments } from '@api/functions';
import { AssessmentListItemDto, AssessmentStatus } from '@api/models';
import { SessionService, formatDate } from '@core';
import { DataColumn, DataTable, PageHeader, StateChip, TableFilter, TableQuery, Tone, UiCell } from '@ui';
import { STATUS_TONES } from './labels';
import { pageParams } from './list-query';

/** The office's list: what waits for a panel, what is being scored, what can be published. */
@Component({
  selector: 'app-assessment-list',
  imports: [DataTable, PageHeader, RouterLink, StateChip, TranslocoDirective, UiCell],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('assessment.list.title')">
        {{ t('assessment.list.subtitle') }}
        <div uiPrimary class="button-row">
          @if (canScore()) {
            <a class="button" routerLink="/assessment/my">{{ t('assessment.my.title') }}</a>
          }
          @if (canView()) {
            <a class="button" routerLink="/assessment/self">{{ t('assessment.selfList.title') }}</a>
            <a class="button" routerLink="/assessment/objections">{{ t('assessment.objections.title') }}</a>
          }
          <a class="button" routerLink="/assessment/results">{{ t('assessment.results.title') }}</a>
          <a class="button" routerLink="/assessment/schemes">{{ t('assessment.schemes.title') }}</a>
        </div>
      </ui-page-header>
      <ui-data-table
        [caption]="t('assessment.list.title')"
        [columns]="columns"
        [filters]="filters()"
        [load]="load"
        [rowLink]="link"
        [emptyTitle]="t('assessment.list.empty')"
        [emptyText]="t('assessment.list.emptyText')"
      >
        <ng-template uiCell="status" let-row>
          <ui-state-chip
            [text]="t('assessment.status.' + $any(row).status)"
            [tone]="tone($any(row).status)"
          />
        </ng-template>
      </ui-data-table>
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AssessmentListPage {
  private readonly api = inject(Api);
  private readonly transloco = inject(TranslocoService);
  private readonly session = inject(SessionService);

  protected readonly canScore = computed(() => this.session.can('Assessment.Score'));
  protected readonly canView = computed(() => this.session.can('Assessment.View'));
  protected readonly columns: DataColumn<AssessmentListItemDto>[] = [
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
    { key: 'status', textKey: 'assessment.field.status' },
    {
      key: 'submitted',
      textKey: 'assessment.field.submitted',
      value: (row) => (row.assessorCount > 0 ? `${row.submittedCount} / ${row.assessorCount}` : ''),
      numeric: true,
    },
    {
      key: 'dueOn',
      textKey: 'assessment.field.dueOn',
      value: (row) => formatDate(row.dueOn),
      sortable: true,
    },
    {
      key: 'acceptedAt',
      textKey: 'assessment.field.acceptedAt',
      value: (row) => formatDate(row.acceptedAt),
      sortable: true,
    },
  ];
  protected readonly filters = computed<TableFilter[]>(() => [
    { key: 'filter', textKey: 'assessment.field.theme' },
    {
      key: 'status',
      textKey: 'assessment.field.status',
      options: (Object.keys(STATUS_TONES) as AssessmentStatus[]).map((value) => ({
        value,
        text: this.transloco.translate('assessment.status.' + value),
      })),
    },
  ]);

  protected readonly load = (query: TableQuery) =>
    from(
      this.api.invoke(listAssessments, {
        ...pageParams(query),
        filter: query.filters['filter'],
        status: query.filters['status'] as AssessmentStatus | undefined,
      }),
    );
  protected readonly link = (row: AssessmentListItemDto) => ['/assessment', row.id];

  protected tone(status: AssessmentStatus): Tone {
    return STATUS_TONES[status];
  }
}
