import { ChangeDetectionStrategy, Component, computed, input, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { DURATION_UNITS, DurationUnit, readDuration, writeDuration } from './durations';
import { Field, UiInput } from '@ui';

/** How a time is given. `text`: ISO 8601 beyond the simple forms. */
type TimeMode = 'none' | 'duration' | 'date' | 'variable' | 'text';

export interface TimeValue {
  readonly text: string;
  readonly working: boolean;
}

/** A due date or a timer's time: so many working days, a day, or a variable of the flow. */
@Component({
  selector: 'app-time-editor',
  imports: [Field, TranslocoDirective, UiInput],
  template: `
    <ng-container *transloco="let t">
      <ui-field [label]="label()">
        <select uiInput [value]="mode()" (change)="choose($any($event.target).value)">
          @for (entry of modes(); track entry) {
            <option [value]="entry" [selected]="entry === mode()">
              {{ t('workflows.time.mode.' + entry) }}
            </option>
          }
        </select>
      </ui-field>
      @switch (mode()) {
        @case ('duration') {
          <div class="pair">
            <ui-field [label]="t('workflows.time.amount')">
              <input
                uiInput
                type="number"
                min="1"
                max="999"
                [value]="simple().amount"
                (change)="amount($any($event.target).value)"
              />
            </ui-field>
            <ui-field [label]="t('workflows.time.unit')">
              <select uiInput (change)="unit($any($event.target).value)">
                @for (entry of units; track entry) {
                  <option [value]="entry" [selected]="entry === simple().unit">
                    {{ t('workflows.time.units.' + entry) }}
                  </option>
                }
              </select>
            </ui-field>
          </div>
        }
        @case ('date') {
          <ui-field [label]="t('workflows.time.date')">
            <input
              uiInput
              type="date"
              [value]="value()?.text ?? ''"
              (change)="text($any($event.target).value)"
            />
          </ui-field>
        }
        @case ('variable') {
          <ui-field [label]="t('workflows.time.variable')" [help]="t('workflows.time.variableHelp')">
            <input
              uiInput
              [value]="expression()"
              [attr.list]="id"
              (change)="text('=' + $any($event.target).value.trim())"
            />
          </ui-field>
          <datalist [id]="id">
            @for (name of variables(); track name) {
              <option [value]="name"></option>
            }
          </datalist>
        }
        @case ('text') {
          <ui-field [label]="t('workflows.time.text')" [help]="t('workflows.time.textHelp')">
            <input uiInput [value]="value()?.text ?? ''" (change)="text($any($event.target).value.trim())" />
          </ui-field>
          <label class="check">
            <input type="checkbox" [checked]="value()?.working" (change)="toggleWorking()" />
            {{ t('workflows.time.working') }}
          </label>
        }
      }
    </ng-container>
  `,
  styles: `
    .pair {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 8px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TimeEditor {
  private static next = 0;

  /** Already translated. */
  readonly label = input.required<string>();
  /** Null: no time at all. */
  readonly value = input<TimeValue | null>(null);
  readonly variables = input<readonly string[]>([]);
  /** Whether there may be no time. */
  readonly optional = input(false);
  readonly allowed = input<readonly TimeMode[]>(['duration', 'date', 'variable', 'text']);
  readonly changed = output<TimeValue | null>();

  protected readonly id = `time-variables-${++TimeEditor.next}`;
  protected readonly units = DURATION_UNITS;
  /** A way that was chosen and has no value yet. */
  private readonly begun = signal<TimeMode | null>(null);
  protected readonly modes = computed<readonly TimeMode[]>(() => [
    ...(this.optional() ? (['none'] as const) : []),
    ...this.allowed(),
  ]);
  protected readonly mode = computed<TimeMode>(() => this.begun() ?? this.modeOf(this.value()));
  protected readonly simple = computed(() => {
    const value = this.value();
    return (
      readDuration(value?.text ?? '', value?.working ?? false) ?? { amount: 5, unit: 'workingDays' as const }
    );
  });
  protected readonly expression = computed(() => (this.value()?.text ?? '').replace(/^=\s*/, ''));

  protected choose(mode: TimeMode): void {
    this.begun.set(null);
    if (mode === 'none') {
      this.changed.emit(null);
    } else if (mode === 'duration') {
      this.changed.emit(writeDuration(this.simple()));
    } else if (mode === 'variable') {
      this.changed.emit({ text: `=${this.variables()[0] ?? ''}`, working: false });
    } else {
      // A date or a text is not known before it is typed.
      this.begun.set(mode);
    }
  }

  protected amount(text: string): void {
    this.changed.emit(writeDuration({ ...this.simple(), amount: Number(text) || 1 }));
  }

  protected unit(unit: DurationUnit): void {
    this.changed.emit(writeDuration({ ...this.simple(), unit }));
  }

  protected text(text: string): void {
    this.begun.set(null);
    this.changed.emit({ text, working: this.mode() === 'text' && (this.value()?.working ?? false) });
  }

  protected toggleWorking(): void {
    const value = this.value();
    if (value) {
      this.changed.emit({ ...value, working: !value.working });
    }
  }

  private modeOf(value: TimeValue | null): TimeMode {
    if (!value || value.text === '') {
      return this.optional() ? 'none' : (this.allowed()[0] ?? 'text');
    }
    if (value.text.startsWith('=')) {
      return 'variable';
    }
    if (/^\d{4}-\d{2}-\d{2}$/.test(value.text)) {
      return 'date';
    }
    return readDuration(value.text, value.working) && this.allowed().includes('duration')
      ? 'duration'
      : 'text';
  }
}
