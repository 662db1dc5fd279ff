import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ReviewQueueItemDto } from '@api/models';
import { formatInstant } from '@core';
import { DataColumn, DataTable, PageHeader, TableFilter, TableQuery } from '@ui';
import { PilotsApi } from '../pilots/pilots-api';

/** Versions that wait for the formal check, the oldest first. */
@Component({
  selector: 'app-review-queue',
  imports: [DataTable, PageHeader, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('review.queue.title')">
        <p class="quiet">{{ t('review.queue.intro') }}</p>
      </ui-page-header>
      <ui-data-table
        [caption]="t('review.queue.title')"
        [columns]="columns"
        [filters]="filters"
        [load]="load"
        [rowLink]="link"
        [rowLabel]="label"
        [trackBy]="track"
        [emptyTitle]="t('review.queue.emptyTitle')"
        [emptyText]="t('review.queue.emptyText')"
      />
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ReviewQueuePage {
  private readonly api = inject(PilotsApi);
  private readonly transloco = inject(TranslocoService);

  protected readonly columns: DataColumn<ReviewQueueItemDto>[] = [
    { key: 'deliverable', textKey: 'review.field.deliverable', value: (row) => row.deliverableName },
    {
      key: 'version',
      textKey: 'review.field.version',
      value: (row) => this.transloco.translate('pilots.deliverable.versionName', { version: row.version }),
    },
    { key: 'region', textKey: 'review.field.region', value: (row) => row.regionName, sortable: true },
    { key: 'theme', textKey: 'review.field.pilot', value: (row) => row.pilotTitle, sortable: true },
    {
      key: 'submitted',
      textKey: 'review.field.submitted',
      value: (row) => formatInstant(row.submittedAt),
      sortable: true,
    },
    { key: 'by', textKey: 'review.field.by', value: (row) => row.submittedByName },
  ];
  protected readonly filters: TableFilter[] = [{ key: 'search', textKey: 'review.field.search' }];
  protected readonly load = (query: TableQuery) => this.api.queue(query);
  protected readonly link = (row: ReviewQueueItemDto) => ['/review', row.submissionId];
  protected readonly label = (row: ReviewQueueItemDto) => `${row.deliverableName} ${row.regionName}`;
  protected readonly track = (row: ReviewQueueItemDto) => row.submissionId;
}
