import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { CatalogueDto } from '@api/models';
import { Field, UiInput } from '@ui';
import { PersonOption } from '../models';
import { PeoplePicker } from '../people-picker';
import { WorkflowsApi } from '../workflows-api';
import { ASSIGNEE_KINDS, AssigneeKind, AssigneeRule, REGION_ROLES } from './settings';

const EMPTY: AssigneeRule = { kind: 'Role', value: '', region: 'Subject', notWhoDid: [] };

/** Who does a step: a role at a region, an office, a person, whoever did another step, or an expression. */
@Component({
  selector: 'app-assignee-editor',
  imports: [Field, PeoplePicker, TranslocoDirective, UiInput],
  template: `
    <ng-container *transloco="let t">
      <ui-field [label]="t('workflows.assignee.kind')">
        <select uiInput (change)="kind($any($event.target).value)">
          <option value="" [selected]="!rule()">{{ t('workflows.assignee.none') }}</option>
          @for (entry of kinds; track entry) {
            <option [value]="entry" [selected]="rule()?.kind === entry">
              {{ t('workflows.assignee.kinds.' + entry) }}
            </option>
          }
        </select>
      </ui-field>
      @if (rule(); as current) {
        @switch (current.kind) {
          @case ('Role') {
            <ui-field [label]="t('workflows.assignee.role')">
              <select uiInput (change)="value($any($event.target).value)">
                <option value="" [selected]="!current.value">{{ t('workflows.form.choose') }}</option>
                @for (role of roles(); track role.name) {
                  <option [value]="role.name" [selected]="role.name === current.value">
                    {{ role.label }}
                  </option>
                }
              </select>
            </ui-field>
            <ui-field [label]="t('workflows.assignee.region')">
              <select uiInput (change)="change({ region: $any($event.target).value })">
                @for (entry of regions; track entry) {
                  <option [value]="entry" [selected]="entry === current.region">
                    {{ t('workflows.region.' + entry) }}
                  </option>
                }
              </select>
            </ui-field>
          }
          @case ('Office') {
            <ui-field [label]="t('workflows.assignee.office')">
              <select uiInput (change)="value($any($event.target).value)">
                <option value="" [selected]="!current.value">{{ t('workflows.form.choose') }}</option>
                @for (office of offices(); track office.name) {
                  <option [value]="office.name" [selected]="office.name === current.value">
                    {{ office.label }}
                  </option>
                }
              </select>
            </ui-field>
          }
          @case ('Person') {
            <app-people-picker
              [label]="t('workflows.assignee.person')"
              [source]="findPeople"
              [chosen]="person()"
              (chosenChange)="takePerson($event)"
            />
          }
          @case ('SameAs') {
            <ui-field [label]="t('workflows.assignee.sameAs')">
              <select uiInput (change)="value($any($event.target).value)">
                <option value="" [selected]="!current.value">{{ t('workflows.form.choose') }}</option>
                @for (step of steps(); track step.id) {
                  <option [value]="step.id" [selected]="step.id === current.value">{{ step.name }}</option>
                }
              </select>
            </ui-field>
          }
          @case ('Expression') {
            <ui-field
              [label]="t('workflows.assignee.expression')"
              [help]="t('workflows.assignee.expressionHelp')"
            >
              <input uiInput [value]="current.value" (change)="value($any($event.target).value.trim())" />
            </ui-field>
          }
        }
        @if (steps().length > 0) {
          <fieldset>
            <legend>{{ t('workflows.assignee.notWhoDid') }}</legend>
            @for (step of steps(); track step.id) {
              <label class="check">
                <input
                  type="checkbox"
                  [checked]="current.notWhoDid.includes(step.id)"
                  (change)="exclude(step.id)"
                />
                {{ step.name }}
              </label>
            }
          </fieldset>
        }
      }
    </ng-container>
  `,
  styles: `
    fieldset {
      margin: 0 0 16px;
      padding: 0;
      border: 0;
    }

    legend {
      font-weight: 600;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AssigneeEditor {
  private readonly api = inject(WorkflowsApi);
  readonly rule = input<AssigneeRule | null>(null);
  readonly catalogue = input<CatalogueDto | null>(null);
  /** Other user tasks: who did them may be meant or excluded. */
  readonly steps = input<readonly { readonly id: string; readonly name: string }[]>([]);
  readonly changed = output<AssigneeRule | null>();

  protected readonly kinds = ASSIGNEE_KINDS;
  protected readonly findPeople = (search: string) => this.api.peopleOfRegion(search);
  protected readonly regions = REGION_ROLES;
  protected readonly person = signal<readonly PersonOption[]>([]);
  /** What stands in the model is offered even where this region's catalogue does not know it. */
  protected readonly roles = computed(() => this.withCurrent(this.catalogue()?.roles ?? []));
  protected readonly offices = computed(() => this.withCurrent(this.catalogue()?.offices ?? []));

  constructor() {
    effect(() => {
      const rule = this.rule();
      const id = rule?.kind === 'Person' ? rule.value : '';
      if (id === (untracked(this.person)[0]?.id ?? '')) {
        return;
      }
      this.person.set([]);
      if (id) {
        this.api.person(id).subscribe({
          next: (found) => {
            this.person.set([found]);
          },
          error: () => {
            // The person may have left: the id alone is shown rather than nothing.
            this.person.set([{ id, name: id }]);
          },
        });
      }
    });
  }

  protected kind(kind: AssigneeKind | ''): void {
    this.changed.emit(
      kind
        ? {
            ...(this.rule() ?? EMPTY),
            kind,
            value: kind === this.rule()?.kind ? (this.rule()?.value ?? '') : '',
          }
        : null,
    );
  }

  protected value(value: string): void {
    this.change({ value });
  }

  protected change(part: Partial<AssigneeRule>): void {
    this.changed.emit({ ...(this.rule() ?? EMPTY), ...part });
  }

  protected takePerson(people: readonly PersonOption[]): void {
    this.person.set(people);
    this.value(people[0]?.id ?? '');
  }

  protected exclude(step: string): void {
    const present = this.rule()?.notWhoDid ?? [];
    this.change({
      notWhoDid: present.includes(step) ? present.filter((other) => other !== step) : [...present, step],
    });
  }

  private withCurrent(entries: readonly { readonly name: string; readonly label: string }[]) {
    const value = this.rule()?.value ?? '';
    return !value || entries.some((entry) => entry.name === value)
      ? entries
      : [...entries, { name: value, label: value }];
  }
}
