import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { ThemeGapDto } from '@api/models/theme-gap-dto';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { AppInstantPipe } from '@core';
import { Confirm } from '@ui';

/** 公文未写明: what themes leave open. Each is filled in at its field, or left open by a decision that is on record. */
@Component({
  selector: 'app-notice-gaps',
  imports: [AppInstantPipe, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (gaps().length === 0) {
        <p class="quiet">{{ t('programmes.gaps.none') }}</p>
      } @else {
        <p class="quiet">{{ t('programmes.gaps.text') }}</p>
        @if (open().length > 0) {
          <div class="button-row">
            <button type="button" class="button small" (click)="leave(open())">
              {{ t('programmes.gaps.leaveAll', { count: open().length }) }}
            </button>
          </div>
        }
        <ul class="rows">
          @for (gap of gaps(); track gap.key) {
            <li [attr.data-gap]="gap.key">
              <span class="grow">
                {{ gap.number }} {{ gap.title }}：{{ t('programmes.gap.' + gap.gap) }}
                @if (gap.isWithheld) {
                  <span class="warning">{{ t('programmes.gaps.withheld') }}</span>
                }
                @if (gap.decision) {
                  <br />
                  <span class="quiet">{{
                    t('programmes.gaps.leftOpen', {
                      reason: gap.decision,
                      by: gap.decidedBy,
                      at: (gap.decidedAt | appInstant),
                    })
                  }}</span>
                }
              </span>
              <button
                type="button"
                class="button small"
                [attr.aria-label]="t('programmes.gaps.fillNamed', { name: name(gap) })"
                (click)="jump.emit(gap)"
              >
                {{ t('programmes.gaps.fill') }}
              </button>
              @if (gap.decision) {
                <button
                  type="button"
                  class="button small"
                  [attr.aria-label]="t('programmes.gaps.reopenNamed', { name: name(gap) })"
                  (click)="decided.emit({ keys: [gap.key], reason: '' })"
                >
                  {{ t('programmes.gaps.reopen') }}
                </button>
              } @else {
                <button
                  type="button"
                  class="button small"
                  [attr.aria-label]="t('programmes.gaps.leaveNamed', { name: name(gap) })"
                  (click)="leave([gap])"
                >
                  {{ t('programmes.gaps.leave') }}
                </button>
              }
            </li>
          }
        </ul>
      }
    </ng-container>
  `,
  styleUrl: './notice-rows.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NoticeGaps {
  private readonly confirm = inject(Confirm);
  private readonly transloco = inject(TranslocoService);
  readonly gaps = input.required<readonly ThemeGapDto[]>();
  /** To the field that would fill it. */
  readonly jump = output<ThemeGapDto>();
  /** Left open for a reason; an empty reason takes the decision back. */
  readonly decided = output<{ keys: string[]; reason: string }>();

  protected readonly open = computed(() => this.gaps().filter((gap) => !gap.decision));

  protected name(gap: ThemeGapDto): string {
    return `${gap.number} ${gap.title} ${this.transloco.translate('programmes.gap.' + gap.gap)}`;
  }

  protected async leave(gaps: readonly ThemeGapDto[]): Promise<void> {
    const given = await this.confirm.ask({
      title: this.transloco.translate('programmes.gaps.leaveTitle', { count: gaps.length }),
      message: this.transloco.translate('programmes.gaps.leaveText'),
      affected: gaps.map((gap) => this.name(gap)),
      confirmLabel: this.transloco.translate('programmes.gaps.leave'),
      reasonLabel: this.transloco.translate('programmes.gaps.reason'),
    });
    if (given) {
      this.decided.emit({ keys: gaps.map((gap) => gap.key), reason: given.reason.slice(0, 500) });
    }
  }
}
