import { ChangeDetectionStrategy, Component, DestroyRef, inject, input, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import {
  ApiProblem,
  LANGUAGES,
  Language,
  LanguageSwitch,
  PreferencesService,
  SessionService,
  safeReturnUrl,
} from '@core';
import { Busy, ErrorSummary, Field, Toast, UiForm, UiInput } from '@ui';
import { AccountApi, SignInProvider } from './account-api';

type Step = 'password' | 'code' | 'recovery';

@Component({
  selector: 'app-sign-in',
  imports: [Busy, ErrorSummary, Field, ReactiveFormsModule, TranslocoDirective, UiForm, UiInput],
  templateUrl: './sign-in.html',
  styleUrl: './sign-in.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SignInPage {
  private readonly api = inject(AccountApi);
  private readonly session = inject(SessionService);
  private readonly router = inject(Router);
  private readonly languageSwitch = inject(LanguageSwitch);
  private readonly toast = inject(Toast);
  protected readonly preferences = inject(PreferencesService);

  /** From the address. */
  readonly returnUrl = input<string>();
  readonly expired = input<string>();

  protected readonly languages = LANGUAGES;
  protected readonly step = signal<Step>('password');
  protected readonly busy = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly providers = signal<readonly SignInProvider[]>([]);

  protected readonly passwordForm = new FormGroup({
    userName: new FormControl('', { nonNullable: true, validators: Validators.required }),
    password: new FormControl('', { nonNullable: true, validators: Validators.required }),
  });

  protected readonly codeForm = new FormGroup({
    code: new FormControl('', { nonNullable: true, validators: Validators.required }),
  });

  constructor() {
    this.api
      .providers()
      .pipe(takeUntilDestroyed(inject(DestroyRef)))
      .subscribe({
        next: (providers) => {
          this.providers.set(providers);
        },
        error: (error: unknown) => {
          this.toast.failure(error);
        },
      });
  }

  protected async submitPassword(): Promise<void> {
    const { userName, password } = this.passwordForm.getRawValue();
    await this.run(async () => {
      const needsCode = await firstValueFrom(this.api.signIn(userName.trim(), password));
      if (needsCode) {
        this.passwordForm.controls.password.reset();
        this.step.set('code');
      } else {
        await this.enter();
      }
    });
  }

  protected async submitCode(): Promise<void> {
    const code = this.codeForm.getRawValue().code.replaceAll(/\s/g, '');
    await this.run(async () => {
      await firstValueFrom(this.api.signInWithCode(code, this.step() === 'recovery'));
      await this.enter();
    });
  }

  protected goTo(step: Step): void {
    this.problem.set(null);
    this.codeForm.reset();
    this.step.set(step);
  }

  protected providerAddress(provider: SignInProvider): string {
    const query = new URLSearchParams({ returnUrl: safeReturnUrl(this.returnUrl()) });
    return `/api/account/external/${encodeURIComponent(provider.name)}?${query.toString()}`;
  }

  protected useLanguage(language: Language): void {
    this.languageSwitch.use(language).catch((error: unknown) => {
      this.toast.failure(error);
    });
  }

  protected toggleCare(): void {
    this.preferences.care.update((care) => !care);
  }

  private async enter(): Promise<void> {
    const problem = this.session.problem();
    if (problem) {
      throw problem;
    }
    await this.router.navigateByUrl(safeReturnUrl(this.returnUrl()));
  }

  private async run(work: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    this.problem.set(null);
    try {
      await work();
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    } finally {
      this.busy.set(false);
    }
  }
}
