import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { rxResource, toSignal } from '@angular/core/rxjs-interop';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { firstValueFrom, of } from 'rxjs';
import { UserWithPasswordDto } from '@api/models';
import { ApiProblem } from '@core';
import {
  Busy,
  ErrorSummary,
  Field,
  HasUnsavedChanges,
  Loading,
  PageHeader,
  ProblemView,
  UiForm,
  UiInput,
  warnBeforeUnload,
} from '@ui';
import { IdentityApi } from './identity-api';
import { ShownOnce } from './shown-once';

/** A new account; its initial password is shown once, its roles are the security administrator's to assign. */
@Component({
  selector: 'app-users-create',
  imports: [
    Busy,
    ErrorSummary,
    Field,
    Loading,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    RouterLink,
    ShownOnce,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('administration.users.create')" />
      @if (created(); as done) {
        <app-shown-once
          [title]="t('administration.users.created', { name: done.user.displayName })"
          [text]="t('administration.users.initialPasswordText')"
          [secret]="done.initialPassword"
        >
          <a class="button" [routerLink]="['/administration/users', done.user.id]">
            {{ t('administration.users.openAccount') }}
          </a>
        </app-shown-once>
      } @else if (regions.isLoading()) {
        <ui-loading [lines]="5" />
      } @else if (failed(); as problem) {
        <ui-problem-view [problem]="problem" (retry)="regions.reload()" />
      } @else {
        <div class="card">
          <form [formGroup]="form" [uiForm]="problem()" (uiSubmit)="save()">
            <ui-error-summary />
            <ui-field
              [label]="t('administration.users.field.userName')"
              [help]="t('administration.users.userNameHelp')"
              [control]="form.controls.userName"
            >
              <input
                uiInput
                formControlName="userName"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
              />
            </ui-field>
            <ui-field
              [label]="t('administration.users.field.displayName')"
              [control]="form.controls.displayName"
            >
              <input uiInput formControlName="displayName" autocomplete="off" />
            </ui-field>
            <ui-field [label]="t('administration.users.field.region')" [control]="form.controls.regionId">
              <select uiInput formControlName="regionId">
                <option value="">{{ t('administration.choose') }}</option>
                @for (region of regions.value(); track region.id) {
                  <option [value]="region.id">{{ region.name }}</option>
                }
              </select>
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
            <p class="quiet later">{{ t('administration.users.rolesLater') }}</p>
            <button type="submit" class="button primary" [uiBusy]="busy()">
              {{ t('administration.users.create') }}
            </button>
          </form>
        </div>
      }
    </ng-container>
  `,
  styles: `
    .later {
      margin-bottom: 16px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UsersCreatePage implements HasUnsavedChanges {
  private readonly api = inject(IdentityApi);
  protected readonly created = signal<UserWithPasswordDto | null>(null);
  protected readonly busy = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);

  protected readonly form = new FormGroup({
    userName: new FormControl('', { nonNullable: true, validators: Validators.required }),
    displayName: new FormControl('', { nonNullable: true, validators: Validators.required }),
    regionId: new FormControl('', { nonNullable: true, validators: Validators.required }),
    officeId: new FormControl('', { nonNullable: true }),
    email: new FormControl('', { nonNullable: true }),
  });

  private readonly chosenRegion = toSignal(this.form.controls.regionId.valueChanges, { initialValue: '' });
  protected readonly regions = rxResource({ stream: () => this.api.regions() });
  protected readonly offices = rxResource({
    params: () => this.chosenRegion(),
    stream: ({ params }) => (params ? this.api.offices(params) : of([])),
    defaultValue: [],
  });
  // A resource that failed has no value to read; the account can be saved without an office.
  protected readonly officeChoices = computed(() => (this.offices.hasValue() ? this.offices.value() : []));

  constructor() {
    warnBeforeUnload(this);
  }

  hasUnsavedChanges(): boolean {
    return this.form.dirty && !this.created();
  }

  protected failed(): ApiProblem | null {
    const error = this.regions.error();
    return error ? ApiProblem.from(error) : null;
  }

  protected async save(): Promise<void> {
    const { userName, displayName, regionId, officeId, email } = this.form.getRawValue();
    this.busy.set(true);
    this.problem.set(null);
    try {
      this.created.set(
        await firstValueFrom(
          this.api.createUser({
            userName: userName.trim(),
            displayName,
            regionId,
            officeId: officeId || null,
            email: email || null,
          }),
        ),
      );
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    } finally {
      this.busy.set(false);
    }
  }
}
