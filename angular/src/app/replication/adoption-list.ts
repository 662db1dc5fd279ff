import { ChangeDetectionStrategy, Component, inject, viewChild } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { from } from 'rxjs';
import { Api } from '@api/api';
import { listAdoptions, withdrawAdoption } from '@api/functions';
import { AdoptionDto } from '@api/models';
import { SessionService, formatDate } from '@core';
import {
  Confirm,
  DataColumn,
  DataTable,
  PageHeader,
  RowAction,
  StateChip,
  TableQuery,
  Toast,
  UiCell,
} from '@ui';
import { pageParams } from '../assessment/list-query';

/** What one's region, and those below it, adopted. */
@Component({
  selector: 'app-adoption-list',
  imports: [DataTable, PageHeader, StateChip, TranslocoDirective, UiCell],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('replication.adoptions.title')">{{
        t('replication.adoptions.subtitle')
      }}</ui-page-header>
      <ui-data-table
        [caption]="t('replication.adoptions.title')"
        [columns]="columns"
        [load]="load"
        [rowLink]="link"
        [rowActions]="actions"
        [emptyTitle]="t('replication.adoptions.empty')"
        [emptyText]="t('replication.adoptions.emptyText')"
      >
        <ng-template uiCell="status" let-row>
          <ui-state-chip
            [text]="t('replication.adoptionStatus.' + $any(row).status)"
            [tone]="$any(row).status === 'Declared' ? 'good' : 'neutral'"
          />
        </ng-template>
      </ui-data-table>
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AdoptionListPage {
  private readonly api = inject(Api);
  private readonly session = inject(SessionService);
  private readonly confirm = inject(Confirm);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  private readonly table = viewChild(DataTable);

  protected readonly columns: DataColumn<AdoptionDto>[] = [
    {
      key: 'practiceTitle',
      textKey: 'replication.field.title',
      value: (row) => row.practiceTitle,
      sortable: true,
    },
    { key: 'originName', textKey: 'replication.field.origin', value: (row) => row.originName },
    { key: 'regionName', textKey: 'replication.field.adopter', value: (row) => row.regionName },
    { key: 'status', textKey: 'replication.field.status' },
    {
      key: 'declaredAt',
      textKey: 'replication.field.declaredAt',
      value: (row) => formatDate(row.declaredAt),
      sortable: true,
    },
    {
      key: 'adaptationNotes',
      textKey: 'replication.field.adaptationNotes',
      value: (row) => row.adaptationNotes,
    },
  ];

  protected readonly load = (query: TableQuery) => from(this.api.invoke(listAdoptions, pageParams(query)));
  protected readonly link = (row: AdoptionDto) => ['/replication', row.practiceId];
  protected readonly actions = (row: AdoptionDto): readonly RowAction[] =>
    row.isOwn && row.status === 'Declared' && this.session.can('Replication.Adopt')
      ? [
          {
            text: this.transloco.translate('replication.adoptions.withdraw'),
            run: () => void this.withdraw(row),
            danger: true,
          },
        ]
      : [];

  private async withdraw(row: AdoptionDto): Promise<void> {
    const confirmed = await this.confirm.ask({
      title: this.transloco.translate('replication.adoptions.withdrawTitle'),
      message: this.transloco.translate('replication.adoptions.withdrawText'),
      affected: [row.practiceTitle],
      confirmLabel: this.transloco.translate('replication.adoptions.withdraw'),
      danger: true,
      reasonLabel: this.transloco.translate('replication.adoptions.reason'),
    });
    if (!confirmed) {
      return;
    }
    try {
      await this.api.invoke(withdrawAdoption, {
        id: row.id,
        body: { reason: confirmed.reason, concurrencyStamp: row.concurrencyStamp },
      });
      this.toast.success(this.transloco.translate('replication.adoptions.withdrawnToast'));
    } catch (error) {
      this.toast.failure(error);
    }
    this.table()?.reload();
  }
}
