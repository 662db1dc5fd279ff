import { NoticeContent } from '@api/models/notice-content';
import { flowOf, optionsOf, themesThatDiffer, withFlow, withScheme } from './choices';

describe('choices of a notice', () => {
  it('keeps one flow a kind, and nothing where nothing is chosen', () => {
    const one = withFlow(null, 'pilots.submission', 'own.a');
    expect(one).toEqual({ flows: [{ kind: 'pilots.submission', chosenKey: 'own.a' }], schemeId: null });
    const two = withFlow(withFlow(one, 'programmes.claim', 'own.b'), 'pilots.submission', 'own.c');
    expect(flowOf(two, 'pilots.submission')).toBe('own.c');
    expect(flowOf(two, 'programmes.claim')).toBe('own.b');
    expect(two?.flows).toHaveLength(2);
    expect(flowOf(two, 'assessment.pilot')).toBe('');
    expect(withFlow(one, 'pilots.submission', '')).toBeNull();
  });

  it('keeps the scheme beside the flows', () => {
    const chosen = withScheme(withFlow(null, 'programmes.claim', 'own.b'), 's1');
    expect(chosen?.schemeId).toBe('s1');
    expect(withFlow(chosen, 'programmes.claim', '')).toEqual({ flows: [], schemeId: 's1' });
    expect(withScheme(withScheme(null, 's1'), '')).toBeNull();
  });

  it('finds the themes that differ', () => {
    const theme = { choices: null } as unknown as NoticeContent['themes'][number];
    const content = {
      themes: [
        theme,
        { ...theme, choices: { schemeId: 's1' } },
        { ...theme, choices: { flows: [], schemeId: null } },
        { ...theme, choices: { flows: [{ kind: 'k', chosenKey: 'c' }] } },
      ],
    } as unknown as NoticeContent;
    expect(themesThatDiffer(content)).toEqual([1, 3]);
  });

  it('shows what is not offered any more, and does not let it be chosen again', () => {
    const offered = [{ value: 'a', text: 'A' }];
    expect(optionsOf(offered, 'usual', '', 'gone').map((o) => o.value)).toEqual(['', 'a']);
    expect(optionsOf(offered, 'usual', 'a', 'gone').map((o) => o.value)).toEqual(['', 'a']);
    expect(optionsOf(offered, 'usual', 'z', 'gone').at(-1)).toEqual({
      value: 'z',
      text: 'gone',
      disabled: true,
    });
  });
});
