import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { ControlValueAccessor, NgControl } from '@angular/forms';
import { FieldGroup } from './form';

export interface CheckOption {
  readonly value: string;
  readonly label: string;
}

/**
 * Options of which any number may be chosen, inside `ui-field-group`; the value is the list of theirs, in their order,
 * whatever the order they were chosen in.
 */
@Component({
  selector: 'ui-check-list',
  template: `
    @for (option of options(); track option.value) {
      <label class="check">
        <input
          type="checkbox"
          [checked]="chosen().has(option.value)"
          [disabled]="disabled()"
          [attr.aria-invalid]="group?.error() ? 'true' : null"
          (change)="toggle(option.value)"
          (blur)="touched()"
        />
        {{ option.label }}
      </label>
    }
  `,
  styles: `
    .check {
      margin-bottom: 4px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CheckList implements ControlValueAccessor {
  protected readonly group = inject(FieldGroup, { optional: true });

  readonly options = input.required<readonly CheckOption[]>();

  protected readonly chosen = signal<ReadonlySet<string>>(new Set());
  protected readonly disabled = signal(false);
  private changed: (value: readonly string[]) => void = () => undefined;
  protected touched: () => void = () => undefined;

  constructor() {
    const control = inject(NgControl, { optional: true, self: true });
    if (control) {
      control.valueAccessor = this;
    }
  }

  /** A single text counts as a list of one: a draft may have been kept while only one could be chosen. */
  writeValue(value: readonly string[] | string | null): void {
    this.chosen.set(new Set(typeof value === 'string' ? [value] : value));
  }

  registerOnChange(changed: (value: readonly string[]) => void): void {
    this.changed = changed;
  }

  registerOnTouched(touched: () => void): void {
    this.touched = touched;
  }

  setDisabledState(disabled: boolean): void {
    this.disabled.set(disabled);
  }

  protected toggle(value: string): void {
    const chosen = new Set(this.chosen());
    if (!chosen.delete(value)) {
      chosen.add(value);
    }
    this.chosen.set(chosen);
    this.changed(
      this.options()
        .map((option) => option.value)
        .filter((option) => chosen.has(option)),
    );
  }
}
