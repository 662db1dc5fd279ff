import { ChangeDetectionStrategy, Component, DOCUMENT, computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { catchError, firstValueFrom, of } from 'rxjs';
import { AuditEntryDto, AuditKind, AuditVerificationDto } from '@api/models';
import { AppInstantPipe, formatInstant } from '@core';
import { Busy, DataColumn, DataTable, PageHeader, StateChip, TableFilter, TableQuery, UiCell } from '@ui';
import { describeDetails } from './audit-details';
import { IdentityApi } from './identity-api';

const KINDS: readonly AuditKind[] = ['Security', 'Request', 'RowCreated', 'RowChanged', 'RowDeleted'];

/** The audit log: searched, exported, and its chain verified. */
@Component({
  selector: 'app-audit',
  imports: [AppInstantPipe, Busy, DataTable, PageHeader, StateChip, TranslocoDirective, UiCell],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('administration.audit.title')">
        <button uiPrimary type="button" class="button" [uiAction]="verify">
          {{ t('administration.audit.verify') }}
        </button>
        <p class="quiet">{{ t('administration.audit.intro') }}</p>
      </ui-page-header>
      @if (verification(); as result) {
        <section class="card" role="status">
          <ui-state-chip
            [text]="t(result.isIntact ? 'administration.audit.intact' : 'administration.audit.broken')"
            [tone]="result.isIntact ? 'good' : 'bad'"
          />
          <p>
            {{
              t('administration.audit.checked', {
                links: result.checkedLinks,
                unsealed: result.unsealedEntries
              })
            }}
            {{ result.verifiedAt | appInstant }}
          </p>
          @if (result.fault; as fault) {
            <p>
              {{ t('administration.audit.brokenAt', { sequence: result.brokenSequence }) }}
              {{ t('administration.audit.fault.' + fault) }}
            </p>
          }
          <p class="quiet hash">{{ t('administration.audit.lastHash') }} {{ result.lastHash }}</p>
        </section>
      }
      <ui-data-table
        [caption]="t('administration.audit.title')"
        [columns]="columns"
        [filters]="filters()"
        [load]="load"
        [rowLabel]="label"
        exportable
        (exportRequested)="export($event)"
        [emptyTitle]="t('administration.audit.emptyTitle')"
        [emptyText]="t('administration.audit.emptyText')"
      >
        <ng-template uiCell="kind" let-row>
          <ui-state-chip
            [text]="t('administration.audit.kind.' + $any(row).kind)"
            [tone]="$any(row).kind === 'Security' ? 'attention' : 'neutral'"
          />
        </ng-template>
        <ng-template uiCell="details" let-row>
          <ul class="details">
            @for (line of details($any(row)); track $index) {
              <li>{{ line }}</li>
            }
          </ul>
        </ng-template>
      </ui-data-table>
    </ng-container>
  `,
  styles: `
    section {
      margin-bottom: 16px;
    }

    .hash {
      overflow-wrap: anywhere;
    }

    .details {
      max-width: 32rem;
      margin: 0;
      padding: 0;
      overflow-wrap: anywhere;
      list-style: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AuditPage {
  private readonly api = inject(IdentityApi);
  private readonly document = inject(DOCUMENT);
  private readonly transloco = inject(TranslocoService);
  private readonly language = toSignal(this.transloco.langChanges$, { initialValue: '' });
  // Choices of the filter only: where they fail, the list still says what is wrong.
  private readonly regions = toSignal(this.api.regions().pipe(catchError(() => of([]))), { initialValue: [] });
  protected readonly verification = signal<AuditVerificationDto | null>(null);

  protected readonly columns: DataColumn<AuditEntryDto>[] = [
    {
      key: 'occurredAt',
      textKey: 'administration.audit.field.occurredAt',
      value: (row) => formatInstant(row.occurredAt),
      sortable: true,
    },
    { key: 'kind', textKey: 'administration.audit.field.kind' },
    {
      key: 'actorName',
      textKey: 'administration.audit.field.actor',
      value: (row) => row.actorName,
      sortable: true,
    },
    {
      key: 'actorRegion',
      textKey: 'administration.audit.field.actorRegion',
      value: (row) => row.actorRegionName,
    },
    { key: 'region', textKey: 'administration.audit.field.region', value: (row) => row.regionName },
    {
      key: 'subject',
      textKey: 'administration.audit.field.subject',
      value: (row) => row.subject,
      sortable: true,
    },
    { key: 'subjectId', textKey: 'administration.audit.field.subjectId', value: (row) => row.subjectId },
    { key: 'details', textKey: 'administration.audit.field.details' },
    {
      key: 'sequence',
      textKey: 'administration.audit.field.sequence',
      value: (row) => row.sequence,
      numeric: true,
      hidden: true,
    },
    {
      key: 'traceId',
      textKey: 'administration.audit.field.traceId',
      value: (row) => row.traceId,
      hidden: true,
    },
  ];

  protected readonly filters = computed<TableFilter[]>(() => {
    this.language();
    return [
      { key: 'from', textKey: 'administration.audit.filter.from' },
      { key: 'to', textKey: 'administration.audit.filter.to' },
      { key: 'actor', textKey: 'administration.audit.field.actor' },
      { key: 'subject', textKey: 'administration.audit.field.subject' },
      {
        key: 'kind',
        textKey: 'administration.audit.field.kind',
        options: KINDS.map((kind) => ({
          value: kind,
          text: this.transloco.translate('administration.audit.kind.' + kind),
        })),
      },
      {
        key: 'regionId',
        textKey: 'administration.audit.field.region',
        options: this.regions().map((region) => ({ value: region.id, text: region.name })),
      },
    ];
  });

  protected readonly load = (query: TableQuery) => this.api.auditEntries(query);
  protected readonly label = (row: AuditEntryDto) => `${formatInstant(row.occurredAt)} ${row.subject}`;
  protected readonly details = (row: AuditEntryDto) => describeDetails(row.details);

  protected readonly verify = async (): Promise<void> => {
    this.verification.set(await firstValueFrom(this.api.verifyAudit()));
  };

  protected export(query: TableQuery): void {
    const link = this.document.createElement('a');
    link.href = this.api.exportAddress(query);
    link.download = '';
    link.click();
  }
}
