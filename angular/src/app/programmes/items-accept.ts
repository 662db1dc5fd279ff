import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { FormArray, FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { Api } from '@api/api';
import { acceptRegionRequest } from '@api/fn/region-requests/accept-region-request';
import { RegionRequestDto } from '@api/models/region-request-dto';
import { TranslocoDirective } from '@jsverse/transloco';
import { ApiProblem } from '@core';
import { Attempt, Busy, ErrorSummary, Field, UiForm, UiInput } from '@ui';

/** Closed without one, the person thought better of it. */
export interface ItemsAcceptResult {
  /** Null where somebody was quicker: the page behind has to show what holds now. */
  readonly request: RegionRequestDto | null;
  readonly problem: ApiProblem | null;
}

/** Accepts a request for items: all of them, or some and why not the others. */
@Component({
  selector: 'app-items-accept',
  imports: [
    Busy,
    ErrorSummary,
    Field,
    MatDialogModule,
    ReactiveFormsModule,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  template: `
    <ng-container *transloco="let t">
      <h2 mat-dialog-title>
        {{ t('programmes.items.request.decideTitle.accept', { region: request.regionName }) }}
      </h2>
      <form [formGroup]="form" [uiForm]="accepting.problem()" (uiSubmit)="accept()">
        <mat-dialog-content>
          <ui-error-summary />
          <p>{{ t('programmes.items.request.decideText.accept') }}</p>
          <fieldset>
            <legend>{{ t('programmes.items.request.acceptedItems') }}</legend>
            <ul>
              @for (item of request.items; track $index; let index = $index) {
                @let controls = form.controls.items.at(index).controls;
                <li>
                  <label class="check">
                    <input
                      type="checkbox"
                      [formControl]="controls.accepted"
                      [attr.aria-describedby]="allLeftOut() ? 'accept-none' : null"
                    />
                    <span>
                      {{ item.name }} <span class="quiet">{{ item.officeName }} {{ item.mode }}</span>
                    </span>
                  </label>
                  @if (controls.reason.enabled) {
                    <ui-field
                      class="wide"
                      [label]="t('programmes.items.request.leftOutReason', { name: item.name })"
                      [control]="controls.reason"
                    >
                      <input uiInput [formControl]="controls.reason" />
                    </ui-field>
                  }
                </li>
              }
            </ul>
            <p id="accept-none" class="error" role="alert">
              @if (allLeftOut()) {
                <span aria-hidden="true">■</span> {{ t('programmes.items.request.acceptNone') }}
              }
            </p>
          </fieldset>
          <ui-field
            class="wide"
            [label]="t('programmes.items.request.note')"
            [control]="form.controls.reason"
            optional
          >
            <textarea uiInput rows="2" formControlName="reason"></textarea>
          </ui-field>
        </mat-dialog-content>
        <mat-dialog-actions align="end">
          <button type="button" class="button" mat-dialog-close>{{ t('ui.cancel') }}</button>
          <button
            type="submit"
            class="button primary"
            [disabled]="allLeftOut()"
            [uiBusy]="accepting.running()"
          >
            {{ t('programmes.items.request.acceptCount', { count: accepted() }) }}
          </button>
        </mat-dialog-actions>
      </form>
    </ng-container>
  `,
  styles: `
    fieldset {
      margin: 12px 0;
      padding: 0;
      border: 0;
    }

    legend {
      padding: 0;
      font-weight: 600;
    }

    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }

    li {
      padding: 6px 0;
      border-bottom: 1px solid var(--line);
      overflow-wrap: anywhere;
    }

    li ui-field {
      margin: 4px 0 8px 28px;
    }

    .error {
      color: var(--bad);
    }

    mat-dialog-actions {
      gap: 8px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ItemsAccept {
  private readonly api = inject(Api);
  private readonly ref = inject<MatDialogRef<ItemsAccept, ItemsAcceptResult>>(MatDialogRef);
  protected readonly request = inject<RegionRequestDto>(MAT_DIALOG_DATA);
  protected readonly accepting = new Attempt();
  protected readonly form = new FormGroup({
    items: new FormArray(this.request.items.map(() => this.choice())),
    reason: new FormControl('', { nonNullable: true, validators: Validators.maxLength(500) }),
  });
  private readonly value = toSignal(this.form.valueChanges);

  protected accepted(): number {
    this.value();
    return this.form.controls.items.controls.filter((item) => item.controls.accepted.value).length;
  }

  protected allLeftOut(): boolean {
    return this.accepted() === 0;
  }

  protected async accept(): Promise<void> {
    const { items, reason } = this.form.getRawValue();
    await this.accepting.run(async () => {
      try {
        const request = await this.api.invoke(acceptRegionRequest, {
          id: this.request.id,
          body: {
            reason: reason.trim() || null,
            concurrencyStamp: this.request.concurrencyStamp,
            leftOut: items.flatMap((item, index) => (item.accepted ? [] : [{ index, reason: item.reason }])),
          },
        });
        this.ref.close({ request, problem: null });
      } catch (error) {
        const problem = ApiProblem.from(error);
        if (problem.isConflict) {
          this.ref.close({ request: null, problem });
        } else {
          throw problem;
        }
      }
    });
  }

  private choice() {
    const accepted = new FormControl(true, { nonNullable: true });
    // Asked for only where the item is left out.
    const reason = new FormControl(
      { value: '', disabled: true },
      { nonNullable: true, validators: [Validators.required, Validators.maxLength(500)] },
    );
    accepted.valueChanges.pipe(takeUntilDestroyed()).subscribe((isAccepted) => {
      if (isAccepted) {
        reason.disable();
      } else {
        reason.enable();
      }
    });
    return new FormGroup({ accepted, reason });
  }
}
