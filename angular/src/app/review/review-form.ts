import { FormControl, FormGroup } from '@angular/forms';
import { FormalCheckAnswerDto, FormalCheckItem, SectionFindingDto, SubmissionSection } from '@api/models';

export const CHECKS: readonly FormalCheckItem[] = [
  'Complete',
  'Legible',
  'MatchesTheme',
  'ApprovedByRegion',
  'NothingConfidential',
];

export const SECTIONS: readonly SubmissionSection[] = [
  'Measures',
  'Institutions',
  'Results',
  'Problems',
  'Attachments',
];

type CheckForm = FormGroup<{ passed: FormControl<boolean | null>; remark: FormControl<string> }>;

export type ReviewForm = FormGroup<{
  checks: FormGroup<Record<string, CheckForm>>;
  reasons: FormGroup<Record<string, FormControl<string>>>;
  remark: FormControl<string>;
  correctionDueOn: FormControl<string | null>;
}>;

export function reviewForm(): ReviewForm {
  const text = () => new FormControl('', { nonNullable: true });
  return new FormGroup({
    checks: new FormGroup<Record<string, CheckForm>>(
      Object.fromEntries(
        CHECKS.map((item) => [
          item,
          new FormGroup({ passed: new FormControl<boolean | null>(null), remark: text() }),
        ]),
      ),
    ),
    reasons: new FormGroup<Record<string, FormControl<string>>>(
      Object.fromEntries(SECTIONS.map((section) => [section, text()])),
    ),
    remark: text(),
    correctionDueOn: new FormControl<string | null>(null),
  });
}

/** The answers, or null while one is missing. */
export function answersOf(form: ReviewForm): FormalCheckAnswerDto[] | null {
  const answers = CHECKS.map((item) => {
    const value = form.controls.checks.controls[item]?.getRawValue();
    return { item, passed: value?.passed ?? null, remark: value?.remark.trim() || null };
  });
  return answers.every((answer): answer is typeof answer & { passed: boolean } => answer.passed !== null)
    ? answers
    : null;
}

/** Sections with a reason are to be corrected; the others are fine. */
export function findingsOf(form: ReviewForm): SectionFindingDto[] {
  return SECTIONS.flatMap((section) => {
    const reason = form.controls.reasons.controls[section]?.value.trim() ?? '';
    return reason === '' ? [] : [{ section, reason }];
  });
}

/** What still stands in the way of a decision, as text keys. */
export function obstaclesTo(decision: 'accept' | 'return', form: ReviewForm): string[] {
  const answers = answersOf(form);
  const findings = findingsOf(form);
  const obstacles: string[] = [];
  if (!answers) {
    obstacles.push('review.obstacle.checks');
  }
  if (decision === 'accept') {
    if (answers?.some((answer) => !answer.passed)) {
      obstacles.push('review.obstacle.failed');
    }
    if (findings.length > 0) {
      obstacles.push('review.obstacle.reasons');
    }
  } else {
    if (findings.length === 0) {
      obstacles.push('review.obstacle.noReason');
    }
    if (!form.controls.correctionDueOn.value) {
      obstacles.push('review.obstacle.noDate');
    }
  }
  return obstacles;
}
