import { AbstractControl, FormControl, FormGroup, ValidationErrors, Validators } from '@angular/forms';
import { SectionTextDto, SubmissionDto, SubmissionFileDto } from '@api/models';

/** The sections that carry text, in the order of the form. */
export const TEXT_SECTIONS = ['Measures', 'Institutions', 'Results', 'Problems'] as const;
export type TextSection = (typeof TEXT_SECTIONS)[number];

export const SECTION_LIMIT = 8000;

/** What an autosave keeps on this device and sends to the server. */
export interface SubmissionValue {
  readonly sections: readonly SectionTextDto[];
  readonly files: readonly SubmissionFileDto[];
}

export type SubmissionForm = FormGroup<{
  sections: FormGroup<Record<TextSection, FormControl<string>>>;
  fileIds: FormControl<string[]>;
}>;

function atLeastOne(control: AbstractControl<string[]>): ValidationErrors | null {
  return control.value.length === 0 ? { required: true } : null;
}

export function submissionForm(value: SubmissionValue): SubmissionForm {
  const text = (section: TextSection) =>
    new FormControl(value.sections.find((entry) => entry.section === section)?.text ?? '', {
      nonNullable: true,
      validators: [
        Validators.maxLength(SECTION_LIMIT),
        ...(section === 'Measures' ? [Validators.required] : []),
      ],
    });
  return new FormGroup({
    sections: new FormGroup({
      Measures: text('Measures'),
      Institutions: text('Institutions'),
      Results: text('Results'),
      Problems: text('Problems'),
    }),
    fileIds: new FormControl(
      value.files.map((file) => file.id),
      { nonNullable: true, validators: [atLeastOne] },
    ),
  });
}

export function sectionsOf(form: SubmissionForm): SectionTextDto[] {
  const texts = form.controls.sections.getRawValue();
  return TEXT_SECTIONS.map((section) => ({ section, text: texts[section] }));
}

/** Where the next version begins: its draft, else the version that was returned, so that only what was asked for need be changed. */
export function beginningOf(
  draft: SubmissionDto | null | undefined,
  latest: SubmissionDto | null | undefined,
): SubmissionValue {
  const source = draft ?? latest;
  return { sections: source?.sections ?? [], files: source?.files ?? [] };
}
