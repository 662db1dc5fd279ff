import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { TranslocoDirective } from '@jsverse/transloco';
import { Api } from '@api/api';
import { listProvinces, onboardProvince } from '@api/functions';
import { OnboardedProvinceDto, ProvinceDto } from '@api/models';
import { ApiProblem } from '@core';
import {
  Busy,
  ErrorSummary,
  Field,
  HasUnsavedChanges,
  Loading,
  PageHeader,
  ProblemView,
  StateChip,
  UiForm,
  UiInput,
} from '@ui';

/** Brings a province in: choose it, name its first administrator, hand over the initial password. */
@Component({
  selector: 'app-regions-onboarding',
  imports: [
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
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('regions.onboarding.title')" />
      @if (problem(); as failed) {
        <ui-problem-view [problem]="failed" (retry)="load()" />
      } @else if (provinces(); as list) {
        @if (done(); as result) {
          <section class="card" role="status">
            <h2>{{ t('regions.onboarding.done', { name: result.province.name }) }}</h2>
            <p>{{ t('regions.onboarding.doneText', { count: result.province.cities }) }}</p>
            <dl>
              <dt>{{ t('regions.onboarding.userName') }}</dt>
              <dd>{{ result.administratorUserName }}</dd>
              <dt>{{ t('regions.onboarding.password') }}</dt>
              <dd>
                <code>{{ result.initialPassword }}</code>
              </dd>
            </dl>
            <p class="quiet">{{ t('regions.onboarding.passwordOnce') }}</p>
            <button type="button" class="button" (click)="done.set(null)">
              {{ t('regions.onboarding.noted') }}
            </button>
          </section>
        } @else {
          <section class="card">
            <h2>{{ t('regions.onboarding.new') }}</h2>
            <form [formGroup]="form" [uiForm]="formProblem()" (uiSubmit)="onboard()">
              <ui-error-summary />
              <ui-field
                [label]="t('regions.onboarding.province')"
                [help]="t('regions.onboarding.provinceHelp')"
                [control]="form.controls.province"
              >
                <select uiInput formControlName="province">
                  <option value="">{{ t('regions.onboarding.choose') }}</option>
                  @for (province of open(); track province.code) {
                    <option [value]="province.code">{{ province.name }}</option>
                  }
                </select>
              </ui-field>
              <ui-field
                [label]="t('regions.onboarding.userName')"
                [help]="t('regions.onboarding.userNameHelp')"
                [control]="form.controls.administratorUserName"
              >
                <input uiInput formControlName="administratorUserName" autocomplete="off" />
              </ui-field>
              <ui-field
                [label]="t('regions.onboarding.displayName')"
                [control]="form.controls.administratorDisplayName"
              >
                <input uiInput formControlName="administratorDisplayName" autocomplete="off" />
              </ui-field>
              <button type="submit" class="button primary" [uiBusy]="saving()">
                {{ t('regions.onboarding.start') }}
              </button>
            </form>
          </section>
        }
        <section class="card scroll">
          <h2>{{ t('regions.onboarding.all') }}</h2>
          <table>
            <caption class="visually-hidden">
              {{
                t('regions.onboarding.all')
              }}
            </caption>
            <thead>
              <tr>
                <th scope="col">{{ t('regions.onboarding.province') }}</th>
                <th scope="col">{{ t('regions.code') }}</th>
                <th scope="col" class="number">{{ t('regions.onboarding.cities') }}</th>
                <th scope="col">{{ t('regions.onboarding.state') }}</th>
              </tr>
            </thead>
            <tbody>
              @for (province of list; track province.code) {
                <tr>
                  <th scope="row">{{ province.name }}</th>
                  <td>{{ province.code }}</td>
                  <td class="number">{{ province.cities }}</td>
                  <td>
                    @if (province.hasAdministrator) {
                      <ui-state-chip [text]="t('regions.onboarding.ready')" tone="good" />
                    } @else if (province.isOnboarded) {
                      <ui-state-chip [text]="t('regions.onboarding.noAdministrator')" tone="attention" />
                    } @else {
                      <ui-state-chip [text]="t('regions.onboarding.notYet')" tone="neutral" />
                    }
                  </td>
                </tr>
              }
            </tbody>
          </table>
        </section>
      } @else {
        <ui-loading [lines]="8" />
      }
    </ng-container>
  `,
  styles: `
    .card {
      margin-bottom: 16px;
    }

    .scroll {
      overflow-x: auto;
    }

    table {
      width: 100%;
      border-collapse: collapse;
    }

    th,
    td {
      padding: 6px 8px;
      border-bottom: 1px solid var(--line);
      text-align: left;
      font-weight: normal;
    }

    thead th {
      font-weight: 600;
    }

    .number {
      text-align: right;
    }

    .number + th,
    .number + td {
      padding-left: 2rem;
    }

    code {
      font-size: 1.25rem;
      user-select: all;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RegionsOnboardingPage implements HasUnsavedChanges {
  private readonly api = inject(Api);
  protected readonly provinces = signal<readonly ProvinceDto[] | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly formProblem = signal<ApiProblem | null>(null);
  protected readonly saving = signal(false);
  protected readonly done = signal<OnboardedProvinceDto | null>(null);
  /** Also those whose invitation was interrupted. */
  protected readonly open = computed(
    () => this.provinces()?.filter((province) => !province.hasAdministrator) ?? [],
  );
  protected readonly form = new FormGroup({
    province: new FormControl('', { nonNullable: true, validators: Validators.required }),
    administratorUserName: new FormControl('', { nonNullable: true, validators: Validators.required }),
    administratorDisplayName: new FormControl('', { nonNullable: true, validators: Validators.required }),
  });

  constructor() {
    void this.load();
  }

  /** A password on the screen is shown only once: leaving asks, too. */
  hasUnsavedChanges(): boolean {
    return this.form.dirty || this.done() !== null;
  }

  protected async load(): Promise<void> {
    this.problem.set(null);
    try {
      this.provinces.set(await this.api.invoke(listProvinces));
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected async onboard(): Promise<void> {
    const { province, ...body } = this.form.getRawValue();
    this.saving.set(true);
    this.formProblem.set(null);
    try {
      this.done.set(await this.api.invoke(onboardProvince, { code: province, body }));
      this.form.reset();
      await this.load();
    } catch (error) {
      this.formProblem.set(ApiProblem.from(error));
    } finally {
      this.saving.set(false);
    }
  }
}
