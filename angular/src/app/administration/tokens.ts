import { ChangeDetectionStrategy, Component, computed, inject, signal, viewChildren } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { catchError, firstValueFrom, of } from 'rxjs';
import { ApiTokenDto } from '@api/models';
import { ApiProblem, SessionService, formatInstant } from '@core';
import {
  Busy,
  Confirm,
  DataColumn,
  DataTable,
  DateInput,
  ErrorSummary,
  Field,
  HasUnsavedChanges,
  PageHeader,
  RowAction,
  StateChip,
  TableFilter,
  TableQuery,
  Toast,
  UiCell,
  UiForm,
  UiInput,
  warnBeforeUnload,
} from '@ui';
import { IdentityApi } from './identity-api';
import { ShownOnce } from './shown-once';

/** API tokens: one's own with a form for a new one, and the region's for its security administrator. */
@Component({
  selector: 'app-tokens',
  imports: [
    Busy,
    DataTable,
    DateInput,
    ErrorSummary,
    Field,
    PageHeader,
    ReactiveFormsModule,
    ShownOnce,
    StateChip,
    TranslocoDirective,
    UiCell,
    UiForm,
    UiInput,
  ],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('administration.tokens.title')">
        <p class="quiet">{{ t('administration.tokens.intro') }}</p>
      </ui-page-header>
      @if (secret()) {
        <app-shown-once
          [title]="t('administration.tokens.created')"
          [text]="t('administration.tokens.createdText')"
          [secret]="secret()"
        />
      }
      <div class="stack">
        @if (mayCreate()) {
          <section class="card">
            <h2>{{ t('administration.tokens.create') }}</h2>
            <form [formGroup]="form" [uiForm]="problem()" (uiSubmit)="create()">
              <ui-error-summary />
              <ui-field
                [label]="t('administration.tokens.field.name')"
                [help]="t('administration.tokens.nameHelp')"
                [control]="form.controls.name"
              >
                <input uiInput formControlName="name" autocomplete="off" />
              </ui-field>
              <ui-field
                [label]="t('administration.tokens.field.expiresOn')"
                [control]="form.controls.expiresOn"
              >
                <ui-date-input formControlName="expiresOn" />
              </ui-field>
              <fieldset>
                <legend>{{ t('administration.tokens.field.scopes') }}</legend>
                @for (permission of permissions(); track permission.name) {
                  <label class="check">
                    <input
                      type="checkbox"
                      [checked]="scopes().has(permission.name)"
                      (change)="toggle(permission.name)"
                    />
                    {{ permission.text }}
                  </label>
                }
              </fieldset>
              <button type="submit" class="button primary" [uiBusy]="busy()">
                {{ t('administration.tokens.create') }}
              </button>
            </form>
          </section>
          <section>
            <h2>{{ t('administration.tokens.own') }}</h2>
            <ui-data-table
              prefix="own-"
              [caption]="t('administration.tokens.own')"
              [columns]="columns"
              [load]="loadOwn"
              [rowActions]="ownActions"
              [emptyTitle]="t('administration.tokens.emptyTitle')"
              [emptyText]="t('administration.tokens.emptyText')"
            >
              <ng-template uiCell="state" let-row>
                <ui-state-chip
                  [text]="t('administration.tokens.state.' + state($any(row)))"
                  [tone]="state($any(row)) === 'valid' ? 'good' : 'neutral'"
                />
              </ng-template>
            </ui-data-table>
          </section>
        }
        @if (mayManage()) {
          <section>
            <h2>{{ t('administration.tokens.all') }}</h2>
            <ui-data-table
              [caption]="t('administration.tokens.all')"
              [columns]="allColumns"
              [filters]="filters"
              [load]="loadAll"
              [rowActions]="allActions"
              [emptyTitle]="t('administration.tokens.emptyTitle')"
            >
              <ng-template uiCell="state" let-row>
                <ui-state-chip
                  [text]="t('administration.tokens.state.' + state($any(row)))"
                  [tone]="state($any(row)) === 'valid' ? 'good' : 'neutral'"
                />
              </ng-template>
            </ui-data-table>
          </section>
        }
      </div>
    </ng-container>
  `,
  styles: `
    fieldset {
      margin: 0 0 16px;
      padding: 0;
      border: 0;
    }

    legend {
      margin-bottom: 4px;
      padding: 0;
      font-weight: 600;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TokensPage implements HasUnsavedChanges {
  private readonly api = inject(IdentityApi);
  private readonly confirm = inject(Confirm);
  private readonly session = inject(SessionService);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  private readonly tables = viewChildren<DataTable<ApiTokenDto>>(DataTable);

  protected readonly mayCreate = computed(() => this.session.can('Identity.Tokens.Create'));
  protected readonly mayManage = computed(() => this.session.can('Identity.Tokens.Manage'));
  protected readonly secret = signal('');
  protected readonly scopes = signal<ReadonlySet<string>>(new Set());
  protected readonly busy = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);
  // Only who may see roles may read the permissions' texts; everybody else sees the names.
  private readonly names = toSignal(
    this.session.can('Identity.Roles.View') ? this.api.permissions().pipe(catchError(() => of([]))) : of([]),
    { initialValue: [] },
  );
  protected readonly permissions = computed(() => {
    const texts = new Map(
      this.names().flatMap((group) =>
        group.permissions.map((permission) => [permission.name, permission.displayName] as const),
      ),
    );
    return this.session.session().permissions.map((name) => ({ name, text: texts.get(name) ?? name }));
  });

  protected readonly form = new FormGroup({
    name: new FormControl('', { nonNullable: true, validators: Validators.required }),
    expiresOn: new FormControl('', { nonNullable: true, validators: Validators.required }),
  });

  protected readonly columns: DataColumn<ApiTokenDto>[] = [
    { key: 'name', textKey: 'administration.tokens.field.name', value: (row) => row.name, sortable: true },
    { key: 'prefix', textKey: 'administration.tokens.field.prefix', value: (row) => row.prefix + '…' },
    { key: 'state', textKey: 'administration.tokens.field.state' },
    {
      key: 'expiresAt',
      textKey: 'administration.tokens.field.expiresOn',
      value: (row) => formatInstant(row.expiresAt),
      sortable: true,
    },
    {
      key: 'lastUsedAt',
      textKey: 'administration.tokens.field.lastUsed',
      value: (row) => formatInstant(row.lastUsedAt),
      sortable: true,
    },
    {
      key: 'scopes',
      textKey: 'administration.tokens.field.scopes',
      value: (row) => row.scopes.join('、'),
      hidden: true,
    },
  ];
  protected readonly allColumns: DataColumn<ApiTokenDto>[] = [
    ...this.columns,
    { key: 'owner', textKey: 'administration.tokens.field.owner', value: (row) => row.ownerName },
    { key: 'region', textKey: 'administration.users.field.region', value: (row) => row.regionName },
  ];
  protected readonly filters: TableFilter[] = [{ key: 'filter', textKey: 'administration.tokens.filter' }];

  protected readonly loadOwn = (query: TableQuery) => this.api.ownTokens(query);
  protected readonly loadAll = (query: TableQuery) => this.api.tokens(query);
  protected readonly ownActions = (row: ApiTokenDto): RowAction[] => this.actionsOf(row, true);
  protected readonly allActions = (row: ApiTokenDto): RowAction[] => this.actionsOf(row, false);

  constructor() {
    warnBeforeUnload(this);
  }

  hasUnsavedChanges(): boolean {
    return this.form.dirty;
  }

  protected state(row: ApiTokenDto): 'valid' | 'expired' | 'revoked' {
    if (row.revokedAt) {
      return 'revoked';
    }
    return Date.parse(row.expiresAt) > Date.now() ? 'valid' : 'expired';
  }

  protected toggle(scope: string): void {
    const next = new Set(this.scopes());
    if (!next.delete(scope)) {
      next.add(scope);
    }
    this.scopes.set(next);
  }

  protected async create(): Promise<void> {
    this.busy.set(true);
    this.problem.set(null);
    try {
      const { name, expiresOn } = this.form.getRawValue();
      const created = await firstValueFrom(
        this.api.createToken({ name, expiresOn, scopes: [...this.scopes()] }),
      );
      this.secret.set(created.secret);
      this.form.reset();
      this.scopes.set(new Set());
      this.reload();
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    } finally {
      this.busy.set(false);
    }
  }

  private actionsOf(row: ApiTokenDto, own: boolean): RowAction[] {
    return this.state(row) === 'valid'
      ? [
          {
            text: this.transloco.translate('administration.tokens.revoke'),
            danger: true,
            run: () => void this.revoke(row, own),
          },
        ]
      : [];
  }

  private async revoke(row: ApiTokenDto, own: boolean): Promise<void> {
    const label = this.transloco.translate('administration.tokens.revoke');
    const confirmed = await this.confirm.ask({
      title: label,
      message: this.transloco.translate('administration.tokens.revokeText'),
      affected: [row.name],
      confirmLabel: label,
      danger: true,
    });
    if (!confirmed) {
      return;
    }
    try {
      await firstValueFrom(own ? this.api.revokeOwnToken(row.id) : this.api.revokeToken(row.id));
      this.toast.success(this.transloco.translate('administration.tokens.revoked'));
      this.reload();
    } catch (error) {
      this.toast.failure(error);
    }
  }

  private reload(): void {
    this.tables().forEach((table) => {
      table.reload();
    });
  }
}
