import { diffTexts } from './diff';

describe('diffTexts', () => {
  it('marks what went and what came, by character', () => {
    expect(diffTexts('清单共 20 项', '清单共 27 项。')).toEqual([
      { kind: 'same', text: '清单共 ' },
      { kind: 'removed', text: '20' },
      { kind: 'added', text: '27' },
      { kind: 'same', text: ' 项' },
      { kind: 'added', text: '。' },
    ]);
  });

  it.each([
    ['', ''],
    ['甲乙丙', '乙丙丁'],
    ['第一行\n第二行\n', '第一行\n第三行\n第二行\n'],
  ])('loses nothing between %j and %j', (before, after) => {
    const parts = diffTexts(before, after);
    const side = (without: string) =>
      parts
        .filter((part) => part.kind !== without)
        .map((part) => part.text)
        .join('');
    expect(side('added')).toBe(before);
    expect(side('removed')).toBe(after);
  });

  it('compares whole lines where texts are long', () => {
    const long = `${'试点任务'.repeat(300)}\n`.repeat(3);
    const parts = diffTexts(`甲${long}`, `乙${long}`);
    expect(parts.filter((part) => part.kind === 'removed')).toHaveLength(1);
  });
});
