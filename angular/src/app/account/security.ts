import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { ApiProblem, AppInstantPipe, SessionService } from '@core';
import {
  Busy,
  Confirm,
  ErrorSummary,
  Field,
  Loading,
  PageHeader,
  ProblemView,
  StateChip,
  Toast,
  UiForm,
  UiInput,
} from '@ui';
import { AccountApi, AccountSession, AuthenticatorSetup } from './account-api';
import { describeDevice } from './device';

/** What is being asked of the authenticator at this moment. */
type Step = 'none' | 'enabling' | 'disabling' | 'renewing';

@Component({
  selector: 'app-security',
  imports: [
    AppInstantPipe,
    Busy,
    ErrorSummary,
    Field,
    Loading,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    StateChip,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  templateUrl: './security.html',
  styleUrl: './security.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SecurityPage {
  private readonly api = inject(AccountApi);
  private readonly confirm = inject(Confirm);
  private readonly router = inject(Router);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  protected readonly session = inject(SessionService);

  protected readonly sessions = signal<readonly AccountSession[] | null>(null);
  protected readonly sessionsProblem = signal<ApiProblem | null>(null);

  protected readonly step = signal<Step>('none');
  protected readonly setup = signal<AuthenticatorSetup | null>(null);
  /** The QR code as an image address: the server's drawing never enters the page as markup. */
  protected readonly qrCode = signal('');
  protected readonly recoveryCodes = signal<readonly string[]>([]);
  protected readonly busy = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly codeForm = new FormGroup({
    code: new FormControl('', { nonNullable: true, validators: Validators.required }),
  });

  constructor() {
    void this.loadSessions();
  }

  protected device(session: AccountSession): string {
    return describeDevice(session.userAgent) || this.transloco.translate('security.unknownDevice');
  }

  protected async loadSessions(): Promise<void> {
    this.sessionsProblem.set(null);
    try {
      this.sessions.set(await firstValueFrom(this.api.sessions()));
    } catch (error) {
      this.sessionsProblem.set(ApiProblem.from(error));
    }
  }

  protected readonly revoke = (session: AccountSession) => async (): Promise<void> => {
    await firstValueFrom(this.api.revokeSession(session.id));
    this.toast.success(this.transloco.translate('security.revoked'));
    await this.loadSessions();
  };

  protected readonly revokeAll = async (): Promise<void> => {
    const confirmed = await this.confirm.ask({
      title: this.transloco.translate('security.revokeAll'),
      message: this.transloco.translate('security.revokeAllText'),
      affected: this.sessions()?.map((session) => this.device(session)),
      confirmLabel: this.transloco.translate('security.revokeAll'),
      danger: true,
    });
    if (confirmed) {
      await firstValueFrom(this.api.revokeAllSessions());
      await firstValueFrom(this.session.load());
      if (this.session.isAuthenticated()) {
        await this.loadSessions();
      } else {
        await this.router.navigateByUrl('/sign-in');
      }
    }
  };

  protected readonly startEnabling = async (): Promise<void> => {
    const setup = await firstValueFrom(this.api.startAuthenticator());
    this.setup.set(setup);
    this.qrCode.set(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(setup.qrCodeSvg)}`);
    this.ask('enabling');
  };

  protected ask(step: Step): void {
    this.codeForm.reset();
    this.problem.set(null);
    this.recoveryCodes.set([]);
    this.step.set(step);
  }

  protected async submitCode(): Promise<void> {
    const code = this.codeForm.getRawValue().code.replaceAll(/\s/g, '');
    this.busy.set(true);
    this.problem.set(null);
    try {
      switch (this.step()) {
        case 'enabling':
          this.recoveryCodes.set((await firstValueFrom(this.api.enableAuthenticator(code))).recoveryCodes);
          this.toast.success(this.transloco.translate('security.enabled'));
          break;
        case 'renewing':
          this.recoveryCodes.set((await firstValueFrom(this.api.newRecoveryCodes(code))).recoveryCodes);
          break;
        case 'disabling':
          await firstValueFrom(this.api.disableAuthenticator(code));
          this.toast.success(this.transloco.translate('security.disabled'));
          break;
        case 'none':
          return;
      }
      this.step.set('none');
      this.setup.set(null);
      await firstValueFrom(this.session.load());
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    } finally {
      this.busy.set(false);
    }
  }

  protected readonly copyCodes = async (): Promise<void> => {
    await navigator.clipboard.writeText(this.recoveryCodes().join('\n'));
    this.toast.success(this.transloco.translate('security.copied'));
  };
}
