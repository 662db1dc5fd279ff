import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom, forkJoin, map } from 'rxjs';
import { RoleDto } from '@api/models';
import { ApiProblem, SessionService } from '@core';
import {
  Busy,
  Confirm,
  ErrorSummary,
  Field,
  HasUnsavedChanges,
  Loading,
  MenuAction,
  PageHeader,
  ProblemView,
  Toast,
  UiForm,
  UiInput,
  warnBeforeUnload,
} from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { IdentityApi } from './identity-api';

/** What a role permits in a region, by module; `new` makes a role of the region's own. */
@Component({
  selector: 'app-roles-edit',
  imports: [
    Busy,
    ErrorSummary,
    Field,
    Loading,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header
        [title]="role()?.displayName ?? t('administration.roles.create')"
        [actions]="actions()"
      />
      @if (failed(); as problem) {
        <ui-problem-view [problem]="problem" (retry)="loaded.reload()" />
      } @else if (loaded.isLoading()) {
        <ui-loading [lines]="8" />
      } @else {
        @if (role()?.isOwnRole) {
          <p class="card" role="status">{{ t('administration.roles.heldByYou') }}</p>
        }
        <form [formGroup]="form" [uiForm]="problem()" (uiSubmit)="save()">
          <ui-error-summary />
          @if (!role()?.isReadyMade) {
            <ui-field [label]="t('administration.roles.displayName')" [control]="form.controls.displayName">
              <input uiInput formControlName="displayName" autocomplete="off" />
            </ui-field>
          }
          <div class="stack">
            @for (group of groups(); track group.module) {
              <fieldset class="card">
                <legend>{{ t('administration.roles.module.' + group.module) }}</legend>
                @for (permission of group.permissions; track permission.name) {
                  <label class="check">
                    <input
                      type="checkbox"
                      [checked]="chosen().has(permission.name)"
                      [disabled]="!mayEdit() || !mayStand(permission.reservedTo)"
                      (change)="toggle(permission.name)"
                    />
                    <span>
                      {{ permission.displayName }}
                      @if (!mayStand(permission.reservedTo)) {
                        <span class="quiet">{{ t('administration.roles.reserved') }}</span>
                      }
                    </span>
                  </label>
                }
              </fieldset>
            }
          </div>
          @if (mayEdit()) {
            <p class="save">
              <button type="submit" class="button primary" [uiBusy]="busy()">
                {{ t('administration.save') }}
              </button>
            </p>
          }
        </form>
      }
    </ng-container>
  `,
  styles: `
    legend {
      padding: 0 4px;
      font-weight: 600;
    }

    fieldset {
      margin: 0;
    }

    .save {
      margin-top: 16px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RolesEditPage implements HasUnsavedChanges {
  private readonly api = inject(IdentityApi);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly confirm = inject(Confirm);
  private readonly router = inject(Router);
  private readonly session = inject(SessionService);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);

  /** From the address: a role's name, or `new`. */
  readonly name = input.required<string>();
  /** From the address: the region's id; the own region without it. */
  readonly region = input<string>();

  protected readonly loaded = rxResource({
    params: () => ({ name: this.name(), region: this.region() }),
    stream: ({ params }) =>
      forkJoin({
        roles: this.api.roles(params.region),
        groups: this.api.permissions(),
        regions: this.api.regions(),
      }).pipe(
        map(({ roles, groups, regions }) => ({
          role: roles.find((role) => role.name === params.name) ?? null,
          groups,
          regionId:
            params.region ??
            regions.find((region) => region.path === this.session.region()?.path)?.id ??
            ROOT,
        })),
      ),
  });

  protected readonly role = signal<RoleDto | null>(null);
  protected readonly chosen = signal<ReadonlySet<string>>(new Set());
  protected readonly busy = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);
  private readonly changed = signal(false);
  protected readonly groups = computed(() => (this.loaded.hasValue() ? this.loaded.value().groups : []));
  protected readonly mayEdit = computed(
    () => this.session.can('Identity.Roles.Manage') && !this.role()?.isOwnRole,
  );
  protected readonly form = new FormGroup({
    displayName: new FormControl('', { nonNullable: true, validators: Validators.required }),
  });

  protected readonly actions = computed<MenuAction[]>(() => {
    const role = this.role();
    if (!role?.isEdited || !this.mayEdit()) {
      return [];
    }
    return [
      {
        text: this.transloco.translate(
          role.isReadyMade ? 'administration.roles.restore' : 'administration.roles.delete',
        ),
        danger: !role.isReadyMade,
        run: () => void this.remove(role),
      },
    ];
  });

  constructor() {
    warnBeforeUnload(this);
    effect(() => {
      const loaded = this.loaded.hasValue() ? this.loaded.value() : null;
      if (loaded) {
        untracked(() => {
          this.show(loaded.role);
        });
      }
    });
  }

  hasUnsavedChanges(): boolean {
    return this.changed() || this.form.dirty;
  }

  protected failed(): ApiProblem | null {
    const error = this.loaded.error();
    return error ? ApiProblem.from(error) : null;
  }

  /** Reserved permissions stay with the administrators that they belong to (三员分立). */
  protected mayStand(reservedTo: readonly string[]): boolean {
    return reservedTo.length === 0 || reservedTo.includes(this.name());
  }

  protected toggle(permission: string): void {
    const next = new Set(this.chosen());
    if (!next.delete(permission)) {
      next.add(permission);
    }
    this.chosen.set(next);
    this.changed.set(true);
  }

  protected async save(): Promise<void> {
    if (!this.loaded.hasValue()) {
      return;
    }
    const { regionId } = this.loaded.value();
    const role = this.role();
    const permissions = [...this.chosen()];
    const { displayName } = this.form.getRawValue();
    this.busy.set(true);
    this.problem.set(null);
    try {
      const saved = await firstValueFrom(
        role
          ? this.api.editRole(role.name, {
              regionId,
              displayName: role.isReadyMade ? null : displayName,
              permissions,
              concurrencyStamp: role.concurrencyStamp,
            })
          : this.api.createRole({ regionId, displayName, permissions }),
      );
      this.show(saved);
      this.toast.success(this.transloco.translate('administration.saved'));
      if (!role) {
        await this.router.navigate(['/administration/roles', saved.name], {
          queryParams: { region: this.region() ?? null },
          replaceUrl: true,
        });
      }
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    } finally {
      this.busy.set(false);
    }
  }

  private async remove(role: RoleDto): Promise<void> {
    const label = this.transloco.translate(
      role.isReadyMade ? 'administration.roles.restore' : 'administration.roles.delete',
    );
    const confirmed = await this.confirm.ask({
      title: label,
      message: this.transloco.translate(
        role.isReadyMade ? 'administration.roles.restoreText' : 'administration.roles.deleteText',
      ),
      affected: [role.displayName],
      confirmLabel: label,
      danger: true,
    });
    if (!confirmed || !this.loaded.hasValue()) {
      return;
    }
    try {
      await firstValueFrom(
        this.api.removeRole(role.name, {
          regionId: this.loaded.value().regionId,
          concurrencyStamp: role.concurrencyStamp,
        }),
      );
      this.changed.set(false);
      this.form.markAsPristine();
      this.toast.success(this.transloco.translate('administration.saved'));
      await this.router.navigateByUrl('/administration/roles');
    } catch (error) {
      this.toast.failure(error);
    }
  }

  private show(role: RoleDto | null): void {
    this.role.set(role);
    if (role) {
      this.breadcrumb.setLeaf(role.displayName);
    }
    this.chosen.set(new Set(role?.permissions));
    this.changed.set(false);
    // A ready-made role has its name from the texts; the hidden field must not hold the form back.
    this.form.reset({ displayName: role?.displayName ?? '' });
  }
}

const ROOT = '00000000-0000-0000-0000-000000000000';
