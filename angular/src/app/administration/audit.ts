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

/** The rows and security events that have a word; a request is found by its path. */
const SUBJECTS: readonly string[] = [
  'Region',
  'Office',
  'User',
  'RoleSet',
  'ApiToken',
  'SignInState',
  'StoredFile',
  'Upload',
  'Notification',
  'OutgoingMail',
  'NoticeDraft',
  'Programme',
  'Theme',
  'Claim',
  'Opinion',
  'Assignment',
  'AudienceRow',
  'Pilot',
  'PilotPhase',
  'PilotTask',
  'PlanDraft',
  'ProgressNote',
  'HistoryEntry',
  'Deliverable',
  'Submission',
  'AssessmentScheme',
  'PilotAssessment',
  'PanelMember',
  'PanelOutcome',
  'ScoreSheet',
  'AssessmentResult',
  'PracticeDraft',
  'Practice',
  'Adoption',
  'AdoptionNotice',
  'DownloadRecord',
  'DownloadNotice',
  'SignedIn',
  'SignInFailed',
  'LockedOut',
  'SignedOut',
  'SessionsEnded',
  'PasswordChanged',
  'PasswordReset',
  'TwoFactorEnabled',
  'TwoFactorDisabled',
  'TwoFactorReset',
  'RecoveryCodeUsed',
  'RecoveryCodesRenewed',
  'AccountCreated',
  'AccountDisabled',
  'AccountEnabled',
  'AccountUnlocked',
  'RolesAssigned',
  'RolePermissionsChanged',
  'TokenCreated',
  'TokenRevoked',
];

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
                unsealed: result.unsealedEntries,
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
          @let lines = details($any(row));
          @if (lines.length > FEW) {
            <details>
              <summary>{{ t('administration.audit.lines', { count: lines.length }) }}</summary>
              <ul class="details">
                @for (line of lines; track $index) {
                  <li>{{ line }}</li>
                }
              </ul>
            </details>
          } @else {
            <ul class="details">
              @for (line of lines; track $index) {
                <li>{{ line }}</li>
              }
            </ul>
          }
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
      min-width: 12rem;
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
  private readonly regions = toSignal(this.api.regions().pipe(catchError(() => of([]))), {
    initialValue: [],
  });
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
      value: (row) => this.subject(row),
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
      { key: 'from', textKey: 'administration.audit.filter.from', type: 'date' },
      { key: 'to', textKey: 'administration.audit.filter.to', type: 'date' },
      { key: 'actor', textKey: 'administration.audit.field.actor' },
      { key: 'subject', textKey: 'administration.audit.filter.subject' },
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

  protected readonly load = (query: TableQuery) => this.api.auditEntries(this.inCodes(query));
  protected readonly label = (row: AuditEntryDto) => `${formatInstant(row.occurredAt)} ${this.subject(row)}`;
  /** As many lines as stand open in the table; more are folded away. */
  protected readonly FEW = 4;

  protected readonly verify = async (): Promise<void> => {
    this.verification.set(await firstValueFrom(this.api.verifyAudit()));
  };

  protected export(query: TableQuery): void {
    const link = this.document.createElement('a');
    link.href = this.api.exportAddress(this.inCodes(query));
    link.download = '';
    link.click();
  }

  protected details(row: AuditEntryDto): string[] {
    return describeDetails(row.details, row.kind, {
      property: (name) => this.translate('administration.audit.property.' + name),
      value: (code) =>
        this.translate('administration.audit.value.' + row.subject + '_' + code) ??
        this.translate('administration.audit.value.' + code) ??
        this.translate('administration.roles.name.' + code),
      line: (name, value) => this.transloco.translate('administration.audit.line', { name, value }),
      yes: this.transloco.translate('administration.yes'),
      no: this.transloco.translate('administration.no'),
      instant: formatInstant,
    });
  }

  /** What an entry is about: a kind of row, a security event, or what a request did in which part of the system. */
  private subject(row: AuditEntryDto): string {
    const request = /^([A-Z]+) \/?api\/([^/]+)/.exec(row.subject);
    if (row.kind !== 'Request' || !request) {
      return this.translate('administration.audit.of.' + row.subject) ?? row.subject;
    }
    const [, method = '', area = ''] = request;
    return this.transloco.translate('administration.audit.request', {
      method: this.translate('administration.audit.method.' + method) ?? method,
      area: this.translate('administration.audit.area.' + area) ?? area,
    });
  }

  /** The server searches the codes that the log holds: a word of the page is put back into its code. */
  private inCodes(query: TableQuery): TableQuery {
    const wanted = query.filters['subject']?.trim();
    const code =
      wanted && SUBJECTS.find((name) => this.translate('administration.audit.of.' + name) === wanted);
    return code ? { ...query, filters: { ...query.filters, subject: code } } : query;
  }

  /** The text of a key; undefined where the log holds a code that the texts do not know. */
  private translate(key: string): string | undefined {
    const text: string = this.transloco.translate(key);
    return text === key ? undefined : text;
  }
}
