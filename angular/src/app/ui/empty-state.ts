import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** Nothing here yet: says why and what to do next. Put the next action inside. */
@Component({
  selector: 'ui-empty-state',
  template: `
    <div class="empty">
      <p class="title">{{ title() }}</p>
      @if (text()) {
        <p class="quiet">{{ text() }}</p>
      }
      <div class="button-row"><ng-content /></div>
    </div>
  `,
  styles: `
    .empty {
      display: grid;
      justify-items: center;
      gap: 8px;
      padding: 40px 16px;
      text-align: center;
    }

    .title {
      font-weight: 600;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EmptyState {
  readonly title = input.required<string>();
  readonly text = input('');
}
