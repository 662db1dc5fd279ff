import { SubmissionDto } from '@api/models';
import { SECTION_LIMIT, beginningOf, sectionsOf, submissionForm } from './submission-form';

const FILE = { id: 'f1', name: '办法.docx', size: 10, contentType: 'x', sha256: '0' };
const version = (text: string) =>
  ({ sections: [{ section: 'Measures', text }], files: [FILE] }) as unknown as SubmissionDto;

describe('submission form', () => {
  it('begins with the draft, else with the version that was returned, else blank', () => {
    expect(beginningOf(version('草稿'), version('上一版')).sections[0]?.text).toBe('草稿');
    expect(beginningOf(null, version('上一版')).files).toEqual([FILE]);
    expect(beginningOf(null, undefined)).toEqual({ sections: [], files: [] });
  });

  it('needs the main section and a file, nothing else', () => {
    const form = submissionForm({ sections: [], files: [] });
    expect(form.controls.sections.controls.Measures.hasError('required')).toBe(true);
    expect(form.controls.fileIds.hasError('required')).toBe(true);
    expect(form.controls.sections.controls.Problems.valid).toBe(true);
    form.controls.sections.controls.Measures.setValue('做法');
    form.controls.fileIds.setValue(['f1']);
    expect(form.valid).toBe(true);
  });

  it('refuses a section that the server would refuse', () => {
    const form = submissionForm({ sections: [], files: [FILE] });
    form.controls.sections.controls.Results.setValue('字'.repeat(SECTION_LIMIT + 1));
    expect(form.controls.sections.controls.Results.hasError('maxlength')).toBe(true);
  });

  it('sends all sections in their order', () => {
    const form = submissionForm(beginningOf(null, version('做法')));
    expect(sectionsOf(form).map((entry) => entry.section)).toEqual([
      'Measures',
      'Institutions',
      'Results',
      'Problems',
    ]);
    expect(sectionsOf(form)[0]?.text).toBe('做法');
  });
});
