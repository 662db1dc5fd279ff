import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { RoleDto } from '@api/models';
import { ApiProblem, HasPermission, SessionService } from '@core';
import { Loading, PageHeader, ProblemView, StateChip } from '@ui';
import { IdentityApi } from './identity-api';

/** The roles of a region: ready-made ones, edited or not, and the region's own. */
@Component({
  selector: 'app-roles-list',
  imports: [HasPermission, Loading, PageHeader, ProblemView, RouterLink, StateChip, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('administration.roles.title')">
        <a
          *appHasPermission="'Identity.Roles.Manage'"
          uiPrimary
          class="button primary"
          routerLink="/administration/roles/new"
          [queryParams]="{ region: region() || null }"
        >
          {{ t('administration.roles.create') }}
        </a>
        <p class="quiet">{{ t('administration.roles.intro') }}</p>
      </ui-page-header>
      <p class="choice">
        <label for="role-region">{{ t('administration.users.field.region') }}</label>
        <select
          id="role-region"
          class="control"
          [value]="region()"
          (change)="region.set($any($event.target).value)"
        >
          <option value="">{{ ownRegion() }}</option>
          @for (other of regionChoices(); track other.id) {
            @if (other.path !== ownPath()) {
              <option [value]="other.id">{{ other.name }}</option>
            }
          }
        </select>
      </p>
      @if (failed(); as problem) {
        <ui-problem-view [problem]="problem" (retry)="roles.reload()" />
      } @else if (roles.isLoading()) {
        <ui-loading [lines]="6" />
      } @else {
        <ul class="roles">
          @for (role of roles.value(); track role.name) {
            <li class="card">
              <h2>
                <a
                  [routerLink]="['/administration/roles', role.name]"
                  [queryParams]="{ region: region() || null }"
                  >{{ role.displayName }}</a
                >
              </h2>
              <ui-state-chip
                [text]="t('administration.roles.kind.' + kind(role))"
                [tone]="role.isEdited ? 'active' : 'neutral'"
              />
              <p class="quiet">
                {{
                  t('administration.roles.counts', {
                    permissions: role.permissions.length,
                    users: role.userCount,
                  })
                }}
              </p>
            </li>
          }
        </ul>
      }
    </ng-container>
  `,
  styles: `
    .roles {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr));
      gap: 16px;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    .choice {
      margin-bottom: 16px;
    }

    label {
      display: block;
      margin-bottom: 4px;
      font-weight: 600;
    }

    select {
      max-width: 20rem;
    }

    h2 {
      margin: 0 0 4px;
      font-size: 1.125rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RolesListPage {
  private readonly api = inject(IdentityApi);
  private readonly session = inject(SessionService);
  protected readonly region = signal('');
  private readonly regions = rxResource({ stream: () => this.api.regions(), defaultValue: [] });
  // A resource that failed has no value to read; the own region is there without it.
  protected readonly regionChoices = computed(() => (this.regions.hasValue() ? this.regions.value() : []));
  protected readonly roles = rxResource({
    params: () => this.region(),
    stream: ({ params }) => this.api.roles(params || undefined),
    defaultValue: [],
  });

  protected ownRegion(): string {
    return this.session.region()?.name ?? '';
  }

  protected ownPath(): string {
    return this.session.region()?.path ?? '/';
  }

  protected kind(role: RoleDto): 'own' | 'edited' | 'readyMade' {
    return role.isReadyMade ? (role.isEdited ? 'edited' : 'readyMade') : 'own';
  }

  protected failed(): ApiProblem | null {
    const error = this.roles.error();
    return error ? ApiProblem.from(error) : null;
  }
}
