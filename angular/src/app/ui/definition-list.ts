import { ChangeDetectionStrategy, Component, input } from '@angular/core';

export interface Definition {
  /** Already translated. */
  readonly term: string;
  readonly text: string | number | null | undefined;
}

/** Facts about one thing: term and value. Values are plain texts. */
@Component({
  selector: 'ui-definition-list',
  template: `
    <dl>
      @for (item of items(); track item.term) {
        <div>
          <dt>{{ item.term }}</dt>
          <dd>{{ item.text === null || item.text === undefined || item.text === '' ? '—' : item.text }}</dd>
        </div>
      }
    </dl>
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr));
      gap: 8px 24px;
    }

    div {
      display: grid;
      grid-template-columns: 7em minmax(0, 1fr);
      gap: 8px;
    }

    dt {
      color: var(--text-quiet);
    }

    dd {
      margin: 0;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DefinitionList {
  readonly items = input.required<readonly Definition[]>();
}
