import { FileMatchesDto } from '@api/models';
import { Placement, gapOf, placementsOf, requestOf, slotOf } from './ledger-matching';

const matches: FileMatchesDto = {
  files: [
    { name: '1-一案.docx', slotId: 's1', problem: null },
    { name: '会议.docx', slotId: null, problem: 'NoNumber' },
  ],
  columns: [],
  items: [{ id: 'i1', number: '1', name: '事项1', officeName: '民政局' }],
  slots: [
    slot('s1', 'plan', { fileNames: ['旧.docx'], draftStamp: 'd1' }),
    slot('s2', 'course', {}),
    slot('s3', 'list', { isFillable: false }),
  ],
};

function slot(id: string, artefactKey: string, change: Partial<FileMatchesDto['slots'][number]>) {
  return {
    id,
    ledgerItemId: 'i1',
    artefactKey,
    isFillable: true,
    draftStamp: null,
    isNotApplicable: false,
    hasText: false,
    fileNames: [],
    ...change,
  };
}

const file = (name: string) => new File(['x'], name);
const at = (artefactKey: string, mode: Placement['mode'] = ''): Placement => ({
  file: file('x'),
  itemId: 'i1',
  artefactKey,
  mode,
  problem: null,
});

describe('placing files', () => {
  it('begins with what the names say and leaves the rest to the person', () => {
    const [found, lost] = placementsOf([file('1-一案.docx'), file('会议.docx')], matches);
    expect(found).toMatchObject({ itemId: 'i1', artefactKey: 'plan', mode: '', problem: null });
    expect(lost).toMatchObject({ itemId: '', artefactKey: '', problem: 'NoNumber' });
  });

  it('replaces nothing that was not asked about', () => {
    const one = at('plan');
    expect(gapOf(one, [one], matches)).toBe('mode');
    const added = at('plan', 'add');
    expect(gapOf(added, [added], matches)).toBeNull();
    expect(gapOf(added, [added, at('plan', 'replace')], matches)).toBe('modesDiffer');
    const empty = at('course');
    expect(gapOf(empty, [empty], matches)).toBeNull();
  });

  it('says what is missing', () => {
    const nowhere = { ...at('plan'), itemId: '' };
    expect(gapOf(nowhere, [nowhere], matches)).toBe('item');
    const half = at('');
    expect(gapOf(half, [half], matches)).toBe('artefact');
    const locked = at('list');
    expect(gapOf(locked, [locked], matches)).toBe('locked');
  });

  it('asks the server with the stamps that were looked at', () => {
    expect(slotOf(at('course'), matches)?.id).toBe('s2');
    expect(
      requestOf(
        [
          { placement: at('plan', 'replace'), fileId: 'f1' },
          { placement: at('course'), fileId: 'f2' },
        ],
        matches,
      ),
    ).toEqual([
      { slotId: 's1', fileId: 'f1', replace: true, draftStamp: 'd1' },
      { slotId: 's2', fileId: 'f2', replace: false, draftStamp: null },
    ]);
  });
});
