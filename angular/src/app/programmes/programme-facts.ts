import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { CountDto } from '@api/models/count-dto';
import { ProgrammeDto } from '@api/models/programme-dto';
import { TranslocoDirective } from '@jsverse/transloco';
import { countsWithParts } from './programme-state';

/** What the notice states beside its themes: targets, numbers, and the practices that it takes over. */
@Component({
  selector: 'app-programme-facts',
  imports: [TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (programme().targets.length > 0) {
        <section class="card" [attr.aria-label]="t('programmes.facts.targets')">
          <h2>{{ t('programmes.facts.targets') }}</h2>
          <ul>
            @for (target of programme().targets; track $index) {
              <li>
                {{ target.what }} <strong>{{ target.value }}</strong>
              </li>
            }
          </ul>
        </section>
      }
      @if (counts().length > 0) {
        <section class="card" [attr.aria-label]="t('programmes.facts.stated')">
          <h2>{{ t('programmes.facts.stated') }}</h2>
          <ul>
            @for (count of counts(); track count.order) {
              <li>
                {{ text(count) }}
                @if (count.parts.length > 0) {
                  <ul>
                    @for (part of count.parts; track part.order) {
                      <li>{{ text(part) }}</li>
                    }
                  </ul>
                }
              </li>
            }
          </ul>
        </section>
      }
      @if (programme().practices.length > 0) {
        <section class="card" [attr.aria-label]="t('programmes.facts.practices')">
          <h2>{{ t('programmes.facts.practices') }}</h2>
          <ul>
            @for (practice of programme().practices; track $index) {
              <li>
                {{
                  t('programmes.facts.practiceFrom', {
                    region: practice.regionName ?? practice.region,
                    what: practice.what,
                  })
                }}
              </li>
            }
          </ul>
        </section>
      }
    </ng-container>
  `,
  styles: `
    h2 {
      margin: 0 0 4px;
      font-size: var(--text-size-section);
    }

    ul {
      margin: 0;
      padding-left: 1.5em;
    }

    :host {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
      gap: 0 12px;
    }

    section.card {
      margin-top: 16px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProgrammeFacts {
  readonly programme = input.required<ProgrammeDto>();
  protected readonly counts = computed(() => countsWithParts(this.programme().counts));

  protected text(count: CountDto): string {
    return `${count.what} ${count.number}${count.unit}`;
  }
}
