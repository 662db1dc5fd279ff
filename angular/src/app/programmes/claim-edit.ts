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
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { RouterLink } from '@angular/router';
import { Api } from '@api/api';
import { createClaim } from '@api/fn/claims/create-claim';
import { getClaim } from '@api/fn/claims/get-claim';
import { reviseClaim } from '@api/fn/claims/revise-claim';
import { submitClaim } from '@api/fn/claims/submit-claim';
import { withdrawClaim } from '@api/fn/claims/withdraw-claim';
import { getProgramme } from '@api/fn/programmes/get-programme';
import { ClaimDto } from '@api/models/claim-dto';
import { ProgrammeDto } from '@api/models/programme-dto';
import { ThemeDto } from '@api/models/theme-dto';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApiProblem, AppDateTextPipe, AppInstantPipe } from '@core';
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
  warnBeforeUnload,
} from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { claimTone } from './labels';
import { OwnDraft } from './own-draft';

/** A region claims a theme: reasons, hand in, take back, result. */
@Component({
  selector: 'app-claim-edit',
  imports: [
    AppDateTextPipe,
    AppInstantPipe,
    Busy,
    ErrorSummary,
    Field,
    Loading,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    RouterLink,
    StateChip,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  templateUrl: './claim-edit.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ClaimEditPage {
  private readonly api = inject(Api);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly confirm = inject(Confirm);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);

  readonly id = input.required<string>();
  readonly themeId = input.required<string>();
  protected readonly programme = signal<ProgrammeDto | null>(null);
  protected readonly theme = signal<ThemeDto | null>(null);
  protected readonly own = new OwnDraft<ClaimDto>({
    read: (id) => this.api.invoke(getClaim, { id }),
    fill: (claim) => {
      this.form.reset({ reasons: claim.reasons, partName: claim.partName ?? '' });
    },
    compare: (theirs) => [
      {
        label: this.transloco.translate('programmes.claim.reasons'),
        mine: this.form.controls.reasons.value,
        theirs: theirs.reasons,
      },
      {
        label: this.transloco.translate('programmes.claim.partName'),
        mine: this.form.controls.partName.value,
        theirs: theirs.partName ?? '',
      },
    ],
  });
  protected readonly claim = this.own.record;
  protected readonly tone = claimTone;
  protected readonly form = new FormGroup({
    reasons: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(4000)],
    }),
    partName: new FormControl('', { nonNullable: true, validators: Validators.maxLength(60) }),
  });
  protected readonly editable = computed(() => {
    const status = this.claim()?.status;
    return (this.programme()?.mayClaim ?? false) && (!status || status === 'Draft' || status === 'Withdrawn');
  });

  constructor() {
    warnBeforeUnload(this);
    effect(() => {
      this.id();
      this.themeId();
      untracked(() => void this.load());
    });
  }

  hasUnsavedChanges(): boolean {
    return this.form.dirty;
  }

  protected async load(): Promise<void> {
    await this.own.reading.run(async () => {
      const programme = await this.api.invoke(getProgramme, { id: this.id() });
      const theme = programme.themes.find((other) => other.id === this.themeId()) ?? null;
      if (theme?.ownClaim) {
        this.own.show(await this.api.invoke(getClaim, { id: theme.ownClaim.id }));
      }
      this.programme.set(programme);
      this.theme.set(theme);
      this.breadcrumb.setLeaf(theme?.title ?? '');
      if (!theme) {
        throw new ApiProblem({ title: this.transloco.translate('programmes.claim.noTheme'), status: 404 });
      }
    });
  }

  protected readonly saveDraft = async (): Promise<void> => {
    await this.own.save(async () => {
      this.own.show(await this.save());
      this.toast.success(this.transloco.translate('programmes.claim.saved'));
    });
  };

  protected async submit(): Promise<void> {
    const confirmed = await this.confirm.ask({
      title: this.transloco.translate('programmes.claim.submitTitle', { theme: this.theme()?.title }),
      message: this.transloco.translate('programmes.claim.submitText', {
        body: this.programme()?.issuingBody,
      }),
      confirmLabel: this.transloco.translate('programmes.claim.submit'),
    });
    if (!confirmed) {
      return;
    }
    await this.own.save(async () => {
      const saved = await this.save();
      this.own.show(saved);
      this.own.show(
        await this.api.invoke(submitClaim, {
          id: saved.id,
          body: { concurrencyStamp: saved.concurrencyStamp },
        }),
      );
      this.toast.success(this.transloco.translate('programmes.claim.submitted'));
    });
  }

  protected readonly withdraw = async (): Promise<void> => {
    const claim = this.claim();
    const confirmed =
      claim &&
      (await this.confirm.ask({
        title: this.transloco.translate('programmes.claim.withdrawTitle', { theme: claim.themeTitle }),
        message: this.transloco.translate('programmes.claim.withdrawText'),
        confirmLabel: this.transloco.translate('programmes.claim.withdraw'),
        danger: true,
      }));
    if (claim && confirmed) {
      await this.own.act(() =>
        this.api.invoke(withdrawClaim, {
          id: claim.id,
          body: { concurrencyStamp: claim.concurrencyStamp },
        }),
      );
    }
  };

  private save(): Promise<ClaimDto> {
    const claim = this.claim();
    const { reasons, partName } = this.form.getRawValue();
    if (!claim) {
      return this.api.invoke(createClaim, {
        body: { themeId: this.themeId(), reasons, partName: partName || null },
      });
    }
    return this.form.dirty
      ? this.api.invoke(reviseClaim, {
          id: claim.id,
          body: { reasons, partName: partName || null, concurrencyStamp: claim.concurrencyStamp },
        })
      : Promise.resolve(claim);
  }
}
