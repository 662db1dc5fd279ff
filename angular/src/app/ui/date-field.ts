import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { ControlValueAccessor, NgControl } from '@angular/forms';
import { MatDatepickerModule } from '@angular/material/datepicker';
import { DateAdapter, MAT_DATE_FORMATS, MatDateFormats } from '@angular/material/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { formatDate } from '@core';
import { Field } from './form';

const FORMATS: MatDateFormats = {
  parse: { dateInput: ['yyyy-MM-dd', 'yyyy-M-d', 'yyyy/M/d', 'yyyyMMdd', 'yyyy年M月d日'] },
  display: {
    dateInput: 'yyyy-MM-dd',
    monthYearLabel: 'yyyy-MM',
    dateA11yLabel: 'PPP',
    monthYearA11yLabel: 'LLLL yyyy',
  },
};

/**
 * A date typed or picked, inside `ui-field`; its value is the text `2023-09-30` or null, never an instant,
 * so that no time zone can move it to another day.
 */
@Component({
  selector: 'ui-date-input',
  imports: [MatDatepickerModule, TranslocoDirective],
  providers: [{ provide: MAT_DATE_FORMATS, useValue: FORMATS }],
  template: `
    <span *transloco="let t" class="date">
      <input
        class="control"
        placeholder="2023-09-30"
        autocomplete="off"
        [id]="field?.id ?? ''"
        [attr.aria-describedby]="field?.describedBy() ?? null"
        [attr.aria-invalid]="field?.error() ? 'true' : null"
        [attr.aria-label]="field ? null : label()"
        [matDatepicker]="picker"
        [value]="date()"
        [min]="minDate()"
        [max]="maxDate()"
        [disabled]="disabled()"
        (dateChange)="pick($event.value, $any($event.targetElement).value)"
        (blur)="touched()"
      />
      <button
        type="button"
        class="button"
        [disabled]="disabled()"
        [attr.aria-label]="t('ui.date.open', { label: field?.label() ?? label() })"
        (click)="picker.open()"
      >
        <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M3 5h14v12H3z M3 9h14 M7 3v4 M13 3v4" /></svg>
      </button>
      <mat-datepicker #picker />
    </span>
  `,
  styles: `
    .date {
      display: flex;
      gap: 4px;
      max-width: 14rem;
    }

    .button {
      padding: 0 8px;
    }

    svg {
      width: 1.125rem;
      height: 1.125rem;
      fill: none;
      stroke: currentcolor;
      stroke-width: 1.5;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DateInput implements ControlValueAccessor {
  private readonly adapter = inject<DateAdapter<Date>>(DateAdapter);
  private readonly control = inject(NgControl, { optional: true, self: true });
  protected readonly field = inject(Field, { optional: true });

  /** Only where no `ui-field` surrounds it. */
  readonly label = input('');
  readonly min = input<string | null>(null);
  readonly max = input<string | null>(null);

  protected readonly date = signal<Date | null>(null);
  protected readonly disabled = signal(false);
  protected readonly minDate = computed(() => this.parse(this.min()));
  protected readonly maxDate = computed(() => this.parse(this.max()));
  private changed: (value: string | null) => void = () => undefined;
  protected touched: () => void = () => undefined;

  constructor() {
    if (this.control) {
      this.control.valueAccessor = this;
    }
  }

  writeValue(value: string | null): void {
    this.date.set(this.parse(value));
  }

  registerOnChange(changed: (value: string | null) => void): void {
    this.changed = changed;
  }

  registerOnTouched(touched: () => void): void {
    this.touched = touched;
  }

  setDisabledState(disabled: boolean): void {
    this.disabled.set(disabled);
  }

  protected pick(date: Date | null, typed: string): void {
    const understood = date && this.adapter.isValid(date) ? date : null;
    this.date.set(understood);
    this.changed(understood ? this.write(understood) : null);
    if (!understood && typed.trim() !== '') {
      // What cannot be read must not pass as “left blank”.
      this.control?.control?.setErrors({ matDatepickerParse: { text: typed } });
    }
  }

  private parse(value: string | null): Date | null {
    const [year, month, day] = value?.split('-').map(Number) ?? [];
    return year && month && day ? this.adapter.createDate(year, month - 1, day) : null;
  }

  private write(date: Date): string {
    const two = (value: number) => String(value).padStart(2, '0');
    return formatDate(
      `${this.adapter.getYear(date)}-${two(this.adapter.getMonth(date) + 1)}-${two(this.adapter.getDate(date))}`,
    );
  }
}
