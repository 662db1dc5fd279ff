import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { TranslocoDirective } from '@jsverse/transloco';
import { afterMenu } from './after-menu';

/** A secondary action in a menu; `text` is already translated. */
export interface MenuAction {
  readonly text: string;
  readonly run: () => void;
  readonly danger?: boolean;
  readonly disabled?: boolean;
}

/**
 * Title, state, the one primary action, the rest in a menu.
 * Slots: `[uiState]` beside the title, `[uiPrimary]` at the right, anything else under the title.
 */
@Component({
  selector: 'ui-page-header',
  imports: [MatMenuModule, TranslocoDirective],
  template: `
    <header *transloco="let t">
      <div class="words">
        <div class="title">
          <h1>{{ title() }}</h1>
          <ng-content select="[uiState]" />
        </div>
        <ng-content />
      </div>
      <div class="button-row no-print">
        <ng-content select="[uiPrimary]" />
        @if (actions().length > 0) {
          <button type="button" class="button" [matMenuTriggerFor]="menu">
            {{ t('ui.moreActions') }}
            <span aria-hidden="true">▾</span>
          </button>
          <mat-menu #menu="matMenu">
            @for (action of actions(); track action.text) {
              <button
                type="button"
                mat-menu-item
                [disabled]="action.disabled"
                [class.danger]="action.danger"
                (click)="afterMenu(action.run)"
              >
                {{ action.text }}
              </button>
            }
          </mat-menu>
        }
      </div>
    </header>
  `,
  styles: `
    header {
      display: flex;
      flex-wrap: wrap;
      gap: 12px 24px;
      align-items: flex-start;
      justify-content: space-between;
      margin-bottom: 16px;
    }

    .words {
      flex: 1 1 20rem;
      min-width: 0;
    }

    .title {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: center;
    }

    .danger {
      color: var(--bad);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PageHeader {
  readonly title = input.required<string>();
  readonly actions = input<readonly MenuAction[]>([]);
  protected readonly afterMenu = afterMenu;
}
