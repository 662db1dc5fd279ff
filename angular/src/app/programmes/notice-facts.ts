import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { CountSumDto } from '@api/models/count-sum-dto';
import { NoticeCount } from '@api/models/notice-count';
import { NoticeDuty } from '@api/models/notice-duty';
import { NoticeFacts } from '@api/models/notice-facts';
import { NoticePractice } from '@api/models/notice-practice';
import { TranslocoDirective } from '@jsverse/transloco';
import { StateChip } from '@ui';
import { NoticeTargets } from './notice-targets';
import { asTarget, NO_FACTS, withoutCount } from './notice-facts-state';
import { fieldId, freshKey, replacedAt, withoutAt } from './notice-state';

/** What a notice states beside its themes: targets, numbers, duties to report, practices taken over. */
@Component({
  selector: 'app-notice-facts',
  imports: [NoticeTargets, StateChip, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <section aria-labelledby="targets-title">
        <h3 id="targets-title">{{ t('programmes.facts.targets') }}</h3>
        <app-notice-targets
          path="facts"
          [targets]="value().targets"
          (targetsChange)="set('targets', $event)"
          (chosen)="chosen.emit($event)"
        />
      </section>

      <section aria-labelledby="counts-title">
        <h3 id="counts-title">{{ t('programmes.facts.counts') }}</h3>
        <ul class="rows">
          @for (count of value().counts; track count.key; let index = $index) {
            <li>
              <input
                class="control grow"
                maxlength="200"
                [id]="fieldId('facts.counts[' + index + '].what')"
                [attr.aria-label]="t('programmes.facts.countWhat')"
                [value]="count.what"
                (focus)="chosen.emit(count.sourceKey)"
                (input)="setCount(index, { what: valueOf($event) })"
              />
              <input
                class="control short"
                type="number"
                min="0"
                [id]="fieldId('facts.counts[' + index + '].number')"
                [attr.aria-label]="t('programmes.facts.countNumberOf', { name: count.what })"
                [attr.data-source]="count.sourceKey"
                [value]="count.number"
                (focus)="chosen.emit(count.sourceKey)"
                (input)="setCount(index, { number: numberOf($event) })"
              />
              <input
                class="control short"
                maxlength="20"
                [attr.aria-label]="t('programmes.facts.countUnitOf', { name: count.what })"
                [placeholder]="t('programmes.facts.countUnit')"
                [value]="count.unit"
                (input)="setCount(index, { unit: valueOf($event) })"
              />
              <select
                class="control"
                [attr.aria-label]="t('programmes.facts.partOfNamed', { name: count.what })"
                (change)="setCount(index, { partOf: valueOf($event) || null })"
              >
                <option value="" [selected]="!count.partOf">{{ t('programmes.facts.whole') }}</option>
                @for (whole of wholesFor(count); track whole.key) {
                  <option [value]="whole.key" [selected]="whole.key === count.partOf">
                    {{
                      t('programmes.facts.partOf', {
                        name: whole.what,
                        number: whole.number,
                        unit: whole.unit,
                      })
                    }}
                  </option>
                }
              </select>
              <button
                type="button"
                class="button small"
                [attr.aria-label]="t('programmes.facts.toTargetNamed', { name: count.what })"
                (click)="toTarget(count)"
              >
                {{ t('programmes.facts.toTarget') }}
              </button>
              <button
                type="button"
                class="button small"
                [attr.aria-label]="t('programmes.wizard.removeNamed', { name: count.what })"
                (click)="set('counts', withoutCount(value().counts, count.key))"
              >
                {{ t('programmes.wizard.remove') }}
              </button>
              @if (sumOf(count.key); as sum) {
                <span role="status">
                  <ui-state-chip
                    [text]="
                      t(sum.agrees ? 'programmes.facts.agrees' : 'programmes.facts.disagrees', {
                        sum: sum.parts.join(' + '),
                        total: sum.sum,
                      })
                    "
                    [tone]="sum.agrees ? 'good' : 'attention'"
                  />
                </span>
              }
            </li>
          }
        </ul>
        <button type="button" class="button small" (click)="addCount()">
          {{ t('programmes.facts.addCount') }}
        </button>
      </section>

      <section aria-labelledby="duties-title">
        <h3 id="duties-title">{{ t('programmes.facts.duties') }}</h3>
        <p class="quiet">{{ t('programmes.facts.dutiesHelp') }}</p>
        <ul class="rows">
          @for (duty of value().duties; track $index; let index = $index) {
            <li>
              <input
                class="control grow"
                maxlength="200"
                [id]="fieldId('facts.duties[' + index + '].what')"
                [attr.aria-label]="t('programmes.facts.dutyWhat')"
                [attr.data-source]="duty.sourceKey"
                [value]="duty.what"
                (focus)="chosen.emit(duty.sourceKey)"
                (input)="setDuty(index, { what: valueOf($event) })"
              />
              <input
                class="control grow"
                maxlength="100"
                [attr.aria-label]="t('programmes.facts.dutyToOf', { name: duty.what })"
                [placeholder]="t('programmes.facts.dutyTo')"
                [value]="duty.to ?? ''"
                (focus)="chosen.emit(duty.sourceKey)"
                (input)="setDuty(index, { to: valueOf($event) || null })"
              />
              <input
                class="control short"
                maxlength="100"
                [attr.aria-label]="t('programmes.facts.dutyWhenOf', { name: duty.what })"
                [placeholder]="t('programmes.facts.dutyWhen')"
                [value]="duty.when ?? ''"
                (focus)="chosen.emit(duty.sourceKey)"
                (input)="setDuty(index, { when: valueOf($event) || null })"
              />
              <button
                type="button"
                class="button small"
                [attr.aria-label]="t('programmes.wizard.removeNamed', { name: duty.what })"
                (click)="set('duties', withoutAt(value().duties, index))"
              >
                {{ t('programmes.wizard.remove') }}
              </button>
              <div
                class="dates"
                role="group"
                [attr.aria-label]="t('programmes.facts.datesOf', { name: duty.what })"
              >
                @if (duty.dates.length === 0) {
                  <span class="quiet">{{ t('programmes.facts.noDate') }}</span>
                }
                @for (date of duty.dates; track $index; let place = $index) {
                  <input
                    class="control"
                    type="date"
                    [attr.aria-label]="t('programmes.facts.dateOf', { name: duty.what, place: place + 1 })"
                    [value]="date"
                    (change)="setDate(index, place, valueOf($event))"
                  />
                  <button
                    type="button"
                    class="button small"
                    [attr.aria-label]="t('programmes.wizard.removeNamed', { name: date })"
                    (click)="setDuty(index, { dates: withoutAt(duty.dates, place) })"
                  >
                    {{ t('programmes.wizard.remove') }}
                  </button>
                }
                <button type="button" class="button small" (click)="addDate(index)">
                  {{ t('programmes.facts.addDate') }}
                </button>
              </div>
            </li>
          }
        </ul>
        <button type="button" class="button small" (click)="addDuty()">
          {{ t('programmes.facts.addDuty') }}
        </button>
      </section>

      <section aria-labelledby="practices-title">
        <h3 id="practices-title">{{ t('programmes.facts.practices') }}</h3>
        <ul class="rows">
          @for (practice of value().practices; track $index; let index = $index) {
            <li>
              <input
                class="control short"
                maxlength="100"
                [id]="fieldId('facts.practices[' + index + '].region')"
                [attr.aria-label]="t('programmes.facts.practiceRegion')"
                [attr.data-source]="practice.sourceKey"
                [placeholder]="t('programmes.facts.practiceRegion')"
                [value]="practice.region"
                (focus)="chosen.emit(practice.sourceKey)"
                (input)="setPractice(index, { region: valueOf($event), regionId: null })"
              />
              <input
                class="control grow"
                maxlength="200"
                [id]="fieldId('facts.practices[' + index + '].what')"
                [attr.aria-label]="t('programmes.facts.practiceWhatOf', { name: practice.region })"
                [placeholder]="t('programmes.facts.practiceWhat')"
                [value]="practice.what"
                (focus)="chosen.emit(practice.sourceKey)"
                (input)="setPractice(index, { what: valueOf($event) })"
              />
              @if (practice.regionId) {
                <ui-state-chip [text]="t('programmes.facts.knownRegion')" tone="neutral" />
              }
              <button
                type="button"
                class="button small"
                [attr.aria-label]="t('programmes.wizard.removeNamed', { name: practice.region })"
                (click)="set('practices', withoutAt(value().practices, index))"
              >
                {{ t('programmes.wizard.remove') }}
              </button>
            </li>
          }
        </ul>
        <button type="button" class="button small" (click)="addPractice()">
          {{ t('programmes.facts.addPractice') }}
        </button>
      </section>
    </ng-container>
  `,
  styleUrl: './notice-rows.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NoticeFactsSection {
  readonly facts = input.required<NoticeFacts | null>();
  /** Which wholes and parts agree, as the server reckons. */
  readonly sums = input.required<readonly CountSumDto[]>();
  /** What a new day of a duty begins with. */
  readonly usualDate = input.required<string>();
  readonly factsChange = output<NoticeFacts>();
  /** The passage of the value in hand. */
  readonly chosen = output<string | null>();

  protected readonly value = computed(() => this.facts() ?? NO_FACTS);
  protected readonly fieldId = fieldId;
  protected readonly withoutAt = withoutAt;
  protected readonly withoutCount = withoutCount;

  protected set<K extends keyof NoticeFacts>(key: K, value: NoticeFacts[K]): void {
    this.factsChange.emit({ ...this.value(), [key]: value });
  }

  protected setCount(index: number, change: Partial<NoticeCount>): void {
    this.set('counts', replacedAt(this.value().counts, index, change));
  }

  protected addCount(): void {
    const counts = this.value().counts;
    this.set('counts', [
      ...counts,
      {
        key: freshKey(
          counts.map((count) => count.key),
          'c',
        ),
        number: 0,
        unit: '',
        what: '',
        partOf: null,
        sourceKey: null,
      },
    ]);
  }

  /** What a count may be a part of: itself it is not, and a part has no parts. */
  protected wholesFor(count: NoticeCount): NoticeCount[] {
    const counts = this.value().counts;
    return counts.some((other) => other.partOf === count.key)
      ? []
      : counts.filter((other) => other.key !== count.key && !other.partOf);
  }

  /** A number that somebody has to reach is a target of the programme. */
  protected toTarget(count: NoticeCount): void {
    this.factsChange.emit(asTarget(this.value(), count));
  }

  protected sumOf(key: string): CountSumDto | undefined {
    return this.sums().find((sum) => sum.key === key);
  }

  protected setDuty(index: number, change: Partial<NoticeDuty>): void {
    this.set('duties', replacedAt(this.value().duties, index, change));
  }

  protected setDate(index: number, place: number, date: string): void {
    // Half a date is none; what is to go has a button of its own.
    if (date) {
      const dates = this.value().duties[index]?.dates ?? [];
      this.setDuty(index, { dates: dates.map((old, i) => (i === place ? date : old)) });
    }
  }

  protected addDate(index: number): void {
    const dates = this.value().duties[index]?.dates ?? [];
    this.setDuty(index, { dates: [...dates, dates.at(-1) ?? this.usualDate()] });
  }

  protected addDuty(): void {
    this.set('duties', [
      ...this.value().duties,
      { what: '', to: null, when: null, dates: [], sourceKey: null },
    ]);
  }

  protected setPractice(index: number, change: Partial<NoticePractice>): void {
    this.set('practices', replacedAt(this.value().practices, index, change));
  }

  protected addPractice(): void {
    this.set('practices', [
      ...this.value().practices,
      { region: '', regionId: null, what: '', sourceKey: null },
    ]);
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value;
  }

  protected numberOf(event: Event): number {
    return Math.max(0, Math.trunc(Number(this.valueOf(event)) || 0));
  }
}
