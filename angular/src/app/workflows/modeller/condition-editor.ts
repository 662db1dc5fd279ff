import { ChangeDetectionStrategy, Component, computed, input, linkedSignal, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Field, UiInput } from '@ui';
import { FormOption } from '../models';
import {
  COMPARISONS,
  Comparison,
  LIST_COMPARISONS,
  readSimpleCondition,
  writeSimpleCondition,
} from './conditions';

export interface ConditionVariable {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly options: readonly FormOption[];
}

/** When a flow is taken: one comparison by choosing, anything else as an expression. */
@Component({
  selector: 'app-condition-editor',
  imports: [Field, TranslocoDirective, UiInput],
  template: `
    <ng-container *transloco="let t">
      <label class="check">
        <input type="checkbox" [checked]="asText()" (change)="asText.set(!asText())" />
        {{ t('workflows.condition.asText') }}
      </label>
      @if (asText()) {
        <ui-field [label]="t('workflows.condition.expression')" [help]="t('workflows.condition.help')">
          <textarea
            uiInput
            rows="2"
            [value]="condition()"
            (change)="changed.emit($any($event.target).value.trim())"
          ></textarea>
        </ui-field>
      } @else {
        <ui-field [label]="t('workflows.condition.variable')">
          <select uiInput (change)="variable($any($event.target).value)">
            <option value="" [selected]="!simple()">{{ t('workflows.condition.none') }}</option>
            @for (entry of variables(); track entry.name) {
              <option [value]="entry.name" [selected]="entry.name === simple()?.variable">
                {{ entry.label || entry.name }}
              </option>
            }
          </select>
        </ui-field>
        @if (simple(); as current) {
          <ui-field [label]="t('workflows.condition.comparison')">
            <select uiInput (change)="comparison($any($event.target).value)">
              @for (entry of comparisons(); track entry) {
                <option [value]="entry" [selected]="entry === current.comparison">
                  {{ t('workflows.condition.comparisons.' + names[entry]) }}
                </option>
              }
            </select>
          </ui-field>
          <ui-field [label]="t('workflows.condition.value')">
            @if (options().length > 0) {
              <select uiInput (change)="value($any($event.target).value)">
                @for (option of options(); track option.value) {
                  <option [value]="option.value" [selected]="option.value === current.value">
                    {{ option.label }}
                  </option>
                }
              </select>
            } @else {
              <input uiInput [value]="current.value" (change)="value($any($event.target).value.trim())" />
            }
          </ui-field>
        }
      }
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ConditionEditor {
  readonly condition = input.required<string>();
  readonly variables = input<readonly ConditionVariable[]>([]);
  readonly changed = output<string>();

  /** A list never equals one value; a model that says so all the same is shown as it stands. */
  protected readonly comparisons = computed<readonly Comparison[]>(() => {
    const current = this.simple()?.comparison;
    const fitting = this.chosen()?.type === 'List' ? LIST_COMPARISONS : COMPARISONS;
    return !current || fitting.includes(current) ? fitting : [...fitting, current];
  });
  protected readonly names: Readonly<Record<Comparison, string>> = {
    '=': 'equal',
    '!=': 'different',
    '>': 'more',
    '>=': 'atLeast',
    '<': 'less',
    '<=': 'atMost',
    has: 'has',
    lacks: 'lacks',
  };
  protected readonly simple = computed(() => readSimpleCondition(this.condition()));
  protected readonly asText = linkedSignal(
    () =>
      this.condition() !== '' &&
      !this.variables().some((variable) => variable.name === this.simple()?.variable),
  );
  private readonly chosen = computed(() =>
    this.variables().find((variable) => variable.name === this.simple()?.variable),
  );
  protected readonly options = computed<readonly FormOption[]>(() => {
    const chosen = this.chosen();
    if (chosen?.type === 'Boolean') {
      return [
        { value: 'true', label: 'true' },
        { value: 'false', label: 'false' },
      ];
    }
    const value = this.simple()?.value ?? '';
    const options = chosen?.options ?? [];
    return options.length === 0 || options.some((option) => option.value === value)
      ? options
      : [...options, { value, label: value }];
  });

  protected variable(name: string): void {
    const found = this.variables().find((variable) => variable.name === name);
    if (!found) {
      this.changed.emit('');
      return;
    }
    const value =
      found.options[0]?.value ?? (found.type === 'Number' ? '0' : found.type === 'Boolean' ? 'true' : '');
    const comparison = found.type === 'List' ? 'has' : '=';
    this.changed.emit(writeSimpleCondition({ variable: name, comparison, value }, found.type));
  }

  protected comparison(comparison: Comparison): void {
    const current = this.simple();
    if (current) {
      this.changed.emit(writeSimpleCondition({ ...current, comparison }, this.chosen()?.type ?? 'Text'));
    }
  }

  protected value(value: string): void {
    const current = this.simple();
    if (current) {
      this.changed.emit(writeSimpleCondition({ ...current, value }, this.chosen()?.type ?? 'Text'));
    }
  }
}
