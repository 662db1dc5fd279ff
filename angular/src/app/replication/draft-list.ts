import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { from } from 'rxjs';
import { Api } from '@api/api';
import { listPracticeDrafts } from '@api/functions';
import { DraftListItemDto } from '@api/models';
import { formatDate } from '@core';
import { DataColumn, DataTable, PageHeader, StateChip, TableQuery, UiCell } from '@ui';
import { pageParams } from '../assessment/list-query';

/** Practices in writing: those of pilots that passed, uncertified ones first. */
@Component({
  selector: 'app-draft-list',
  imports: [DataTable, PageHeader, StateChip, TranslocoDirective, UiCell],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('replication.drafts.title')">{{
        t('replication.drafts.subtitle')
      }}</ui-page-header>
      <ui-data-table
        [caption]="t('replication.drafts.title')"
        [columns]="columns"
        [load]="load"
        [rowLink]="link"
        [emptyTitle]="t('replication.drafts.empty')"
        [emptyText]="t('replication.drafts.emptyText')"
      >
        <ng-template uiCell="state" let-row>
          <ui-state-chip
            [text]="
              $any(row).practiceId
                ? $any(row).hasChanges
                  ? t('replication.draft.changed')
                  : t('replication.draft.certified')
                : t('replication.draft.waiting')
            "
            [tone]="$any(row).practiceId && !$any(row).hasChanges ? 'good' : 'attention'"
          />
        </ng-template>
      </ui-data-table>
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DraftListPage {
  private readonly api = inject(Api);
  protected readonly columns: DataColumn<DraftListItemDto>[] = [
    { key: 'title', textKey: 'replication.field.title', value: (row) => row.title, sortable: true },
    { key: 'region', textKey: 'replication.field.origin', value: (row) => row.regionName, sortable: true },
    { key: 'themeTitle', textKey: 'replication.field.theme', value: (row) => row.themeTitle },
    { key: 'state', textKey: 'replication.field.status' },
    {
      key: 'modifiedAt',
      textKey: 'replication.field.modifiedAt',
      value: (row) => formatDate(row.modifiedAt ?? row.createdAt),
    },
  ];

  protected readonly load = (query: TableQuery) =>
    from(this.api.invoke(listPracticeDrafts, pageParams(query)));
  protected readonly link = (row: DraftListItemDto) => ['/replication/drafts', row.id];
}
