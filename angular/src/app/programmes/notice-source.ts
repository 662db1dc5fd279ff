import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  output,
} from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Passage, neighbour, segmentsOf, uncertainKeys } from './notice-state';

/** The text as received with the passages that values were read from. The chosen value's passage is in view. */
@Component({
  selector: 'app-notice-source',
  imports: [TranslocoDirective],
  template: `
    <section
      *transloco="let t"
      class="source"
      tabindex="0"
      [attr.aria-label]="t('programmes.wizard.source')"
      [attr.aria-description]="t('programmes.wizard.sourceKeys')"
      (keydown)="move($event)"
    >
      @for (segment of segments(); track $index) {
        @if (segment.key; as key) {
          <button
            type="button"
            class="passage"
            tabindex="-1"
            [attr.data-key]="key"
            [class.uncertain]="uncertain().has(key)"
            [class.chosen]="key === chosen()"
            [attr.aria-pressed]="key === chosen()"
            (click)="passageChosen.emit(key)"
          >
            {{ segment.text }}
            @if (uncertain().has(key)) {
              <span class="visually-hidden">{{ t('programmes.wizard.uncertain') }}</span>
            }
          </button>
        } @else {
          <span>{{ segment.text }}</span>
        }
      }
    </section>
    @if (basis(); as basis) {
      <p *transloco="let t" class="quiet" role="status">{{ t('programmes.basis.' + basis) }}</p>
    }
  `,
  styles: `
    .source {
      max-height: 75vh;
      padding: 12px 16px;
      overflow: auto;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      line-height: 1.9;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }

    .passage {
      display: inline;
      padding: 0;
      border: 0;
      border-bottom: 2px solid var(--line-strong);
      background: var(--primary-pale);
      color: inherit;
      font: inherit;
      text-align: start;
      white-space: pre-wrap;
      cursor: pointer;
    }

    .uncertain {
      border-bottom: 2px dashed var(--attention);
    }

    .chosen {
      border-bottom-color: var(--primary-dark);
      background: var(--attention-pale);
      outline: 2px solid var(--primary-dark);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NoticeSource {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  readonly text = input.required<string>();
  readonly passages = input.required<readonly Passage[]>();
  /** The key of the value in hand. */
  readonly chosen = input<string | null>(null);
  readonly passageChosen = output<string>();
  protected readonly segments = computed(() => segmentsOf(this.text(), this.passages()));

  protected readonly uncertain = computed(() => uncertainKeys(this.passages()));
  /** What the value in hand rests on. */
  protected readonly basis = computed(
    () => this.passages().find((passage) => passage.key === this.chosen())?.basis ?? null,
  );

  constructor() {
    effect(() => {
      if (this.chosen()) {
        // After the rendering that marks it; only the pane scrolls, the page stays where it is.
        setTimeout(() => {
          this.show();
        });
      }
    });
  }

  /** Arrows go from passage to passage, Enter to the field that was read from it; other keys scroll as ever. */
  protected move(event: KeyboardEvent): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : null;
    if (by === null || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const keys = [
      ...new Set(this.segments().flatMap((segment) => (segment.key === null ? [] : [segment.key]))),
    ];
    const focused = (event.target as HTMLElement).dataset['key'] ?? this.chosen();
    const next = neighbour(keys, focused, by);
    if (next !== null) {
      event.preventDefault();
      this.host.nativeElement.querySelector<HTMLElement>(`[data-key="${CSS.escape(next)}"]`)?.focus();
    }
  }

  private show(): void {
    const pane = this.host.nativeElement.querySelector<HTMLElement>('.source');
    const passage = this.host.nativeElement.querySelector<HTMLElement>('.chosen');
    if (pane && passage) {
      pane.scrollTop +=
        passage.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    }
  }
}
