import { ChangeDetectionStrategy, Component, effect, inject, input, output, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { Api } from '@api/api';
import { remindOfDuty } from '@api/fn/reporting/remind-of-duty';
import { reportDuty } from '@api/fn/reporting/report-duty';
import { withdrawDutyReport } from '@api/fn/reporting/withdraw-duty-report';
import { DutyReportDto } from '@api/models/duty-report-dto';
import { ProgrammeReportingDto } from '@api/models/programme-reporting-dto';
import { ReportingDutyDto } from '@api/models/reporting-duty-dto';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { AppDatePipe, AppInstantPipe } from '@core';
import { Busy, Confirm, EmptyState, FileUpload, StateChip, StatusLight, StoredFile, Toast } from '@ui';

/** What regions report: the issuer sees who has and who has not, and reminds; a region says that it has. */
@Component({
  selector: 'app-programme-reporting',
  imports: [
    AppDatePipe,
    AppInstantPipe,
    Busy,
    EmptyState,
    FileUpload,
    FormsModule,
    StateChip,
    StatusLight,
    TranslocoDirective,
  ],
  template: `
    <ng-container *transloco="let t">
      @if (reporting().duties.length === 0) {
        <ui-empty-state
          [title]="t('programmes.reporting.none')"
          [text]="t('programmes.reporting.noneText')"
        />
      } @else {
        <ol class="duties">
          @for (duty of reporting().duties; track duty.id) {
            <li class="card">
              <h2>{{ duty.what }}</h2>
              <p class="facts">
                @if (duty.dueOn) {
                  <span>{{ t('programmes.reporting.dueOn', { date: (duty.dueOn | appDate) }) }}</span>
                }
                @if (duty.when) {
                  <span class="quiet">{{ t('programmes.reporting.when', { when: duty.when }) }}</span>
                }
                @if (duty.to) {
                  <span class="quiet">{{ t('programmes.reporting.to', { to: duty.to }) }}</span>
                }
                @if (duty.light) {
                  <ui-status-light [light]="duty.light" />
                }
              </p>
              @if (reporting().isIssuer && duty.expected > 0 && duty.dueOn) {
                <p>
                  {{
                    t('programmes.reporting.count', {
                      done: duty.expected - duty.missing.length,
                      expected: duty.expected,
                    })
                  }}
                </p>
                @if (duty.missing.length > 0) {
                  <p>{{ t('programmes.reporting.missing', { names: missingNames(duty) }) }}</p>
                  @if (reporting().mayRemind) {
                    @if (duty.lastRemindedAt) {
                      <p class="quiet" [id]="'reminded-' + duty.id">
                        {{
                          t(
                            isTooSoon(duty)
                              ? 'programmes.reporting.remindedWait'
                              : 'programmes.reporting.remindedAt',
                            {
                              at: (duty.lastRemindedAt | appInstant),
                              from: (duty.mayRemindFrom | appInstant),
                            }
                          )
                        }}
                      </p>
                    }
                    <button
                      type="button"
                      class="button small no-print"
                      [attr.aria-label]="t('programmes.reporting.remindNamed', { what: duty.what })"
                      [attr.aria-describedby]="duty.lastRemindedAt ? 'reminded-' + duty.id : null"
                      [attr.aria-disabled]="isTooSoon(duty) ? 'true' : null"
                      (click)="remind(duty)"
                    >
                      {{ t('programmes.reporting.remind') }}
                    </button>
                  }
                }
              } @else if (reporting().isIssuer && duty.expected === 0) {
                <p class="quiet">{{ t('programmes.reporting.nobody') }}</p>
              }
              @if (duty.reports.length > 0) {
                <ul class="reports">
                  @for (report of duty.reports; track report.id) {
                    <li>
                      <strong>{{ report.regionName }}</strong>
                      <span class="quiet">{{
                        t('programmes.reporting.by', {
                          by: report.reportedBy,
                          at: (report.reportedAt | appInstant),
                        })
                      }}</span>
                      @if (report.isLate) {
                        <ui-state-chip [text]="t('programmes.reporting.late')" tone="attention" />
                      }
                      @if (report.text) {
                        <span class="text">{{ report.text }}</span>
                      }
                      @if (report.fileId && report.fileName) {
                        <a [href]="'/api/files/' + report.fileId + '/content'" download>{{
                          report.fileName
                        }}</a>
                      }
                      @if (report.isOwn && mayWrite()) {
                        <button
                          type="button"
                          class="button small no-print"
                          [attr.aria-label]="t('programmes.reporting.withdrawNamed', { what: duty.what })"
                          (click)="withdraw(duty, report)"
                        >
                          {{ t('programmes.reporting.withdraw') }}
                        </button>
                      }
                    </li>
                  }
                </ul>
              }
              @if (duty.mayReport) {
                @if (reportingOn() === duty.id) {
                  <form class="report no-print" (ngSubmit)="report(duty)">
                    <label [for]="'report-text-' + duty.id">{{ t('programmes.reporting.text') }}</label>
                    <textarea
                      class="control"
                      rows="3"
                      maxlength="1000"
                      name="text"
                      [id]="'report-text-' + duty.id"
                      [ngModel]="text()"
                      (ngModelChange)="text.set($event)"
                    ></textarea>
                    <ui-file-upload
                      [label]="t('programmes.reporting.file')"
                      (uploaded)="file.set($event)"
                      (removed)="file.set(null)"
                      (busyChange)="uploading.set($event)"
                    />
                    <div class="button-row">
                      <button type="submit" class="button primary" [uiBusy]="busy() || uploading()">
                        {{ t('programmes.reporting.confirm') }}
                      </button>
                      <button type="button" class="button" (click)="reportingOn.set(null)">
                        {{ t('programmes.reporting.cancel') }}
                      </button>
                    </div>
                  </form>
                } @else {
                  <button
                    type="button"
                    class="button no-print"
                    [attr.aria-label]="t('programmes.reporting.reportNamed', { what: duty.what })"
                    (click)="begin(duty)"
                  >
                    {{ t('programmes.reporting.report') }}
                  </button>
                }
              }
            </li>
          }
        </ol>
      }
    </ng-container>
  `,
  styles: `
    .duties,
    .reports {
      display: grid;
      gap: 8px;
      margin: 8px 0;
      padding: 0;
      list-style: none;
    }

    .reports li,
    .facts {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: center;
    }

    .text {
      flex: 1 1 100%;
      overflow-wrap: anywhere;
    }

    .duties .button.small {
      margin: 8px 0;
    }

    .report {
      display: grid;
      gap: 8px;
      max-width: 40rem;
    }

    h2 {
      margin: 0 0 4px;
      font-size: var(--text-size-section);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProgrammeReporting {
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);

  readonly reporting = input.required<ProgrammeReportingDto>();
  /** Whether the own region may still change what it reported. */
  readonly mayWrite = input.required<boolean>();
  readonly changed = output<ProgrammeReportingDto>();

  protected readonly reportingOn = signal<string | null>(null);
  protected readonly text = signal('');
  protected readonly file = signal<StoredFile | null>(null);
  protected readonly busy = signal(false);
  protected readonly uploading = signal(false);
  private readonly now = signal(Date.now());

  constructor() {
    // The button comes back to life by itself.
    effect((onCleanup) => {
      const next = Math.min(
        ...this.reporting()
          .duties.map(mayRemindFrom)
          .filter((from) => from > this.now()),
      );
      if (Number.isFinite(next)) {
        const timer = setTimeout(() => {
          this.now.set(Date.now());
        }, next - Date.now());
        onCleanup(() => {
          clearTimeout(timer);
        });
      }
    });
  }

  protected isTooSoon(duty: ReportingDutyDto): boolean {
    return mayRemindFrom(duty) > this.now();
  }

  protected missingNames(duty: ReportingDutyDto): string {
    return duty.missing.map((region) => region.regionName).join('、');
  }

  protected begin(duty: ReportingDutyDto): void {
    this.text.set('');
    this.file.set(null);
    this.reportingOn.set(duty.id);
    setTimeout(() => document.getElementById('report-text-' + duty.id)?.focus());
  }

  protected async report(duty: ReportingDutyDto): Promise<void> {
    if (this.busy() || this.uploading()) {
      return;
    }
    this.busy.set(true);
    try {
      this.changed.emit(
        await this.api.invoke(reportDuty, {
          id: duty.id,
          body: { text: this.text().trim() || null, fileId: this.file()?.fileId ?? null },
        }),
      );
      this.reportingOn.set(null);
      this.toast.success(this.transloco.translate('programmes.reporting.reported'));
    } catch (error) {
      this.toast.failure(error);
    } finally {
      this.busy.set(false);
    }
  }

  protected async withdraw(duty: ReportingDutyDto, report: DutyReportDto): Promise<void> {
    const yes = await this.confirm.ask({
      title: this.transloco.translate('programmes.reporting.withdrawNamed', { what: duty.what }),
      message: this.transloco.translate('programmes.reporting.withdrawText'),
      confirmLabel: this.transloco.translate('programmes.reporting.withdraw'),
      danger: true,
    });
    if (!yes) {
      return;
    }
    try {
      this.changed.emit(
        await this.api.invoke(withdrawDutyReport, {
          id: report.id,
          body: { concurrencyStamp: report.concurrencyStamp },
        }),
      );
      this.toast.success(this.transloco.translate('programmes.reporting.withdrawn'));
    } catch (error) {
      this.toast.failure(error);
    }
  }

  protected async remind(duty: ReportingDutyDto): Promise<void> {
    if (this.isTooSoon(duty)) {
      return;
    }
    const yes = await this.confirm.ask({
      title: this.transloco.translate('programmes.reporting.remindNamed', { what: duty.what }),
      message: this.transloco.translate('programmes.reporting.remindText'),
      affected: duty.missing.map((region) => region.regionName),
      confirmLabel: this.transloco.translate('programmes.reporting.remind'),
    });
    if (!yes) {
      return;
    }
    try {
      const { regions, ...times } = await this.api.invoke(remindOfDuty, { id: duty.id });
      this.now.set(Date.now());
      this.changed.emit({
        ...this.reporting(),
        duties: this.reporting().duties.map((d) => (d.id === duty.id ? { ...d, ...times } : d)),
      });
      this.toast.success(this.transloco.translate('programmes.reporting.reminded', { count: regions }));
    } catch (error) {
      this.toast.failure(error);
    }
  }
}

function mayRemindFrom(duty: ReportingDutyDto): number {
  return duty.mayRemindFrom ? Date.parse(duty.mayRemindFrom) : 0;
}
