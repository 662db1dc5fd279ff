import { ChangeDetectionStrategy, Component, computed, input, booleanAttribute } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';

export type Light = 'green' | 'amber' | 'red' | 'yellow' | 'none';

const LIGHTS: readonly Light[] = ['green', 'amber', 'red', 'yellow', 'none'];

/** ● 正常 ▲ 临期 ■ 逾期 ◆ 已补办: colour, shape and word, so that none is needed alone. */
@Component({
  selector: 'ui-status-light',
  imports: [TranslocoDirective],
  template: `
    <span *transloco="let t" class="light" [class]="kind()">
      <svg viewBox="0 0 12 12" aria-hidden="true">
        @switch (kind()) {
          @case ('green') {
            <circle cx="6" cy="6" r="5" />
          }
          @case ('amber') {
            <path d="M6 .8 11.6 11H.4z" />
          }
          @case ('red') {
            <path d="M1 1h10v10H1z" />
          }
          @case ('yellow') {
            <path d="M6 0l6 6-6 6-6-6z" />
          }
          @default {
            <circle class="hollow" cx="6" cy="6" r="4.4" />
          }
        }
      </svg>
      <span [class.visually-hidden]="compact()">{{ text() || t('ui.light.' + kind()) }}</span>
    </span>
  `,
  styles: `
    .light {
      display: inline-flex;
      gap: 6px;
      align-items: center;
      color: var(--text-quiet);
      white-space: nowrap;
    }

    svg {
      flex: none;
      width: 0.75rem;
      height: 0.75rem;
      fill: currentcolor;
    }

    .hollow {
      fill: none;
      stroke: currentcolor;
      stroke-width: 1.2;
    }

    .green {
      color: var(--good);
    }

    .amber {
      color: var(--attention);
    }

    .red {
      color: var(--bad);
    }

    .yellow {
      color: var(--made-up);
    }

    @media print {
      svg {
        print-color-adjust: exact;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StatusLight {
  /** As the server names it; upper or lower case. */
  readonly light = input.required<string | null | undefined>();
  /** Only the shape is drawn; the word is still read out. */
  readonly compact = input(false, { transform: booleanAttribute });
  /** Another word than the usual one. */
  readonly text = input('');
  protected readonly kind = computed<Light>(() => {
    const name = this.light()?.toLowerCase();
    return LIGHTS.find((light) => light === name) ?? 'none';
  });
}
