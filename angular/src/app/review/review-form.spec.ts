import { CHECKS, answersOf, findingsOf, obstaclesTo, reviewForm } from './review-form';

function answered(passed = true) {
  const form = reviewForm();
  for (const item of CHECKS) {
    form.controls.checks.controls[item]?.controls.passed.setValue(passed);
  }
  return form;
}

describe('review form', () => {
  it('has no answers until every item of the check is answered', () => {
    const form = reviewForm();
    expect(answersOf(form)).toBeNull();
    expect(obstaclesTo('accept', form)).toEqual(['review.obstacle.checks']);
    expect(answersOf(answered())).toHaveLength(5);
  });

  it('lets nobody accept what failed, or what still has reasons', () => {
    expect(obstaclesTo('accept', answered(false))).toEqual(['review.obstacle.failed']);
    const form = answered();
    form.controls.reasons.controls['Measures']?.setValue('请补充');
    expect(obstaclesTo('accept', form)).toEqual(['review.obstacle.reasons']);
  });

  it('lets nobody return without a reason and a date', () => {
    const form = answered(false);
    expect(obstaclesTo('return', form)).toEqual(['review.obstacle.noReason', 'review.obstacle.noDate']);
    form.controls.reasons.controls['Attachments']?.setValue(' 缺附件 ');
    form.controls.correctionDueOn.setValue('2023-09-30');
    expect(obstaclesTo('return', form)).toEqual([]);
    expect(findingsOf(form)).toEqual([{ section: 'Attachments', reason: '缺附件' }]);
  });

  it('does not take blanks for a reason', () => {
    const form = answered();
    form.controls.reasons.controls['Results']?.setValue('   ');
    expect(findingsOf(form)).toEqual([]);
    expect(obstaclesTo('accept', form)).toEqual([]);
  });
});
