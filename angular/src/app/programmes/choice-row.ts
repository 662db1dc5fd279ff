import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  afterNextRender,
  Injector,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Busy } from '@ui';
import { ChoiceOption } from './choices';

/** One thing that is chosen: what holds now, and, for whoever may, another choice. */
@Component({
  selector: 'app-choice-row',
  imports: [Busy, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <h4>{{ label() }}</h4>
      <div class="now"><ng-content /></div>
      @if (mayChange()) {
        @if (editing()) {
          <div class="button-row no-print">
            <select
              #choice
              class="control"
              [attr.aria-label]="t('programmes.flows.choose', { kind: label(), scope: scope() })"
              (keydown.escape)="close()"
            >
              @for (option of options(); track option.value) {
                <option
                  [value]="option.value"
                  [selected]="option.value === value()"
                  [disabled]="option.disabled ?? false"
                >
                  {{ option.text }}
                </option>
              }
            </select>
            <button type="button" class="button small primary" [uiAction]="keep">
              {{ t('programmes.flows.save') }}
            </button>
            <button type="button" class="button small" (click)="close()">
              {{ t('programmes.flows.cancel') }}
            </button>
          </div>
        } @else {
          <button
            #opener
            type="button"
            class="button small no-print"
            [attr.aria-label]="t('programmes.flows.changeOf', { kind: label(), scope: scope() })"
            (click)="open()"
          >
            {{ t('programmes.flows.change') }}
          </button>
        }
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: 9rem minmax(0, 1fr) auto;
      gap: 4px 16px;
      align-items: start;
      padding: 8px 0;
      border-top: 1px solid var(--line);
    }

    h4 {
      margin: 0;
      font-size: inherit;
      line-height: 2;
    }

    .now {
      line-height: 2;
      overflow-wrap: anywhere;
    }

    .button-row {
      grid-column: 2 / -1;
    }

    .control {
      flex: 1 1 14rem;
      width: auto;
      min-width: 0;
    }

    @media (width <= 600px) {
      :host {
        grid-template-columns: minmax(0, 1fr);
      }

      .button-row {
        grid-column: auto;
      }

      .button {
        justify-self: start;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChoiceRow {
  private readonly injector = inject(Injector);
  private readonly choice = viewChild<ElementRef<HTMLSelectElement>>('choice');
  private readonly opener = viewChild<ElementRef<HTMLButtonElement>>('opener');

  /** What is chosen, such as 成果报送; already translated. */
  readonly label = input.required<string>();
  /** For what: the programme or a theme, for those who do not see where on the page it stands. */
  readonly scope = input.required<string>();
  readonly options = input.required<readonly ChoiceOption[]>();
  /** The value chosen here; empty where none is. */
  readonly value = input.required<string>();
  readonly mayChange = input.required<boolean>();
  /** Keeps a choice; rejects where it could not be kept. */
  readonly save = input.required<(value: string) => Promise<void>>();

  protected readonly editing = signal(false);

  protected readonly keep = async (): Promise<void> => {
    const chosen = this.choice()?.nativeElement.value ?? '';
    if (chosen !== this.value()) {
      await this.save()(chosen);
    }
    this.close();
  };

  protected open(): void {
    this.editing.set(true);
    this.afterRender(() => this.choice()?.nativeElement.focus());
  }

  protected close(): void {
    this.editing.set(false);
    this.afterRender(() => this.opener()?.nativeElement.focus());
  }

  private afterRender(work: () => void): void {
    afterNextRender(work, { injector: this.injector });
  }
}
