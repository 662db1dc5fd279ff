import { FormControl, FormGroup, ValidatorFn, Validators } from '@angular/forms';
import { TaskFieldDto } from '@api/models';
import { FieldValue, FieldValues } from './models';

export type TaskForm = FormGroup<Record<string, FormControl<FieldValue>>>;

/** The controls of a task's form; what was answered before stands in them. */
export function taskForm(fields: readonly TaskFieldDto[], values: FieldValues): TaskForm {
  return new FormGroup(
    Object.fromEntries(
      fields.map((field) => [
        field.name,
        new FormControl<FieldValue>(values[field.name] ?? (field.kind === 'Boolean' ? false : null), {
          validators: validatorsOf(field),
        }),
      ]),
    ),
  );
}

function validatorsOf(field: TaskFieldDto): ValidatorFn[] {
  const validators: ValidatorFn[] = [];
  // A check that is left blank answers “no”; that is an answer.
  if (field.isRequired && field.kind !== 'Boolean') {
    validators.push(Validators.required);
  }
  if (field.kind === 'Text') {
    validators.push(Validators.maxLength(400));
  } else if (field.kind === 'LongText') {
    validators.push(Validators.maxLength(4000));
  }
  return validators;
}

/** The answers as the server takes them: numbers as numbers, blanks as null. */
export function answersOf(form: TaskForm, fields: readonly TaskFieldDto[]): FieldValues {
  return Object.fromEntries(
    fields.map((field) => {
      const value = form.controls[field.name]?.value ?? null;
      if (field.kind === 'Boolean') {
        return [field.name, value === true];
      }
      if (value === null || value === '') {
        return [field.name, null];
      }
      return [field.name, field.kind === 'Number' ? Number(value) : value];
    }),
  );
}
