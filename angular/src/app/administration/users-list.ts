import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { catchError, of } from 'rxjs';
import { UserListItemDto } from '@api/models';
import { HasPermission, formatInstant } from '@core';
import { DataColumn, DataTable, PageHeader, StateChip, TableFilter, TableQuery, Tone, UiCell } from '@ui';
import { IdentityApi } from './identity-api';

/** Accounts of the region and those below. */
@Component({
  selector: 'app-users-list',
  imports: [DataTable, HasPermission, PageHeader, RouterLink, StateChip, TranslocoDirective, UiCell],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('administration.users.title')">
        <a
          *appHasPermission="'Identity.Users.Manage'"
          uiPrimary
          class="button primary"
          routerLink="/administration/users/new"
        >
          {{ t('administration.users.create') }}
        </a>
      </ui-page-header>
      <ui-data-table
        [caption]="t('administration.users.title')"
        [columns]="columns"
        [filters]="filters()"
        [load]="load"
        [rowLink]="link"
        [rowLabel]="label"
        [emptyTitle]="t('administration.users.emptyTitle')"
        [emptyText]="t('administration.users.emptyText')"
      >
        <ng-template uiCell="roles" let-row>
          @if ($any(row).roles.length === 0) {
            <ui-state-chip [text]="t('administration.users.noRole')" tone="attention" />
          } @else {
            {{ roles($any(row)) }}
          }
        </ng-template>
        <ng-template uiCell="isActive" let-row>
          <ui-state-chip
            [text]="t('administration.users.state.' + state($any(row)))"
            [tone]="tone($any(row))"
          />
        </ng-template>
      </ui-data-table>
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UsersListPage {
  private readonly api = inject(IdentityApi);
  private readonly transloco = inject(TranslocoService);
  private readonly language = toSignal(this.transloco.langChanges$, { initialValue: '' });
  // Choices of the filter only: where they fail, the list still says what is wrong.
  private readonly regions = toSignal(this.api.regions().pipe(catchError(() => of([]))), {
    initialValue: [],
  });

  protected readonly columns: DataColumn<UserListItemDto>[] = [
    {
      key: 'userName',
      textKey: 'administration.users.field.userName',
      value: (row) => row.userName,
      sortable: true,
    },
    {
      key: 'displayName',
      textKey: 'administration.users.field.displayName',
      value: (row) => row.displayName,
      sortable: true,
    },
    { key: 'region', textKey: 'administration.users.field.region', value: (row) => row.regionName },
    { key: 'office', textKey: 'administration.users.field.office', value: (row) => row.officeName },
    { key: 'roles', textKey: 'administration.users.field.roles' },
    { key: 'isActive', textKey: 'administration.users.field.state', sortable: true },
    {
      key: 'lastSignIn',
      textKey: 'administration.users.field.lastSignIn',
      value: (row) =>
        formatInstant(row.lastSignInAt) || this.transloco.translate('administration.users.never'),
    },
  ];

  protected readonly filters = computed<TableFilter[]>(() => {
    this.language();
    return [
      { key: 'filter', textKey: 'administration.users.filter.text' },
      {
        key: 'regionId',
        textKey: 'administration.users.field.region',
        options: this.regions().map((region) => ({ value: region.id, text: region.name })),
      },
      {
        key: 'role',
        textKey: 'administration.users.field.roles',
        options: [
          { value: 'none', text: this.transloco.translate('administration.users.noRole') },
          ...READY_MADE_ROLES.map((role) => ({
            value: role,
            text: this.transloco.translate('administration.roles.name.' + role),
          })),
        ],
      },
      {
        key: 'isActive',
        textKey: 'administration.users.field.state',
        options: [
          { value: 'true', text: this.transloco.translate('administration.users.state.active') },
          { value: 'false', text: this.transloco.translate('administration.users.state.disabled') },
        ],
      },
    ];
  });

  protected readonly load = (query: TableQuery) => this.api.users(query);
  protected readonly link = (row: UserListItemDto) => ['/administration/users', row.id];
  protected readonly label = (row: UserListItemDto) => row.displayName;

  protected roles(row: UserListItemDto): string {
    return row.roles.map((role) => role.displayName).join('、');
  }

  protected state(row: UserListItemDto): 'active' | 'disabled' | 'locked' | 'initial' {
    if (!row.isActive) {
      return 'disabled';
    }
    return row.isLocked ? 'locked' : row.mustChangePassword ? 'initial' : 'active';
  }

  protected tone(row: UserListItemDto): Tone {
    const tones = { active: 'good', disabled: 'neutral', locked: 'bad', initial: 'attention' } as const;
    return tones[this.state(row)];
  }
}

const READY_MADE_ROLES = [
  'coordinator',
  'leader',
  'assessor',
  'region-administrator',
  'security-administrator',
  'auditor',
];
