import { AssessmentPagesDto } from '@api/models';
import { pageOf } from './where-to';

const NONE: AssessmentPagesDto = {
  sheetId: null,
  selfAssessmentId: null,
  assessmentId: null,
  resultId: null,
};

describe('pageOf', () => {
  it.each([
    [{ sheetId: 's', assessmentId: 'a', resultId: 'r' }, '/assessment/sheets/s'],
    [{ assessmentId: 'a', resultId: 'r', selfAssessmentId: 'f' }, '/assessment/results/r'],
    [{ assessmentId: 'a', selfAssessmentId: 'f' }, '/assessment/a'],
    [{ selfAssessmentId: 'f' }, '/assessment/self/f'],
  ])('leads %o to %s', (pages, address) => {
    expect(pageOf({ ...NONE, ...pages })).toBe(address);
  });
});
