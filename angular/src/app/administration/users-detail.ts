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
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Observable, firstValueFrom } from 'rxjs';
import { UserDto } from '@api/models';
import { ApiProblem, SessionService, formatInstant } from '@core';
import {
  Busy,
  Confirm,
  DefinitionList,
  ErrorSummary,
  Field,
  HasUnsavedChanges,
  Loading,
  MenuAction,
  PageHeader,
  ProblemView,
  StateChip,
  Toast,
  UiForm,
  UiInput,
  warnBeforeUnload,
} from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { IdentityApi } from './identity-api';
import { ShownOnce } from './shown-once';

/** An account: its facts, its state, its roles. Each administrator sees the acts that are theirs. */
@Component({
  selector: 'app-users-detail',
  imports: [
    Busy,
    DefinitionList,
    ErrorSummary,
    Field,
    Loading,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    ShownOnce,
    StateChip,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  template: `
    <ng-container *transloco="let t">
      @if (user(); as person) {
        <ui-page-header [title]="person.displayName" [actions]="actions()">
          <ui-state-chip
            uiState
            [text]="t('administration.users.state.' + (person.isActive ? 'active' : 'disabled'))"
            [tone]="person.isActive ? 'good' : 'neutral'"
          />
          <p class="quiet">{{ person.userName }}</p>
        </ui-page-header>
        @if (password()) {
          <app-shown-once
            [title]="t('administration.users.initialPassword')"
            [text]="t('administration.users.initialPasswordText')"
            [secret]="password()"
          />
        }
        <div class="stack">
          <section class="card">
            <h2>{{ t('administration.users.facts') }}</h2>
            <ui-definition-list [items]="facts()" />
          </section>
          @if (mayManage()) {
            <section class="card">
              <h2>{{ t('administration.users.edit') }}</h2>
              <form [formGroup]="form" [uiForm]="problem()" (uiSubmit)="save()">
                <ui-error-summary />
                <ui-field
                  [label]="t('administration.users.field.displayName')"
                  [control]="form.controls.displayName"
                >
                  <input uiInput formControlName="displayName" autocomplete="off" />
                </ui-field>
                <ui-field
                  [label]="t('administration.users.field.office')"
                  [control]="form.controls.officeId"
                  optional
                >
                  <select uiInput formControlName="officeId">
                    <option value="">{{ t('administration.none') }}</option>
                    @for (office of officeChoices(); track office.id) {
                      <option [value]="office.id">{{ office.name }}</option>
                    }
                  </select>
                </ui-field>
                <ui-field
                  [label]="t('administration.users.field.email')"
                  [control]="form.controls.email"
                  optional
                >
                  <input uiInput type="email" formControlName="email" autocomplete="off" />
                </ui-field>
                <button type="submit" class="button primary" [uiBusy]="busy()">
                  {{ t('administration.save') }}
                </button>
              </form>
            </section>
          }
          @if (mayAssign()) {
            <section class="card">
              <h2 id="roles-heading">{{ t('administration.users.field.roles') }}</h2>
              @if (person.isOwn) {
                <p>{{ t('administration.users.ownRoles') }}</p>
              } @else if (rolesProblem(); as failed) {
                <ui-problem-view [problem]="failed" (retry)="roles.reload()" />
              } @else if (roles.isLoading()) {
                <ui-loading [lines]="4" />
              } @else {
                <p class="quiet">{{ t('administration.users.exclusive') }}</p>
                <div class="roles" role="group" aria-labelledby="roles-heading">
                  @for (role of roles.value(); track role.name) {
                    <label class="check">
                      <input
                        type="checkbox"
                        [checked]="chosen().has(role.name)"
                        [disabled]="!role.mayAssign"
                        (change)="toggle(role.name)"
                      />
                      {{ role.displayName }}
                    </label>
                  }
                </div>
                <button type="button" class="button primary" [uiAction]="assign">
                  {{ t('administration.users.assignRoles') }}
                </button>
              }
            </section>
          }
        </div>
      } @else if (loadProblem(); as failed) {
        <ui-problem-view [problem]="failed" (retry)="loaded.reload()" />
      } @else {
        <ui-loading [lines]="8" />
      }
    </ng-container>
  `,
  styles: `
    .roles {
      margin: 8px 0 16px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UsersDetailPage implements HasUnsavedChanges {
  private readonly api = inject(IdentityApi);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly confirm = inject(Confirm);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  private readonly session = inject(SessionService);
  /** From the address. */
  readonly id = input.required<string>();

  protected readonly loaded = rxResource({
    params: () => this.id(),
    stream: ({ params }) => this.api.user(params),
  });
  protected readonly user = signal<UserDto | null>(null);
  protected readonly password = signal('');
  protected readonly chosen = signal<ReadonlySet<string>>(new Set());
  protected readonly busy = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);

  protected readonly mayManage = computed(() => this.session.can('Identity.Users.Manage'));
  protected readonly mayAssign = computed(() => this.session.can('Identity.Users.AssignRoles'));
  private readonly regionId = computed(() => this.user()?.regionId);
  protected readonly offices = rxResource({
    params: () => (this.mayManage() ? this.regionId() : undefined),
    stream: ({ params }) => this.api.offices(params),
    defaultValue: [],
  });
  // A resource that failed has no value to read; the account can be saved without an office.
  protected readonly officeChoices = computed(() => (this.offices.hasValue() ? this.offices.value() : []));
  protected readonly roles = rxResource({
    params: () => (this.mayAssign() ? this.regionId() : undefined),
    stream: ({ params }) => this.api.roles(params),
    defaultValue: [],
  });

  protected readonly form = new FormGroup({
    displayName: new FormControl('', { nonNullable: true, validators: Validators.required }),
    officeId: new FormControl('', { nonNullable: true }),
    email: new FormControl('', { nonNullable: true }),
  });

  protected readonly facts = computed(() => {
    const person = this.user();
    const t = (key: string): string => this.transloco.translate(key);
    return person
      ? [
          { term: t('administration.users.field.region'), text: person.regionName },
          { term: t('administration.users.field.office'), text: person.officeName },
          { term: t('administration.users.field.email'), text: person.email },
          {
            term: t('administration.users.field.roles'),
            text: person.roles.map((role) => role.displayName).join('、'),
          },
          {
            term: t('administration.users.field.twoFactor'),
            text: t(person.twoFactorEnabled ? 'administration.on' : 'administration.off'),
          },
          {
            term: t('administration.users.field.mustChange'),
            text: t(person.mustChangePassword ? 'administration.yes' : 'administration.no'),
          },
          { term: t('administration.users.field.lockedUntil'), text: formatInstant(person.lockedUntil) },
          {
            term: t('administration.users.field.lastSignIn'),
            text: formatInstant(person.lastSignInAt) || t('administration.users.never'),
          },
          { term: t('administration.users.field.createdAt'), text: formatInstant(person.createdAt) },
        ]
      : [];
  });

  protected readonly actions = computed<MenuAction[]>(() => {
    const person = this.user();
    if (!person || person.isOwn || !this.mayManage()) {
      return [];
    }
    const t = (key: string): string => this.transloco.translate(key);
    return [
      { text: t('administration.users.resetPassword'), run: () => void this.resetPassword(person) },
      ...(person.twoFactorEnabled
        ? [
            {
              text: t('administration.users.resetSecondFactor'),
              run: () => void this.resetSecondFactor(person),
            },
          ]
        : []),
      ...(person.lockedUntil
        ? [
            {
              text: t('administration.users.unlock'),
              run: () => void this.change(this.api.unlockUser(person.id, person.concurrencyStamp)),
            },
          ]
        : []),
      person.isActive
        ? { text: t('administration.users.disable'), danger: true, run: () => void this.disable(person) }
        : {
            text: t('administration.users.enable'),
            run: () => void this.change(this.api.enableUser(person.id, person.concurrencyStamp)),
          },
    ];
  });

  constructor() {
    warnBeforeUnload(this);
    effect(() => {
      const person = this.loaded.hasValue() ? this.loaded.value() : null;
      if (person) {
        untracked(() => {
          this.show(person);
        });
      }
    });
  }

  hasUnsavedChanges(): boolean {
    const held = this.user()?.roles.map((role) => role.name) ?? [];
    const chosen = this.chosen();
    return this.form.dirty || held.length !== chosen.size || held.some((role) => !chosen.has(role));
  }

  protected loadProblem(): ApiProblem | null {
    const error = this.loaded.error();
    return error ? ApiProblem.from(error) : null;
  }

  protected rolesProblem(): ApiProblem | null {
    const error = this.roles.error();
    return error ? ApiProblem.from(error) : null;
  }

  protected toggle(role: string): void {
    const next = new Set(this.chosen());
    if (!next.delete(role)) {
      next.add(role);
    }
    this.chosen.set(next);
  }

  protected readonly assign = async (): Promise<void> => {
    const person = this.user();
    if (person) {
      this.show(
        await firstValueFrom(
          this.api.assignRoles(person.id, {
            roles: [...this.chosen()],
            concurrencyStamp: person.concurrencyStamp,
          }),
        ),
      );
      this.toast.success(this.transloco.translate('administration.users.rolesAssigned'));
    }
  };

  protected async save(): Promise<void> {
    const person = this.user();
    if (!person) {
      return;
    }
    const { displayName, officeId, email } = this.form.getRawValue();
    this.busy.set(true);
    this.problem.set(null);
    try {
      this.show(
        await firstValueFrom(
          this.api.editUser(person.id, {
            displayName,
            officeId: officeId || null,
            email: email || null,
            concurrencyStamp: person.concurrencyStamp,
          }),
        ),
      );
      this.toast.success(this.transloco.translate('administration.saved'));
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    } finally {
      this.busy.set(false);
    }
  }

  private async resetPassword(person: UserDto): Promise<void> {
    const title = this.transloco.translate('administration.users.resetPassword');
    const confirmed = await this.confirm.ask({
      title,
      message: this.transloco.translate('administration.users.resetPasswordText'),
      affected: [person.displayName],
      confirmLabel: title,
      danger: true,
    });
    if (confirmed) {
      await this.attempt(async () => {
        const answer = await firstValueFrom(this.api.resetPassword(person.id, person.concurrencyStamp));
        this.show(answer.user);
        this.password.set(answer.initialPassword);
      });
    }
  }

  private async resetSecondFactor(person: UserDto): Promise<void> {
    const title = this.transloco.translate('administration.users.resetSecondFactor');
    const confirmed = await this.confirm.ask({
      title,
      message: this.transloco.translate('administration.users.resetSecondFactorText'),
      affected: [person.displayName],
      confirmLabel: title,
      danger: true,
    });
    if (confirmed) {
      await this.change(this.api.resetSecondFactor(person.id, person.concurrencyStamp));
    }
  }

  private async disable(person: UserDto): Promise<void> {
    const title = this.transloco.translate('administration.users.disable');
    const confirmed = await this.confirm.ask({
      title,
      message: this.transloco.translate('administration.users.disableText'),
      affected: [person.displayName],
      confirmLabel: title,
      danger: true,
    });
    if (confirmed) {
      await this.change(this.api.disableUser(person.id, person.concurrencyStamp));
    }
  }

  private change(answer: Observable<UserDto>): Promise<void> {
    return this.attempt(async () => {
      this.show(await firstValueFrom(answer));
      this.toast.success(this.transloco.translate('administration.saved'));
    });
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.toast.failure(error);
    }
  }

  private show(person: UserDto): void {
    this.user.set(person);
    this.breadcrumb.setLeaf(person.displayName);
    this.chosen.set(new Set(person.roles.map((role) => role.name)));
    this.form.reset({
      displayName: person.displayName,
      officeId: person.officeId ?? '',
      email: person.email ?? '',
    });
  }
}
