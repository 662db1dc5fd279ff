import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Api } from '@api/api';
import { listNotices } from '@api/fn/notices/list-notices';
import { listProgrammes } from '@api/fn/programmes/list-programmes';
import { NoticeListItemDto } from '@api/models/notice-list-item-dto';
import { ProgrammeListItemDto } from '@api/models/programme-list-item-dto';
import { ProgrammeStatus } from '@api/models/programme-status';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApiProblem, AppInstantPipe, SessionService, formatDate } from '@core';
import {
  DataColumn,
  DataTable,
  PageHeader,
  ProblemView,
  StateChip,
  StatusLight,
  TableFilter,
  TableQuery,
  UiCell,
} from '@ui';
import { from } from 'rxjs';
import { deadlineLabel, programmeTone } from './labels';

@Component({
  selector: 'app-programme-list',
  imports: [
    AppInstantPipe,
    DataTable,
    PageHeader,
    ProblemView,
    RouterLink,
    StateChip,
    StatusLight,
    TranslocoDirective,
    UiCell,
  ],
  templateUrl: './programme-list.html',
  styles: `
    .drafts {
      margin: 0;
      padding: 0;
      list-style: none;
    }

    .drafts li {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: center;
      padding: 4px 0;
    }

    section.card {
      margin-bottom: 16px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProgrammeListPage {
  private readonly api = inject(Api);
  private readonly transloco = inject(TranslocoService);
  protected readonly session = inject(SessionService);

  protected readonly mayManage = computed(() => this.session.can('Programmes.Manage'));
  protected readonly drafts = signal<readonly NoticeListItemDto[]>([]);
  protected readonly draftsProblem = signal<ApiProblem | null>(null);
  protected readonly tone = programmeTone;

  protected readonly columns: DataColumn<ProgrammeListItemDto>[] = [
    { key: 'title', textKey: 'programmes.column.title', value: (row) => row.title, sortable: true },
    {
      key: 'documentNumber',
      textKey: 'programmes.column.documentNumber',
      value: (row) => row.documentNumber,
      sortable: true,
    },
    { key: 'issuingBody', textKey: 'programmes.column.issuingBody', value: (row) => row.issuingBody },
    {
      key: 'issueDate',
      textKey: 'programmes.column.issueDate',
      value: (row) => formatDate(row.issueDate),
      sortable: true,
    },
    {
      key: 'deadline',
      textKey: 'programmes.column.deadline',
      value: (row) => deadlineLabel(row.deadline, this.transloco.translate('programmes.softly')),
      sortable: true,
    },
    { key: 'light', textKey: 'programmes.column.light' },
    {
      key: 'themeCount',
      textKey: 'programmes.column.themes',
      value: (row) => row.themeCount,
      numeric: true,
      sortable: true,
    },
    {
      key: 'assignmentCount',
      textKey: 'programmes.column.assignments',
      value: (row) => row.assignmentCount,
      numeric: true,
    },
    { key: 'status', textKey: 'programmes.column.status', sortable: true },
  ];
  protected readonly filters: TableFilter[] = [{ key: 'filter', textKey: 'programmes.list.search' }];
  protected readonly load = (query: TableQuery) =>
    from(
      this.api.invoke(listProgrammes, {
        filter: query.filters['filter'],
        status: query.filters['status'] as ProgrammeStatus | undefined,
        skipCount: query.skipCount,
        maxResultCount: query.maxResultCount,
        sorting: query.sorting ?? undefined,
      }),
    );
  protected readonly link = (row: ProgrammeListItemDto) => ['/programmes', row.id];
  protected readonly asRow = (row: unknown) => row as ProgrammeListItemDto;

  constructor() {
    void this.loadDrafts();
  }

  protected async loadDrafts(): Promise<void> {
    if (!this.mayManage()) {
      return;
    }
    this.draftsProblem.set(null);
    try {
      const page = await this.api.invoke(listNotices, { status: 'Draft', maxResultCount: 20 });
      this.drafts.set(page.items);
    } catch (error) {
      this.draftsProblem.set(ApiProblem.from(error));
    }
  }
}
