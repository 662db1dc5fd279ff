import { ChangeDetectionStrategy, Component, input, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Field, UiInput } from '@ui';
import { FormOption } from '../models';
import { FIELD_KINDS, FieldSettings, FormSettings, takesOptions } from './settings';

/** The fields that a step asks for, in order; moved with buttons, so that no mouse is needed. */
@Component({
  selector: 'app-form-editor',
  imports: [Field, TranslocoDirective, UiInput],
  template: `
    <ng-container *transloco="let t">
      <ol>
        @for (field of form().fields; track $index; let at = $index, first = $first, last = $last) {
          <li>
            <details [open]="open() === at">
              <summary>
                {{ field.label || field.name }}
                <span class="quiet">{{ t('workflows.fields.kinds.' + field.kind) }}</span>
              </summary>
              <ui-field [label]="t('workflows.fields.label')">
                <input
                  uiInput
                  [value]="field.label"
                  (change)="change(at, { label: $any($event.target).value.trim() })"
                />
              </ui-field>
              <ui-field [label]="t('workflows.fields.name')" [help]="t('workflows.fields.nameHelp')">
                <input
                  uiInput
                  pattern="[A-Za-z][A-Za-z0-9_]*"
                  [value]="field.name"
                  [attr.aria-invalid]="isName(field.name) ? null : 'true'"
                  (change)="change(at, { name: $any($event.target).value.trim() })"
                />
              </ui-field>
              <ui-field [label]="t('workflows.fields.kind')">
                <select uiInput (change)="change(at, { kind: $any($event.target).value })">
                  @for (kind of kinds; track kind) {
                    <option [value]="kind" [selected]="kind === field.kind">
                      {{ t('workflows.fields.kinds.' + kind) }}
                    </option>
                  }
                </select>
              </ui-field>
              <label class="check">
                <input
                  type="checkbox"
                  [checked]="field.required"
                  (change)="change(at, { required: !field.required })"
                />
                {{ t('workflows.fields.required') }}
              </label>
              @if (takesOptions(field.kind)) {
                <ui-field [label]="t('workflows.fields.options')" [help]="t('workflows.fields.optionsHelp')">
                  <textarea
                    uiInput
                    rows="3"
                    [value]="optionText(field)"
                    (change)="change(at, { options: readOptions($any($event.target).value) })"
                  ></textarea>
                </ui-field>
              }
              <div class="button-row">
                <button type="button" class="button small" [disabled]="first" (click)="move(at, -1)">
                  {{ t('workflows.up') }}
                </button>
                <button type="button" class="button small" [disabled]="last" (click)="move(at, 1)">
                  {{ t('workflows.down') }}
                </button>
                <button type="button" class="button small danger" (click)="remove(at)">
                  {{ t('workflows.remove') }}
                  <span class="visually-hidden">{{ field.label }}</span>
                </button>
              </div>
            </details>
          </li>
        } @empty {
          <li class="quiet">{{ t('workflows.fields.none') }}</li>
        }
      </ol>
      <button type="button" class="button small" (click)="add(t('workflows.fields.newLabel'))">
        {{ t('workflows.fields.add') }}
      </button>
      <label class="check">
        <input type="checkbox" [checked]="form().batch" (change)="emit({ batch: !form().batch })" />
        {{ t('workflows.fields.batch') }}
      </label>
    </ng-container>
  `,
  styles: `
    ol {
      margin-bottom: 8px;
      padding: 0;
      list-style: none;
    }

    li {
      margin-bottom: 4px;
    }

    details {
      padding: 4px 8px;
      border: 1px solid var(--line);
      border-radius: var(--radius);
    }

    summary {
      min-height: 1.75rem;
      cursor: pointer;
    }

    details[open] summary {
      margin-bottom: 8px;
      font-weight: 600;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FormEditor {
  readonly form = input.required<FormSettings>();
  readonly changed = output<FormSettings>();

  protected readonly kinds = FIELD_KINDS;
  protected readonly takesOptions = takesOptions;
  protected readonly open = signal(-1);

  protected isName(name: string): boolean {
    return /^[A-Za-z]\w*$/.test(name);
  }

  /** One option a line: `accept=通过`. */
  protected optionText(field: FieldSettings): string {
    return field.options.map((option) => `${option.value}=${option.label}`).join('\n');
  }

  protected readOptions(text: string): FormOption[] {
    return readOptions(text);
  }

  protected change(at: number, part: Partial<FieldSettings>): void {
    this.open.set(at);
    this.emit({
      fields: this.form().fields.map((field, index) => (index === at ? { ...field, ...part } : field)),
    });
  }

  protected add(label: string): void {
    const { fields } = this.form();
    let number = fields.length + 1;
    while (fields.some((field) => field.name === `field${number}`)) {
      number++;
    }
    this.open.set(fields.length);
    this.emit({
      fields: [...fields, { name: `field${number}`, label, kind: 'Text', required: false, options: [] }],
    });
  }

  protected remove(at: number): void {
    this.open.set(-1);
    this.emit({ fields: this.form().fields.filter((_, index) => index !== at) });
  }

  protected move(at: number, by: number): void {
    const fields = [...this.form().fields];
    const [field] = fields.splice(at, 1);
    if (field) {
      fields.splice(at + by, 0, field);
      this.open.set(at + by);
      this.emit({ fields });
    }
  }

  protected emit(part: Partial<FormSettings>): void {
    this.changed.emit({ ...this.form(), ...part });
  }
}

/** One option a line, value and label around an equals sign (also a Chinese one); without it both are the same. */
export function readOptions(text: string): FormOption[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const at = line.search(/[=＝]/);
      const value = (at < 0 ? line : line.slice(0, at)).trim();
      return { value, label: (at < 0 ? line : line.slice(at + 1)).trim() || value };
    });
}
