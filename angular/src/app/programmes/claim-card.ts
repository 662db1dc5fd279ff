import {
  ChangeDetectionStrategy,
  Component,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { Api } from '@api/api';
import { acceptClaim } from '@api/fn/claims/accept-claim';
import { declineClaim } from '@api/fn/claims/decline-claim';
import { getClaim } from '@api/fn/claims/get-claim';
import { recordOpinion } from '@api/fn/claims/record-opinion';
import { ClaimDto } from '@api/models/claim-dto';
import { OpinionStance } from '@api/models/opinion-stance';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApiProblem, AppInstantPipe } from '@core';
import {
  Busy,
  Confirm,
  ErrorSummary,
  Field,
  Loading,
  ProblemView,
  StateChip,
  Toast,
  UiForm,
  UiInput,
} from '@ui';
import { claimTone } from './labels';

/** One claim as the issuer works on it: reasons, what offices say, decision. */
@Component({
  selector: 'app-claim-card',
  imports: [
    AppInstantPipe,
    Busy,
    ErrorSummary,
    Field,
    Loading,
    ProblemView,
    ReactiveFormsModule,
    StateChip,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  template: `
    <ng-container *transloco="let t">
      @if (problem(); as problem) {
        <ui-problem-view [problem]="problem" (retry)="load()" />
      } @else if (claim(); as claim) {
        <p>
          <ui-state-chip [text]="t('programmes.claimStatus.' + claim.status)" [tone]="tone(claim.status)" />
          <span class="quiet">{{
            t('programmes.matrix.submittedAt', { at: (claim.submittedAt | appInstant) })
          }}</span>
        </p>
        @if (claim.partName) {
          <p>{{ t('programmes.matrix.part', { part: claim.partName }) }}</p>
        }
        <h3>{{ t('programmes.claim.reasons') }}</h3>
        <p class="reasons">{{ claim.reasons }}</p>

        <h3>{{ t('programmes.matrix.opinionsTitle') }}</h3>
        @if (claim.opinions.length === 0) {
          <p class="quiet">{{ t('programmes.matrix.noOpinions') }}</p>
        } @else {
          <ul>
            @for (opinion of claim.opinions; track opinion.id) {
              <li>
                {{ opinion.officeName }}：{{ t('programmes.stance.' + opinion.stance) }}
                {{ opinion.text }}
                <span class="quiet">{{
                  t('programmes.matrix.recordedBy', {
                    name: opinion.recordedBy,
                    at: (opinion.recordedAt | appInstant),
                  })
                }}</span>
              </li>
            }
          </ul>
        }

        @if (claim.status === 'Submitted') {
          <form [formGroup]="form" [uiForm]="opinionProblem()" (uiSubmit)="record()">
            <ui-error-summary />
            <ui-field [label]="t('programmes.matrix.office')" [control]="form.controls.officeName">
              <input uiInput formControlName="officeName" />
            </ui-field>
            <ui-field [label]="t('programmes.matrix.stance')" [control]="form.controls.stance">
              <select uiInput formControlName="stance">
                @for (stance of stances; track stance) {
                  <option [value]="stance">{{ t('programmes.stance.' + stance) }}</option>
                }
              </select>
            </ui-field>
            <ui-field
              [label]="t('programmes.matrix.opinionText')"
              [help]="t('programmes.matrix.opinionHelp')"
              [control]="form.controls.text"
              optional
            >
              <textarea uiInput rows="2" formControlName="text"></textarea>
            </ui-field>
            <button type="submit" class="button" [uiBusy]="recording()">
              {{ t('programmes.matrix.record') }}
            </button>
          </form>
          <div class="button-row decision">
            <button type="button" class="button primary" [uiAction]="accept">
              {{ t('programmes.matrix.accept') }}
            </button>
            <button type="button" class="button danger" [uiAction]="decline">
              {{ t('programmes.matrix.decline') }}
            </button>
          </div>
        } @else if (claim.decisionReason) {
          <p>{{ t('programmes.claim.because', { reason: claim.decisionReason }) }}</p>
        }
      } @else {
        <ui-loading [lines]="5" />
      }
    </ng-container>
  `,
  styles: `
    .reasons {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }

    .decision {
      margin-top: 16px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ClaimCard {
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);

  readonly claimId = input.required<string>();
  /** An opinion was recorded or a decision taken. */
  readonly changed = output();
  protected readonly claim = signal<ClaimDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly opinionProblem = signal<ApiProblem | null>(null);
  protected readonly recording = signal(false);
  protected readonly tone = claimTone;
  protected readonly stances: readonly OpinionStance[] = ['Support', 'Neutral', 'Object'];
  protected readonly form = new FormGroup({
    officeName: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.maxLength(100)],
    }),
    stance: new FormControl<OpinionStance>('Support', { nonNullable: true }),
    text: new FormControl('', { nonNullable: true, validators: Validators.maxLength(1000) }),
  });

  constructor() {
    effect(() => {
      this.claimId();
      untracked(() => void this.load());
    });
  }

  protected async load(): Promise<void> {
    this.problem.set(null);
    try {
      this.claim.set(await this.api.invoke(getClaim, { id: this.claimId() }));
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected async record(): Promise<void> {
    this.recording.set(true);
    this.opinionProblem.set(null);
    try {
      this.take(await this.api.invoke(recordOpinion, { id: this.claimId(), body: this.form.getRawValue() }));
      this.form.reset();
    } catch (error) {
      this.opinionProblem.set(ApiProblem.from(error));
    } finally {
      this.recording.set(false);
    }
  }

  protected readonly accept = async (): Promise<void> => {
    const claim = this.claim();
    const confirmed =
      claim &&
      (await this.confirm.ask({
        title: this.transloco.translate('programmes.matrix.acceptTitle', { region: claim.regionName }),
        message: this.transloco.translate('programmes.matrix.acceptText', { theme: claim.themeTitle }),
        affected: [claim.regionName],
        confirmLabel: this.transloco.translate('programmes.matrix.accept'),
      }));
    if (claim && confirmed) {
      await this.decide(() =>
        this.api.invoke(acceptClaim, {
          id: claim.id,
          body: { reason: null, concurrencyStamp: claim.concurrencyStamp },
        }),
      );
    }
  };

  protected readonly decline = async (): Promise<void> => {
    const claim = this.claim();
    const confirmed =
      claim &&
      (await this.confirm.ask({
        title: this.transloco.translate('programmes.matrix.declineTitle', { region: claim.regionName }),
        message: this.transloco.translate('programmes.matrix.declineText', { theme: claim.themeTitle }),
        affected: [claim.regionName],
        confirmLabel: this.transloco.translate('programmes.matrix.decline'),
        danger: true,
        reasonLabel: this.transloco.translate('programmes.matrix.declineReason'),
      }));
    if (claim && confirmed) {
      await this.decide(() =>
        this.api.invoke(declineClaim, {
          id: claim.id,
          body: { reason: confirmed.reason, concurrencyStamp: claim.concurrencyStamp },
        }),
      );
    }
  };

  private async decide(request: () => Promise<ClaimDto>): Promise<void> {
    try {
      this.take(await request());
    } catch (error) {
      this.toast.failure(error);
      // Somebody else was quicker, or the claim was taken back: what is shown must be the present state.
      await this.load();
      this.changed.emit();
    }
  }

  private take(claim: ClaimDto): void {
    this.claim.set(claim);
    this.changed.emit();
  }
}
