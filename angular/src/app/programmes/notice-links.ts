import { ChangeDetectionStrategy, Component, computed, input, output, signal } from '@angular/core';
import { LinkSuggestionDto } from '@api/models/link-suggestion-dto';
import { NoticeLink } from '@api/models/notice-link';
import { NoticeLinksDto } from '@api/models/notice-links-dto';
import { TranslocoDirective } from '@jsverse/transloco';
import { fieldId } from './notice-state';
import { linkName, sameLink, suggestionsFor } from './notice-links-state';

/** Other programmes and themes that a theme has to do with: suggested, confirmed or chosen by a person. */
@Component({
  selector: 'app-notice-links',
  imports: [TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <span>{{ t('programmes.links.title') }}</span>
      <ul class="rows">
        @for (link of links(); track link.programmeId + link.themeId) {
          <li>
            <span class="grow">{{ name(link) ?? t('programmes.links.gone') }}</span>
            <button
              type="button"
              class="button small"
              [attr.aria-label]="t('programmes.wizard.removeNamed', { name: name(link) ?? '' })"
              (click)="drop(link)"
            >
              {{ t('programmes.wizard.remove') }}
            </button>
          </li>
        }
        @for (suggestion of suggestions(); track suggestion.programmeId + suggestion.themeId) {
          <li>
            <span class="grow quiet">
              {{ t('programmes.links.suggested', { name: name(suggestion) ?? '' }) }}
              {{ t('programmes.links.reason.' + suggestion.reason, { words: suggestion.words }) }}
            </span>
            <button
              type="button"
              class="button small"
              [attr.aria-label]="t('programmes.links.confirmNamed', { name: name(suggestion) ?? '' })"
              (click)="add(suggestion)"
            >
              {{ t('programmes.links.confirm') }}
            </button>
          </li>
        }
      </ul>
      @if (known().targets.length > 0) {
        <div class="rows">
          <select
            class="control"
            [id]="fieldId(path())"
            [attr.aria-label]="t('programmes.links.programme')"
            [value]="programmeId()"
            (change)="programmeId.set(valueOf($event))"
          >
            <option value="">{{ t('programmes.links.add') }}</option>
            @for (target of known().targets; track target.programmeId) {
              <option [value]="target.programmeId" [selected]="target.programmeId === programmeId()">
                {{ target.title }}{{ target.documentNumber ? '（' + target.documentNumber + '）' : '' }}
              </option>
            }
          </select>
          @if (programme(); as programme) {
            <select #part class="control" [attr.aria-label]="t('programmes.links.part')">
              <option value="">{{ t('programmes.links.wholeProgramme') }}</option>
              @for (theme of programme.themes; track theme.themeId) {
                <option [value]="theme.themeId">{{ theme.number }} {{ theme.title }}</option>
              }
            </select>
            <div class="button-row">
              <button
                type="button"
                class="button small"
                (click)="add({ programmeId: programme.programmeId, themeId: part.value || null })"
              >
                {{ t('programmes.links.confirm') }}
              </button>
            </div>
          }
        </div>
      }
    </ng-container>
  `,
  styleUrl: './notice-rows.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NoticeLinks {
  /** Where the list stands in the content: `themes[2].facts.links`. */
  readonly path = input.required<string>();
  readonly themeKey = input.required<string>();
  readonly links = input.required<readonly NoticeLink[]>();
  /** What may be linked, and what is suggested. */
  readonly known = input.required<NoticeLinksDto>();
  readonly linksChange = output<NoticeLink[]>();

  protected readonly fieldId = fieldId;
  protected readonly programmeId = signal('');
  protected readonly programme = computed(() =>
    this.known().targets.find((target) => target.programmeId === this.programmeId()),
  );
  protected readonly suggestions = computed<LinkSuggestionDto[]>(() =>
    suggestionsFor(this.known().suggestions, this.themeKey(), this.links()),
  );

  protected name(link: NoticeLink): string | null {
    return linkName(this.known().targets, link);
  }

  protected add(link: NoticeLink): void {
    const { programmeId, themeId } = link;
    this.programmeId.set('');
    if (!this.links().some((other) => sameLink(other, link))) {
      this.linksChange.emit([...this.links(), { programmeId, themeId }]);
    }
  }

  protected drop(link: NoticeLink): void {
    this.linksChange.emit(this.links().filter((other) => !sameLink(other, link)));
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLSelectElement).value;
  }
}
