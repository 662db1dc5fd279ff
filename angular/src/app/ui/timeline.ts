import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { AppInstantPipe } from '@core';
import { Tone } from './state-chip';

export interface TimelineEntry {
  /** An instant; left out for what has not happened yet. */
  readonly at?: string | null;
  /** Instead of the instant, e.g. “2023年9月30日前”. */
  readonly when?: string;
  readonly title: string;
  readonly by?: string;
  readonly text?: string;
  readonly tone?: Tone;
  /** Where one stands now. */
  readonly current?: boolean;
}

/** What happened, by whom, in order; the present step is marked. */
@Component({
  selector: 'ui-timeline',
  imports: [AppInstantPipe],
  template: `
    <ol [attr.aria-label]="label()">
      @for (entry of entries(); track $index) {
        <li [class]="entry.tone ?? 'neutral'" [attr.aria-current]="entry.current ? 'step' : null">
          <p class="title">{{ entry.title }}</p>
          <p class="quiet">
            {{ entry.when ?? (entry.at | appInstant) }}
            @if (entry.by) {
              · {{ entry.by }}
            }
          </p>
          @if (entry.text) {
            <p class="text">{{ entry.text }}</p>
          }
        </li>
      }
    </ol>
  `,
  styles: `
    ol {
      padding: 0;
      list-style: none;
    }

    li {
      position: relative;
      padding: 0 0 16px 24px;
    }

    li::before {
      content: '';
      position: absolute;
      top: 0.4em;
      left: 2px;
      width: 10px;
      height: 10px;
      border: 2px solid var(--line-strong);
      border-radius: 50%;
      background: var(--surface);
    }

    li::after {
      content: '';
      position: absolute;
      top: calc(0.4em + 12px);
      bottom: -0.3em;
      left: 6px;
      border-left: 2px solid var(--line);
    }

    li:last-child::after {
      display: none;
    }

    li[aria-current]::before,
    .active::before {
      border-color: var(--primary);
      background: var(--primary);
    }

    .good::before {
      border-color: var(--good);
      background: var(--good);
    }

    .attention::before {
      border-color: var(--attention);
      background: var(--attention);
    }

    .bad::before {
      border-color: var(--bad);
      background: var(--bad);
    }

    .title {
      font-weight: 600;
    }

    .text {
      white-space: pre-wrap;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Timeline {
  readonly label = input.required<string>();
  readonly entries = input.required<readonly TimelineEntry[]>();
}
