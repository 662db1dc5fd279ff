import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { diffTexts } from './diff';

/** Old and new in one running text: removed struck through, added underlined, both also spoken. */
@Component({
  selector: 'ui-diff-view',
  imports: [TranslocoDirective],
  template: `
    <div *transloco="let t" class="diff">
      @for (part of parts(); track $index) {
        @switch (part.kind) {
          @case ('removed') {
            <del
              ><span class="visually-hidden">{{ t('ui.diff.removed') }}</span
              >{{ part.text }}</del
            >
          }
          @case ('added') {
            <ins
              ><span class="visually-hidden">{{ t('ui.diff.added') }}</span
              >{{ part.text }}</ins
            >
          }
          @default {
            <span>{{ part.text }}</span>
          }
        }
      }
    </div>
  `,
  styles: `
    .diff {
      font-size: 0;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }

    .diff > * {
      font-size: var(--text-size);
    }

    del {
      background: var(--bad-pale);
      color: var(--bad);
    }

    ins {
      background: var(--good-pale);
      color: var(--good);
      text-decoration: underline;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DiffView {
  readonly before = input.required<string>();
  readonly after = input.required<string>();
  protected readonly parts = computed(() => diffTexts(this.before(), this.after()));
}
