import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { VARIABLE_TYPES } from '../models';
import { VariableSettings } from './settings';

/** The variables that conditions, forms and rules may name. */
@Component({
  selector: 'app-variables-editor',
  imports: [TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <div class="scroll" tabindex="0" role="region" [attr.aria-label]="t('workflows.variables.title')">
        <table>
          <caption class="visually-hidden">
            {{
              t('workflows.variables.title')
            }}
          </caption>
          <thead>
            <tr>
              <th scope="col">{{ t('workflows.variables.label') }}</th>
              <th scope="col">{{ t('workflows.variables.name') }}</th>
              <th scope="col">{{ t('workflows.variables.type') }}</th>
              <th scope="col">
                <span class="visually-hidden">{{ t('workflows.remove') }}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            @for (variable of variables(); track $index; let at = $index) {
              <tr>
                <td>
                  <input
                    class="control"
                    [attr.aria-label]="nameOf(at, t('workflows.variables.label'))"
                    [value]="variable.label"
                    (change)="change(at, { label: $any($event.target).value.trim() })"
                  />
                </td>
                <td>
                  <input
                    class="control"
                    [attr.aria-label]="nameOf(at, t('workflows.variables.name'))"
                    [attr.aria-invalid]="isName(variable.name) ? null : 'true'"
                    [value]="variable.name"
                    (change)="change(at, { name: $any($event.target).value.trim() })"
                  />
                </td>
                <td>
                  <select
                    class="control"
                    [attr.aria-label]="nameOf(at, t('workflows.variables.type'))"
                    (change)="change(at, { type: $any($event.target).value })"
                  >
                    @for (type of types; track type) {
                      <option [value]="type" [selected]="type === variable.type">
                        {{ t('workflows.variables.types.' + type) }}
                      </option>
                    }
                  </select>
                </td>
                <td>
                  <button type="button" class="button small" (click)="remove(at)">
                    {{ t('workflows.remove') }}
                    <span class="visually-hidden">{{ variable.label || variable.name }}</span>
                  </button>
                </td>
              </tr>
            } @empty {
              <tr>
                <td colspan="4" class="quiet">{{ t('workflows.variables.none') }}</td>
              </tr>
            }
          </tbody>
        </table>
      </div>
      <button type="button" class="button small" (click)="add()">{{ t('workflows.variables.add') }}</button>
    </ng-container>
  `,
  styles: `
    .scroll {
      margin-bottom: 8px;
      overflow-x: auto;
    }

    table {
      width: 100%;
      border-collapse: collapse;
    }

    th,
    td {
      padding: 2px;
      text-align: left;
    }

    .control {
      min-width: 5rem;
      padding: 2px 6px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class VariablesEditor {
  private readonly transloco = inject(TranslocoService);
  readonly variables = input.required<readonly VariableSettings[]>();
  readonly changed = output<readonly VariableSettings[]>();
  protected readonly types = VARIABLE_TYPES;

  /** Which variable's field it is: in the form mode of a screen reader the column alone does not tell. */
  protected nameOf(at: number, field: string): string {
    return this.transloco.translate('workflows.variables.fieldOf', { number: at + 1, field });
  }

  protected isName(name: string): boolean {
    return /^[A-Za-z]\w*$/.test(name);
  }

  protected change(at: number, part: Partial<VariableSettings>): void {
    this.changed.emit(this.variables().map((entry, index) => (index === at ? { ...entry, ...part } : entry)));
  }

  protected add(): void {
    let number = this.variables().length + 1;
    while (this.variables().some((variable) => variable.name === `variable${number}`)) {
      number++;
    }
    this.changed.emit([...this.variables(), { name: `variable${number}`, type: 'Text', label: '' }]);
  }

  protected remove(at: number): void {
    this.changed.emit(this.variables().filter((_, index) => index !== at));
  }
}
