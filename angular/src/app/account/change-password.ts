import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import {
  AbstractControl,
  FormControl,
  FormGroup,
  ReactiveFormsModule,
  ValidationErrors,
  Validators,
} from '@angular/forms';
import { Router } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { ApiProblem, SessionService, safeReturnUrl } from '@core';
import { Busy, ErrorSummary, Field, HasUnsavedChanges, PageHeader, Toast, UiForm, UiInput } from '@ui';
import { AccountApi } from './account-api';

@Component({
  selector: 'app-change-password',
  imports: [Busy, ErrorSummary, Field, PageHeader, ReactiveFormsModule, TranslocoDirective, UiForm, UiInput],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('account.changePassword')" />
      <div class="card">
        @if (forced()) {
          <p class="notice" role="status">{{ t('password.forced') }}</p>
        }
        <form [formGroup]="form" [uiForm]="problem()" (uiSubmit)="save()">
          <ui-error-summary />
          <!-- Password managers need to know whose password this is. -->
          <input
            class="visually-hidden"
            type="text"
            autocomplete="username"
            tabindex="-1"
            aria-hidden="true"
            readonly
            [value]="session.user()?.userName ?? ''"
          />
          <ui-field [label]="t('password.current')" [control]="form.controls.currentPassword">
            <input
              uiInput
              type="password"
              formControlName="currentPassword"
              autocomplete="current-password"
            />
          </ui-field>
          <ui-field
            [label]="t('password.new')"
            [help]="t('password.rules')"
            [control]="form.controls.newPassword"
          >
            <input uiInput type="password" formControlName="newPassword" autocomplete="new-password" />
          </ui-field>
          <ui-field [label]="t('password.repeat')" [control]="form.controls.repeated">
            <input uiInput type="password" formControlName="repeated" autocomplete="new-password" />
          </ui-field>
          <button type="submit" class="button primary" [uiBusy]="busy()">{{ t('password.save') }}</button>
        </form>
      </div>
    </ng-container>
  `,
  styles: `
    .notice {
      max-width: 40rem;
      margin-bottom: 16px;
      padding: 8px 12px;
      border-left: 3px solid var(--attention);
      background: var(--attention-pale);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChangePasswordPage implements HasUnsavedChanges {
  private readonly api = inject(AccountApi);
  private readonly router = inject(Router);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  protected readonly session = inject(SessionService);
  readonly returnUrl = input<string>();

  protected readonly forced = computed(() => this.session.session().mustChangePassword);
  protected readonly busy = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);
  private saved = false;

  protected readonly form = new FormGroup({
    currentPassword: new FormControl('', { nonNullable: true, validators: Validators.required }),
    newPassword: new FormControl('', { nonNullable: true, validators: Validators.required }),
    repeated: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, (control) => this.sameAsNew(control)],
    }),
  });

  hasUnsavedChanges(): boolean {
    return this.form.dirty && !this.saved;
  }

  protected async save(): Promise<void> {
    const { currentPassword, newPassword } = this.form.getRawValue();
    this.busy.set(true);
    this.problem.set(null);
    try {
      await firstValueFrom(this.api.changePassword(currentPassword, newPassword));
      this.saved = true;
      this.toast.success(this.transloco.translate('password.changed'));
      await this.router.navigateByUrl(safeReturnUrl(this.returnUrl()));
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    } finally {
      this.busy.set(false);
    }
  }

  private sameAsNew(control: AbstractControl): ValidationErrors | null {
    const wanted = control.parent?.get('newPassword')?.value as string | undefined;
    return control.value && wanted !== control.value
      ? { text: this.transloco.translate('password.different') }
      : null;
  }
}
