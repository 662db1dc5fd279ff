import { describe, expect, it } from 'vitest';
import { linkName, sameLink, suggestionsFor } from './notice-links-state';

describe('links of a theme', () => {
  const targets = [
    {
      programmeId: 'p',
      title: '试点方案',
      documentNumber: null,
      issueDate: null,
      themes: [{ themeId: 't', number: '1', title: '容缺受理' }],
    },
  ];

  it('names the programme, and the theme behind it', () => {
    expect(linkName(targets, { programmeId: 'p', themeId: null })).toBe('试点方案');
    expect(linkName(targets, { programmeId: 'p', themeId: 't' })).toBe('试点方案 · 1 容缺受理');
  });

  it('names nothing that is not there', () => {
    expect(linkName(targets, { programmeId: 'x', themeId: null })).toBeNull();
    expect(linkName(targets, { programmeId: 'p', themeId: 'x' })).toBeNull();
  });

  it('suggests for its own theme, and not what is linked', () => {
    const suggestion = {
      themeKey: 't1',
      programmeId: 'p',
      themeId: null,
      reason: 'SharedName' as const,
      words: '容缺受理',
    };
    expect(suggestionsFor([suggestion], 't2', [])).toEqual([]);
    expect(suggestionsFor([suggestion], 't1', [{ programmeId: 'p', themeId: 't' }])).toEqual([suggestion]);
    expect(suggestionsFor([suggestion], 't1', [{ programmeId: 'p', themeId: null }])).toEqual([]);
    expect(sameLink(suggestion, { programmeId: 'p', themeId: null })).toBe(true);
  });
});
