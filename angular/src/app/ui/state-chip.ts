import { ChangeDetectionStrategy, Component, input } from '@angular/core';

export type Tone = 'neutral' | 'active' | 'good' | 'attention' | 'bad';

/** The state of a thing in one word; the colour only repeats what the word says. */
@Component({
  selector: 'ui-state-chip',
  template: '{{ text() }}',
  styles: `
    :host {
      display: inline-block;
      padding: 0 8px;
      border: 1px solid var(--line-strong);
      border-radius: var(--radius);
      background: var(--surface);
      color: var(--text-quiet);
      line-height: 1.5rem;
      white-space: nowrap;
    }

    :host(.active) {
      border-color: var(--primary);
      background: var(--primary-pale);
      color: var(--primary-dark);
    }

    :host(.good) {
      border-color: var(--good);
      background: var(--good-pale);
      color: var(--good);
    }

    :host(.attention) {
      border-color: var(--attention);
      background: var(--attention-pale);
      color: var(--attention);
    }

    :host(.bad) {
      border-color: var(--bad);
      background: var(--bad-pale);
      color: var(--bad);
    }
  `,
  host: { '[class]': 'tone()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StateChip {
  readonly text = input.required<string>();
  readonly tone = input<Tone>('neutral');
}
