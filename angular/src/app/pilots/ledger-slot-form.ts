import { FormControl, FormGroup, Validators } from '@angular/forms';
import { SaveSlotDraftDto, SlotContentDto, SubmissionFileDto } from '@api/models';

/** What an autosave keeps on this device and sends to the server. */
export interface SlotValue {
  readonly isNotApplicable: boolean;
  readonly text: string;
  readonly contactName: string;
  readonly contactPhone: string;
  readonly files: readonly SubmissionFileDto[];
}

export type SlotForm = FormGroup<{
  isNotApplicable: FormControl<boolean>;
  text: FormControl<string>;
  contactName: FormControl<string>;
  contactPhone: FormControl<string>;
  fileIds: FormControl<string[]>;
}>;

/** The same signs as the server takes. */
const PHONE = /^[0-9 \-+()（）转#,，]*$/;

export function slotForm(value: SlotValue): SlotForm {
  const form: SlotForm = new FormGroup({
    isNotApplicable: new FormControl(value.isNotApplicable, { nonNullable: true }),
    text: new FormControl(value.text, { nonNullable: true, validators: [Validators.maxLength(2000)] }),
    contactName: new FormControl(value.contactName, {
      nonNullable: true,
      validators: [Validators.maxLength(100)],
    }),
    contactPhone: new FormControl(value.contactPhone, {
      nonNullable: true,
      validators: [Validators.maxLength(40), Validators.pattern(PHONE)],
    }),
    fileIds: new FormControl(
      value.files.map((file) => file.id),
      { nonNullable: true },
    ),
  });
  settle(form);
  return form;
}

/** “Not applicable” needs its reason and goes without files and a person; a telephone number needs its person. */
export function settle(form: SlotForm): void {
  const { isNotApplicable, text, contactName, contactPhone, fileIds } = form.controls;
  const notApplicable = isNotApplicable.value;
  require(text, notApplicable);
  require(contactName, !notApplicable && contactPhone.value.trim() !== '');
  const hasMore = fileIds.value.length > 0 || contactName.value.trim() !== '';
  if (hasMore && !notApplicable) {
    isNotApplicable.disable({ emitEvent: false });
  } else {
    isNotApplicable.enable({ emitEvent: false });
  }
}

function require(control: FormControl<string>, needed: boolean): void {
  if (control.hasValidator(Validators.required) === needed) {
    return;
  }
  if (needed) {
    control.addValidators(Validators.required);
  } else {
    control.removeValidators(Validators.required);
  }
  control.updateValueAndValidity({ emitEvent: false });
}

/** Where the next version begins: its draft, else what was returned, so that only what was asked for need be changed. */
export function beginningOfSlot(
  draft: SlotContentDto | null | undefined,
  latest: SlotContentDto | null | undefined,
): SlotValue {
  const source = draft ?? latest;
  return {
    isNotApplicable: source?.isNotApplicable ?? false,
    text: source?.text ?? '',
    contactName: source?.contactName ?? '',
    contactPhone: source?.contactPhone ?? '',
    files: source?.files ?? [],
  };
}

export function draftOf(value: SlotValue, concurrencyStamp: string | null): SaveSlotDraftDto {
  return {
    concurrencyStamp,
    isNotApplicable: value.isNotApplicable,
    text: value.text,
    contactName: value.contactName,
    contactPhone: value.contactPhone,
    fileIds: value.files.map((file) => file.id),
  };
}

export function holdsContent(value: SlotValue): boolean {
  return value.isNotApplicable
    ? value.text.trim() !== ''
    : value.files.length > 0 || value.text.trim() !== '' || value.contactName.trim() !== '';
}
