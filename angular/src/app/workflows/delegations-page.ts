import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import {
  FormControl,
  FormGroup,
  ReactiveFormsModule,
  ValidationErrors,
  ValidatorFn,
  Validators,
} from '@angular/forms';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { DelegationDto } from '@api/models';
import { ApiProblem, AppDatePipe } from '@core';
import {
  Busy,
  Confirm,
  DateInput,
  EmptyState,
  ErrorSummary,
  Field,
  Loading,
  PageHeader,
  ProblemView,
  StateChip,
  Toast,
  UiForm,
} from '@ui';
import { PersonOption } from './models';
import { PeoplePicker, somebody } from './people-picker';
import { WorkflowsApi } from './workflows-api';

/** 委派: who does one's tasks while one is away, from day to day. */
@Component({
  selector: 'app-delegations-page',
  imports: [
    AppDatePipe,
    Busy,
    DateInput,
    EmptyState,
    ErrorSummary,
    Field,
    Loading,
    PageHeader,
    PeoplePicker,
    ProblemView,
    ReactiveFormsModule,
    StateChip,
    TranslocoDirective,
    UiForm,
  ],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('workflows.delegation.title')">
        <p class="quiet">{{ t('workflows.delegation.text') }}</p>
      </ui-page-header>
      <div class="columns">
        <section class="card">
          <h2>{{ t('workflows.delegation.list') }}</h2>
          @if (problem(); as failed) {
            <ui-problem-view [problem]="failed" (retry)="load()" />
          } @else if (delegations(); as list) {
            <ul>
              @for (entry of list; track entry.id) {
                <li>
                  <span>
                    <strong>{{
                      entry.isMine ? entry.to.name : t('workflows.delegation.byOf', { name: entry.from.name })
                    }}</strong>
                    {{ entry.first | appDate }} – {{ entry.last | appDate }}
                  </span>
                  @if (!entry.isActive) {
                    <ui-state-chip [text]="t('workflows.delegation.ended')" />
                  } @else if (entry.isMine) {
                    <button
                      type="button"
                      class="button small"
                      [attr.aria-label]="t('workflows.delegation.endOf', { name: entry.to.name })"
                      (click)="end(entry)"
                    >
                      {{ t('workflows.delegation.end') }}
                    </button>
                  }
                </li>
              } @empty {
                <li>
                  <ui-empty-state
                    [title]="t('workflows.delegation.none')"
                    [text]="t('workflows.delegation.noneText')"
                  />
                </li>
              }
            </ul>
          } @else {
            <ui-loading [lines]="3" />
          }
        </section>
        <section class="card">
          <h2>{{ t('workflows.delegation.new') }}</h2>
          <form [formGroup]="form" [uiForm]="refusal()" (uiSubmit)="save()">
            <ui-error-summary />
            <app-people-picker
              [label]="t('workflows.delegation.to')"
              [source]="findPeople"
              [control]="form.controls.people"
              [(chosen)]="people"
            />
            <ui-field [label]="t('workflows.delegation.from')" [control]="form.controls.from">
              <ui-date-input formControlName="from" />
            </ui-field>
            <ui-field [label]="t('workflows.delegation.until')" [control]="form.controls.until">
              <ui-date-input formControlName="until" />
            </ui-field>
            <button type="submit" class="button primary" [uiBusy]="saving()">
              {{ t('workflows.delegation.save') }}
            </button>
          </form>
        </section>
      </div>
    </ng-container>
  `,
  styles: `
    ul {
      padding: 0;
      list-style: none;
    }

    li ui-empty-state {
      flex: 1;
    }

    li {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 16px;
      align-items: center;
      justify-content: space-between;
      padding: 8px 0;
      border-bottom: 1px solid var(--line);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DelegationsPage {
  private readonly api = inject(WorkflowsApi);
  private readonly confirm = inject(Confirm);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  protected readonly findPeople = (search: string) => this.api.peopleToDelegateTo(search);
  protected readonly delegations = signal<readonly DelegationDto[] | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly refusal = signal<ApiProblem | null>(null);
  protected readonly people = signal<readonly PersonOption[]>([]);
  protected readonly saving = signal(false);
  protected readonly form = new FormGroup({
    people: new FormControl<readonly PersonOption[]>([], {
      nonNullable: true,
      validators: [somebody(this.transloco)],
    }),
    from: new FormControl<string | null>(null, [Validators.required]),
    until: new FormControl<string | null>(null, [Validators.required, this.notBefore()]),
  });

  constructor() {
    this.load();
    this.form.controls.from.valueChanges.subscribe(() => {
      this.form.controls.until.updateValueAndValidity();
    });
  }

  protected load(): void {
    this.problem.set(null);
    this.api.delegations().subscribe({
      next: (list) => {
        this.delegations.set(list);
      },
      error: (error: unknown) => {
        this.problem.set(ApiProblem.from(error));
      },
    });
  }

  protected async save(): Promise<void> {
    const { from, until } = this.form.getRawValue();
    const person = this.people()[0];
    if (!person || !from || !until) {
      return;
    }
    this.saving.set(true);
    this.refusal.set(null);
    try {
      await firstValueFrom(this.api.delegate(person.id, from, until));
      this.toast.success(this.transloco.translate('workflows.delegation.saved', { name: person.name }));
      this.form.reset();
      this.people.set([]);
      this.load();
    } catch (error) {
      this.refusal.set(ApiProblem.from(error));
    } finally {
      this.saving.set(false);
    }
  }

  protected async end(entry: DelegationDto): Promise<void> {
    const yes = await this.confirm.ask({
      title: this.transloco.translate('workflows.delegation.end'),
      message: this.transloco.translate('workflows.delegation.endText'),
      affected: [entry.to.name],
      confirmLabel: this.transloco.translate('workflows.delegation.end'),
    });
    if (!yes) {
      return;
    }
    try {
      await firstValueFrom(this.api.endDelegation(entry.id));
      this.load();
    } catch (error) {
      this.toast.failure(error);
    }
  }

  private notBefore(): ValidatorFn {
    return (control): ValidationErrors | null => {
      const from: unknown = control.parent?.get('from')?.value;
      const until: unknown = control.value;
      return typeof from === 'string' && typeof until === 'string' && until < from
        ? { text: this.transloco.translate('workflows.delegation.wrongOrder') }
        : null;
    };
  }
}
