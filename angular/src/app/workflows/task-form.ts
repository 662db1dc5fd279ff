import { FormControl, FormGroup, ValidatorFn, Validators } from '@angular/forms';
import { TaskFieldDto } from '@api/models';
import { FieldValue, FieldValues, FormOption } from './models';

export type TaskForm = FormGroup<Record<string, FormControl<FieldValue>>>;

/** The controls of a task's form; what was answered before stands in them. */
export function taskForm(fields: readonly TaskFieldDto[], values: FieldValues): TaskForm {
  return new FormGroup(
    Object.fromEntries(
      fields.map((field) => [
        field.name,
        new FormControl<FieldValue>(startOf(field, values[field.name] ?? null), {
          validators: validatorsOf(field),
        }),
      ]),
    ),
  );
}

function startOf(field: TaskFieldDto, value: FieldValue): FieldValue {
  switch (field.kind) {
    case 'Boolean':
      return value ?? false;
    case 'Choices':
      return chosenOf(field, value).map((option) => option.value);
    default:
      return value;
  }
}

/** What was chosen, in the order of the options; a single text counts, as where only one could be chosen. */
export function chosenOf(field: TaskFieldDto, value: FieldValue): FormOption[] {
  return field.options.filter((option) =>
    Array.isArray(value) ? value.includes(option.value) : value === option.value,
  );
}

function validatorsOf(field: TaskFieldDto): ValidatorFn[] {
  const validators: ValidatorFn[] = [];
  // A check that is left blank answers “no”; that is an answer.
  if (field.isRequired && field.kind !== 'Boolean') {
    validators.push(Validators.required);
  }
  if (field.kind === 'Text') {
    validators.push(Validators.maxLength(200));
  } else if (field.kind === 'LongText') {
    validators.push(Validators.maxLength(4000));
  }
  return validators;
}

/** The answers as the server takes them: numbers as numbers, several options as a list, other blanks as null. */
export function answersOf(form: TaskForm, fields: readonly TaskFieldDto[]): FieldValues {
  return Object.fromEntries(
    fields.map((field) => {
      const value = form.controls[field.name]?.value ?? null;
      if (field.kind === 'Boolean') {
        return [field.name, value === true];
      }
      if (field.kind === 'Choices') {
        return [field.name, chosenOf(field, value).map((option) => option.value)];
      }
      if (value === null || value === '') {
        return [field.name, null];
      }
      return [field.name, field.kind === 'Number' ? Number(value) : value];
    }),
  );
}
