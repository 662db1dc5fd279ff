import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { ReactiveFormsModule } from '@angular/forms';
import { TranslocoDirective } from '@jsverse/transloco';
import { TaskFieldDto } from '@api/models';
import { CheckList, DateInput, Field, FieldGroup, UiInput } from '@ui';
import { TaskForm } from './task-form';

/** The fields of a task's form, inside a `uiForm`. */
@Component({
  selector: 'app-task-fields',
  imports: [CheckList, DateInput, Field, FieldGroup, ReactiveFormsModule, TranslocoDirective, UiInput],
  template: `
    <ng-container *transloco="let t">
      @for (field of fields(); track field.name) {
        @if (form().controls[field.name]; as control) {
          @if (field.kind === 'Boolean') {
            <label class="check">
              <input type="checkbox" [formControl]="$any(control)" />
              {{ field.label }}
            </label>
          } @else if (field.kind === 'Choices') {
            <ui-field-group [label]="field.label" [control]="control" [optional]="!field.isRequired">
              <ui-check-list [options]="field.options" [formControl]="$any(control)" />
            </ui-field-group>
          } @else if (field.kind === 'Choice' && field.options.length <= 5) {
            <ui-field-group radios [label]="field.label" [control]="control" [optional]="!field.isRequired">
              @for (option of field.options; track option.value) {
                <label class="check">
                  <input
                    type="radio"
                    [name]="prefix + field.name"
                    [attr.name]="prefix + field.name"
                    [value]="option.value"
                    [formControl]="$any(control)"
                  />
                  {{ option.label }}
                </label>
              }
              @if (!field.isRequired) {
                <!-- A radio cannot be taken back by itself. -->
                <label class="check">
                  <input
                    type="radio"
                    [name]="prefix + field.name"
                    [attr.name]="prefix + field.name"
                    [value]="null"
                    [formControl]="$any(control)"
                  />
                  {{ t('workflows.form.none') }}
                </label>
              }
            </ui-field-group>
          } @else {
            <ui-field [label]="field.label" [control]="control" [optional]="!field.isRequired">
              @switch (field.kind) {
                @case ('LongText') {
                  <textarea uiInput rows="4" [formControl]="$any(control)"></textarea>
                }
                @case ('Number') {
                  <input uiInput type="number" step="any" [formControl]="$any(control)" />
                }
                @case ('Date') {
                  <ui-date-input [formControl]="$any(control)" />
                }
                @case ('Choice') {
                  <select uiInput [formControl]="$any(control)">
                    <option [ngValue]="null">{{ t('workflows.form.choose') }}</option>
                    @for (option of field.options; track option.value) {
                      <option [ngValue]="option.value">{{ option.label }}</option>
                    }
                  </select>
                }
                @default {
                  <input uiInput [formControl]="$any(control)" />
                }
              }
            </ui-field>
          }
        }
      }
    </ng-container>
  `,
  styles: `
    .check {
      margin-bottom: 4px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TaskFields {
  private static next = 0;

  readonly fields = input.required<readonly TaskFieldDto[]>();
  readonly form = input.required<TaskForm>();
  /** Radio groups of two forms on one page must not be one group. */
  protected readonly prefix = `task-fields-${++TaskFields.next}-`;
}
