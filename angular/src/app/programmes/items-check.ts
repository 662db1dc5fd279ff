import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { PercentPipe } from '@angular/common';
import { ItemListCheckDto } from '@api/models/item-list-check-dto';
import { ItemProblemDto } from '@api/models/item-problem-dto';
import { TranslocoDirective } from '@jsverse/transloco';

/** Stated numbers beside what the rows give, which office has how many, and what is still to be settled. */
@Component({
  selector: 'app-items-check',
  imports: [PercentPipe, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <ul class="counts" [attr.aria-label]="t('programmes.items.counts')">
        @for (count of check().counts; track $index) {
          <li [class.good]="count.agrees === true" [class.bad]="count.agrees === false">
            <span class="mark" aria-hidden="true">{{
              count.agrees === null ? '·' : count.agrees ? '✓' : '✗'
            }}</span>
            <span class="name">{{ count.label || t('programmes.items.countKind.' + count.kind) }}</span>
            <span class="figures">
              {{ count.actual }}{{ count.declared === null ? '' : ' / ' + count.declared }}
              @if (count.share !== null) {
                <span class="quiet">{{ count.share | percent: '1.1-1' }}</span>
              }
            </span>
            <span class="visually-hidden">{{ count.text }}</span>
          </li>
        }
        @if (check().slotCount > 0) {
          <li>
            <span class="mark" aria-hidden="true">·</span>
            <span class="name">{{ t('programmes.items.slots') }}</span>
            <span class="figures">{{ check().slotCount }}</span>
          </li>
        }
      </ul>
      @if (check().offices.length > 0) {
        <details>
          <summary>{{ t('programmes.items.offices', { count: check().offices.length }) }}</summary>
          <ul class="offices">
            @for (office of check().offices; track office.officeName) {
              <li>
                <span>{{ office.officeName }}</span>
                <span>{{ t('programmes.items.countOf', { count: office.count }) }}</span>
              </li>
            }
          </ul>
        </details>
      }
      @if (showProblems()) {
        @if (check().problems.length === 0) {
          <p class="ready" role="status">
            <span aria-hidden="true">✓</span>
            {{ t('programmes.items.ready') }}
          </p>
        } @else {
          <section aria-labelledby="items-problems">
            <h3 id="items-problems">
              {{ t('programmes.items.problems', { count: check().problems.length }) }}
            </h3>
            <ul class="problems">
              @for (problem of check().problems; track $index) {
                <li>
                  <span class="kind">{{ t('programmes.items.problemKind.' + problem.kind) }}</span>
                  @if (problem.order !== null || problem.groupKey !== null) {
                    <button type="button" class="button link small" (click)="goTo.emit(problem)">
                      {{ problem.text }}
                    </button>
                  } @else {
                    <span>{{ problem.text }}</span>
                  }
                </li>
              }
            </ul>
          </section>
        }
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
    }

    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }

    .counts {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }

    .counts li {
      display: flex;
      gap: 6px;
      align-items: baseline;
      padding: 2px 10px;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
    }

    .figures {
      font-weight: 600;
    }

    .figures .quiet {
      font-weight: 400;
    }

    .good .mark,
    .ready {
      color: var(--good);
    }

    .counts li.bad {
      border-color: var(--bad);
      background: var(--bad-pale);
      color: var(--bad);
    }

    .counts li.bad .quiet {
      color: inherit;
    }

    .offices {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr));
      gap: 4px 24px;
      padding: 8px 0;
    }

    .offices li {
      display: flex;
      gap: 12px;
      justify-content: space-between;
    }

    summary {
      min-height: 1.75rem;
      cursor: pointer;
    }

    .problems {
      display: grid;
      gap: 4px;
      max-height: 16rem;
      overflow-y: auto;
    }

    .problems li {
      display: flex;
      gap: 8px;
      align-items: baseline;
    }

    .problems button {
      height: auto;
      text-align: left;
      white-space: normal;
    }

    .kind {
      flex: none;
      color: var(--attention);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ItemsCheck {
  readonly check = input.required<ItemListCheckDto>();
  readonly showProblems = input(false);
  readonly goTo = output<ItemProblemDto>();
}
