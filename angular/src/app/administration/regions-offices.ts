import { ChangeDetectionStrategy, Component, effect, inject, input, signal, untracked } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Api } from '@api/api';
import { createOffice, listOffices, renameOffice, reorderOffices, retireOffice } from '@api/functions';
import { OfficeDto } from '@api/models';
import { ApiProblem } from '@core';
import {
  Busy,
  Confirm,
  EmptyState,
  ErrorSummary,
  Field,
  Loading,
  ProblemView,
  StateChip,
  Toast,
  UiForm,
  UiInput,
} from '@ui';

/** A region's offices: listed for everybody who may see it, edited by its administrators. */
@Component({
  selector: 'app-regions-offices',
  imports: [
    Busy,
    EmptyState,
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
    <section *transloco="let t" class="card" aria-labelledby="offices-heading">
      <h2 id="offices-heading">{{ t('regions.offices') }}</h2>
      <label class="check">
        <input type="checkbox" [checked]="withRetired()" (change)="showRetired($event)" />
        {{ t('regions.showRetired') }}
      </label>
      @if (problem(); as failed) {
        <ui-problem-view [problem]="failed" (retry)="load()" />
      } @else if (offices(); as list) {
        @if (list.length === 0) {
          <ui-empty-state
            [title]="t('regions.noOffices')"
            [text]="editable() ? t('regions.noOfficesText') : ''"
          />
        } @else {
          <ol>
            @for (office of list; track office.id; let first = $first; let index = $index) {
              <li>
                <span class="names">
                  {{ office.name }} <span class="quiet">{{ office.shortName }}</span>
                  @if (office.isRetired) {
                    <ui-state-chip [text]="t('regions.retired')" tone="neutral" />
                  }
                </span>
                @if (editable() && !office.isRetired) {
                  <span class="button-row">
                    <button
                      type="button"
                      class="button small"
                      [disabled]="first"
                      [attr.aria-label]="t('regions.moveUpOf', { name: office.name })"
                      (click)="move(index, -1)"
                    >
                      {{ t('regions.moveUp') }}
                    </button>
                    <button
                      type="button"
                      class="button small"
                      [disabled]="isLast(index)"
                      [attr.aria-label]="t('regions.moveDownOf', { name: office.name })"
                      (click)="move(index, 1)"
                    >
                      {{ t('regions.moveDown') }}
                    </button>
                    <button
                      type="button"
                      class="button small"
                      [attr.aria-label]="t('regions.renameOf', { name: office.name })"
                      (click)="edit(office)"
                    >
                      {{ t('regions.rename') }}
                    </button>
                    <button
                      type="button"
                      class="button small danger"
                      [attr.aria-label]="t('regions.retireOf', { name: office.name })"
                      (click)="retire(office)"
                    >
                      {{ t('regions.retire') }}
                    </button>
                  </span>
                }
              </li>
            }
          </ol>
        }
        @if (editable()) {
          @if (editing(); as current) {
            <form [formGroup]="form" [uiForm]="formProblem()" (uiSubmit)="save()">
              <h3>{{ current.office ? t('regions.renameTitle') : t('regions.newOffice') }}</h3>
              <ui-error-summary />
              <ui-field [label]="t('regions.officeName')" [control]="form.controls.name">
                <input uiInput formControlName="name" autocomplete="off" />
              </ui-field>
              <ui-field
                [label]="t('regions.officeShortName')"
                [help]="t('regions.officeShortNameHelp')"
                [control]="form.controls.shortName"
              >
                <input uiInput formControlName="shortName" autocomplete="off" />
              </ui-field>
              <div class="button-row">
                <button type="submit" class="button primary" [uiBusy]="saving()">
                  {{ t('regions.save') }}
                </button>
                <button type="button" class="button" (click)="editing.set(null)">
                  {{ t('regions.cancel') }}
                </button>
              </div>
            </form>
          } @else {
            <button type="button" class="button" (click)="edit(null)">{{ t('regions.newOffice') }}</button>
          }
        }
      } @else {
        <ui-loading [lines]="4" />
      }
    </section>
  `,
  styles: `
    ol {
      display: grid;
      gap: 4px;
      margin: 12px 0;
      padding: 0;
      list-style: none;
    }

    h3 {
      margin: 16px 0 12px;
    }

    li {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      align-items: center;
      justify-content: space-between;
      padding: 4px 0;
      border-bottom: 1px solid var(--line);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RegionsOffices {
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  readonly regionId = input.required<string>();
  readonly regionName = input.required<string>();
  readonly editable = input(false);

  protected readonly offices = signal<readonly OfficeDto[] | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly withRetired = signal(false);
  /** Null: no form is open; `{ office: null }`: a new office. */
  protected readonly editing = signal<{ readonly office: OfficeDto | null } | null>(null);
  protected readonly saving = signal(false);
  protected readonly formProblem = signal<ApiProblem | null>(null);
  protected readonly form = new FormGroup({
    name: new FormControl('', { nonNullable: true, validators: Validators.required }),
    shortName: new FormControl('', { nonNullable: true, validators: Validators.required }),
  });

  constructor() {
    effect(() => {
      this.regionId();
      untracked(() => {
        this.offices.set(null);
        this.editing.set(null);
        void this.load();
      });
    });
  }

  protected async load(): Promise<void> {
    const regionId = this.regionId();
    this.problem.set(null);
    try {
      const offices = await this.api.invoke(listOffices, { regionId, includeRetired: this.withRetired() });
      // Another region may have been chosen while this answer was on its way.
      if (regionId === this.regionId()) {
        this.offices.set(offices);
      }
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected showRetired(event: Event): void {
    this.withRetired.set((event.target as HTMLInputElement).checked);
    void this.load();
  }

  protected isLast(index: number): boolean {
    return index === this.inService().length - 1;
  }

  protected async move(index: number, by: number): Promise<void> {
    const ids = this.inService().map((office) => office.id);
    ids.splice(index + by, 0, ...ids.splice(index, 1));
    try {
      await this.api.invoke(reorderOffices, { regionId: this.regionId(), body: { officeIds: ids } });
    } catch (error) {
      this.toast.failure(error);
    }
    await this.load();
  }

  protected edit(office: OfficeDto | null): void {
    this.formProblem.set(null);
    this.form.reset({ name: office?.name ?? this.regionName(), shortName: office?.shortName ?? '' });
    this.editing.set({ office });
  }

  protected async save(): Promise<void> {
    const office = this.editing()?.office;
    const names = this.form.getRawValue();
    this.saving.set(true);
    this.formProblem.set(null);
    try {
      await (office
        ? this.api.invoke(renameOffice, {
            id: office.id,
            body: { ...names, concurrencyStamp: office.concurrencyStamp },
          })
        : this.api.invoke(createOffice, { regionId: this.regionId(), body: names }));
      this.editing.set(null);
      this.toast.success(this.transloco.translate('regions.saved'));
      await this.load();
    } catch (error) {
      this.formProblem.set(ApiProblem.from(error));
    } finally {
      this.saving.set(false);
    }
  }

  protected async retire(office: OfficeDto): Promise<void> {
    const sure = await this.confirm.ask({
      title: this.transloco.translate('regions.retireOf', { name: office.name }),
      message: this.transloco.translate('regions.retireText'),
      affected: [office.name],
      confirmLabel: this.transloco.translate('regions.retire'),
      danger: true,
    });
    if (!sure) {
      return;
    }
    try {
      await this.api.invoke(retireOffice, {
        id: office.id,
        body: { concurrencyStamp: office.concurrencyStamp },
      });
    } catch (error) {
      this.toast.failure(error);
    }
    await this.load();
  }

  private inService(): readonly OfficeDto[] {
    return this.offices()?.filter((office) => !office.isRetired) ?? [];
  }
}
