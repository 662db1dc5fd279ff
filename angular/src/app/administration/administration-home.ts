import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { SessionService } from '@core';
import { EmptyState, PageHeader } from '@ui';
import { AdministrationSection } from './sections';

/** What of the administration the signed-in person may open. */
@Component({
  selector: 'app-administration-home',
  imports: [EmptyState, PageHeader, RouterLink, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('nav.administration')" />
      @if (shown().length > 0) {
        <ul class="sections">
          @for (section of shown(); track section.path) {
            <li class="card">
              <h2>
                <a [routerLink]="[section.path]">{{ t(section.titleKey) }}</a>
              </h2>
              <p class="quiet">{{ t(section.helpKey) }}</p>
            </li>
          }
        </ul>
      } @else {
        <ui-empty-state
          [title]="t('administration.home.emptyTitle')"
          [text]="t('administration.home.emptyText')"
        />
      }
    </ng-container>
  `,
  styles: `
    .sections {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr));
      gap: 16px;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    h2 {
      margin: 0 0 4px;
      font-size: 1.125rem;
    }

    p {
      margin: 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AdministrationHomePage {
  private readonly session = inject(SessionService);
  /** From the route's data. */
  readonly sections = input<readonly AdministrationSection[]>([]);
  protected readonly shown = computed(() =>
    this.sections().filter((section) => this.session.canAny(section.anyOf)),
  );
}
