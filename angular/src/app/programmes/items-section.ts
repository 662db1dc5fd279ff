import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Api } from '@api/api';
import { createItemList } from '@api/fn/item-lists/create-item-list';
import { ItemListListItemDto } from '@api/models/item-list-list-item-dto';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Busy, StateChip } from '@ui';

/** 事项清单 of one theme, on the programme's page. */
@Component({
  selector: 'app-items-section',
  imports: [Busy, RouterLink, StateChip, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (lists().length > 0 || mayCreate()) {
        <h3>{{ t('programmes.items.title') }}</h3>
      }
      @if (lists().length > 0) {
        <ul>
          @for (list of lists(); track list.id) {
            <li>
              <a [routerLink]="['/programmes/items', list.id]">{{ list.title }}</a>
              @if (list.version > 0) {
                <span class="quiet">{{
                  t('programmes.items.versionAndCount', { version: list.version, count: list.itemCount })
                }}</span>
              }
              @if (list.locked) {
                <ui-state-chip [text]="t('programmes.items.locked')" tone="neutral" />
              }
              @if (list.hasDraft) {
                <ui-state-chip [text]="t('programmes.items.hasDraft')" tone="attention" />
              }
            </li>
          }
        </ul>
      }
      @if (mayCreate()) {
        <button
          type="button"
          class="button small no-print"
          [uiAction]="create"
          [attr.aria-label]="t('programmes.items.createFor', { title: themeTitle() })"
        >
          {{ t('programmes.items.create') }}
        </button>
      }
    </ng-container>
  `,
  styles: `
    ul {
      display: grid;
      gap: 4px;
      margin: 0 0 8px;
      padding: 0;
      list-style: none;
    }

    li {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: center;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ItemsSection {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly transloco = inject(TranslocoService);

  readonly themeId = input.required<string>();
  readonly themeTitle = input.required<string>();
  readonly lists = input.required<readonly ItemListListItemDto[]>();
  readonly mayCreate = input(false);

  protected readonly create = async (): Promise<void> => {
    const draft = await this.api.invoke(createItemList, {
      body: {
        themeId: this.themeId(),
        content: {
          title: this.transloco
            .translate<string>('programmes.items.newTitle', { title: this.themeTitle() })
            .slice(0, 200),
          artefacts: [],
          declaredTotal: null,
          declaredOffices: null,
          modes: [],
          groups: [],
          locked: false,
          items: [],
        },
      },
    });
    await this.router.navigate(['/programmes/items', draft.listId, 'edit']);
  };
}
