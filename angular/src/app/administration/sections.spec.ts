import { describe, expect, it } from 'vitest';
import { sectionsOf } from './sections';

describe('sectionsOf', () => {
  it('lists routes that name a section, in their order', () => {
    const section = { titleKey: 'a', helpKey: 'b', anyOf: ['X.Y'] };
    expect(sectionsOf([{ path: 'one', data: { section } }, { path: 'two' }])).toEqual([
      { ...section, path: 'one' },
    ]);
  });
});
