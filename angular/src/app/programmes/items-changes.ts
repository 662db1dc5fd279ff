import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { ItemChangeDto } from '@api/models/item-change-dto';
import { ItemEntry } from '@api/models/item-entry';
import { ItemListChangesDto } from '@api/models/item-list-changes-dto';
import { TranslocoDirective } from '@jsverse/transloco';
import { StateChip, Tone } from '@ui';

const TONES: Record<ItemChangeDto['kind'], Tone> = {
  Added: 'good',
  Removed: 'bad',
  Changed: 'attention',
};

/** 动态调整: which items a version adds, takes out and changes. */
@Component({
  selector: 'app-items-changes',
  imports: [StateChip, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <p>
        {{
          t('programmes.items.changeSums', {
            added: changes().added,
            removed: changes().removed,
            changed: changes().changed,
          })
        }}
      </p>
      <ul>
        @for (change of changes().items; track $index) {
          <li>
            <ui-state-chip
              [text]="t('programmes.items.changeKind.' + change.kind)"
              [tone]="tones[change.kind]"
            />
            <span>
              <strong>{{ (change.after ?? change.before)?.name }}</strong>
              <span class="quiet">{{ (change.after ?? change.before)?.officeName }}</span>
              @for (field of change.fields; track field) {
                <span class="field">
                  {{
                    t('programmes.items.fieldChange', {
                      field: t('programmes.items.field.' + field),
                      before: text(change.before, field),
                      after: text(change.after, field),
                    })
                  }}
                </span>
              }
            </span>
          </li>
        }
      </ul>
    </ng-container>
  `,
  styles: `
    ul {
      display: grid;
      gap: 6px;
      max-height: 20rem;
      margin: 8px 0 0;
      padding: 0;
      overflow-y: auto;
      list-style: none;
    }

    li {
      display: flex;
      gap: 8px;
      align-items: baseline;
    }

    .field {
      display: block;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ItemsChanges {
  readonly changes = input.required<ItemListChangesDto>();
  /** Names of regions and groups, for fields that hold ids. */
  readonly names = input<ReadonlyMap<string, string>>(new Map());
  protected readonly tones = TONES;

  protected text(entry: ItemEntry | null, field: string): string {
    const value = entry?.[field as keyof ItemEntry];
    const texts = (Array.isArray(value) ? value : [value ?? '']).map(
      (part) => this.names().get(String(part)) ?? String(part),
    );
    return texts.join('、') || '—';
  }
}
