import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { ProgrammeDateDto } from '@api/models/programme-date-dto';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { AppDatePipe } from '@core';
import { monthsOf } from './notice-state';

/** The programme's days: as months, or as a table that says the same. */
@Component({
  selector: 'app-notice-calendar',
  imports: [AppDatePipe, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <div class="button-row" role="group" [attr.aria-label]="t('programmes.calendar.view')">
        <button type="button" class="button small" [attr.aria-pressed]="!table()" (click)="table.set(false)">
          {{ t('programmes.calendar.months') }}
        </button>
        <button type="button" class="button small" [attr.aria-pressed]="table()" (click)="table.set(true)">
          {{ t('programmes.calendar.table') }}
        </button>
      </div>
      @if (dates().length === 0) {
        <p class="quiet">{{ t('programmes.calendar.empty') }}</p>
      } @else if (table()) {
        <div class="scroll" tabindex="0" role="region" [attr.aria-label]="t('programmes.calendar.caption')">
          <table>
            <caption class="visually-hidden">
              {{
                t('programmes.calendar.caption')
              }}
            </caption>
            <thead>
              <tr>
                <th scope="col">{{ t('programmes.calendar.date') }}</th>
                <th scope="col">{{ t('programmes.calendar.what') }}</th>
                <th scope="col" class="number">{{ t('programmes.calendar.due') }}</th>
                <th scope="col" class="number">{{ t('programmes.calendar.dueSoFar') }}</th>
              </tr>
            </thead>
            <tbody>
              @for (date of dates(); track $index) {
                <tr>
                  <th scope="row">{{ date.date | appDate }}</th>
                  <td>{{ label(date) }}</td>
                  <td class="number">{{ date.taskInstances || '' }}</td>
                  <td class="number">{{ date.taskInstances ? date.dueSoFar : '' }}</td>
                </tr>
              }
            </tbody>
          </table>
        </div>
      } @else {
        <div class="months">
          @for (month of months(); track month.key) {
            <table class="month">
              <caption>
                {{
                  t('programmes.calendar.month', { year: month.year, month: month.month })
                }}
              </caption>
              <thead>
                <tr>
                  @for (day of weekdays; track day) {
                    <th scope="col">{{ t('programmes.calendar.weekday.' + day) }}</th>
                  }
                </tr>
              </thead>
              <tbody>
                @for (week of month.weeks; track $index) {
                  <tr>
                    @for (day of week; track $index) {
                      <td [class.busy]="day?.events?.length">
                        @if (day) {
                          <span>{{ day.day }}</span>
                          @for (event of day.events; track $index) {
                            <span class="event" [class.due]="event.kind === 'Due'" [title]="label(event)">{{
                              label(event)
                            }}</span>
                          }
                        }
                      </td>
                    }
                  </tr>
                }
              </tbody>
            </table>
          }
        </div>
      }
    </ng-container>
  `,
  styles: `
    button[aria-pressed='true'] {
      border-color: var(--primary);
      background: var(--primary-pale);
      font-weight: 600;
    }

    .scroll {
      overflow-x: auto;
    }

    .months {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr));
      gap: 16px;
      margin-top: 8px;
    }

    table {
      width: 100%;
      border-collapse: collapse;
    }

    caption {
      padding: 4px 0;
      font-weight: 600;
      text-align: start;
    }

    th,
    td {
      padding: 4px;
      border: 1px solid var(--line);
      text-align: start;
      vertical-align: top;
    }

    .month {
      table-layout: fixed;
    }

    .event {
      display: -webkit-box;
      overflow: hidden;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 3;
      overflow-wrap: anywhere;
      line-height: 1.35;
    }

    .busy {
      background: var(--primary-pale);
    }

    .due {
      font-weight: 600;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NoticeCalendar {
  private readonly transloco = inject(TranslocoService);
  readonly dates = input.required<readonly ProgrammeDateDto[]>();
  protected readonly table = signal(false);
  protected readonly months = computed(() => monthsOf(this.dates()));
  protected readonly weekdays = [1, 2, 3, 4, 5, 6, 7];

  /** 到期 19 项：成立领导小组. */
  protected label(date: ProgrammeDateDto): string {
    const text = this.transloco.translate('programmes.calendar.kind.' + date.kind, {
      text: date.text,
      count: date.taskInstances,
    });
    return date.isSoft ? `${text}${this.transloco.translate('programmes.calendar.soft')}` : text;
  }
}
