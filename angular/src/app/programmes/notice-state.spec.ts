import { describe, expect, it } from 'vitest';
import { fieldId, keyAt, moved, nextNumber, segmentsOf } from './notice-state';

describe('notice state', () => {
  const source = '通知\n（一）容缺受理 南通市、连云港市';
  const passages = [
    { key: 'title', start: 0, length: 2 },
    { key: 'themes[0]', start: 3, length: 17 },
    { key: 'themes[0].title', start: 6, length: 4 },
    { key: 'themes[0].regions[0]', start: 11, length: 3 },
  ];

  it('cuts the source into all of its text, values marked, whole themes not', () => {
    const segments = segmentsOf(source, passages);
    expect(segments.map((s) => s.text).join('')).toBe(source);
    expect(segments.filter((s) => s.key).map((s) => [s.key, s.text])).toEqual([
      ['title', '通知'],
      ['themes[0].title', '容缺受理'],
      ['themes[0].regions[0]', '南通市'],
    ]);
  });

  it('gives an overlap to the shorter passage', () => {
    const segments = segmentsOf('abcdef', [
      { key: 'long', start: 0, length: 6 },
      { key: 'short', start: 2, length: 2 },
    ]);
    expect(segments).toEqual([
      { text: 'ab', key: 'long' },
      { text: 'cd', key: 'short' },
      { text: 'ef', key: 'long' },
    ]);
  });

  it('ignores passages outside the source', () => {
    expect(segmentsOf('abc', [{ key: 'x', start: 2, length: 5 }])).toEqual([{ text: 'abc', key: null }]);
  });

  it('finds the value at a place', () => {
    expect(keyAt(passages, 12)).toBe('themes[0].regions[0]');
    expect(keyAt(passages, 5)).toBeNull();
    expect(keyAt(passages, null)).toBeNull();
  });

  it('makes the same id of the server’s path and the page’s', () => {
    expect(fieldId('content.themes[2].title')).toBe('notice-themes-2-title');
    expect(fieldId('themes[2].regions[0]')).toBe('notice-themes-2-regions-0');
  });

  it('moves within bounds only', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });

  it('numbers a new theme in the manner of the last', () => {
    expect(nextNumber(['（一）', '（二）'])).toBe('（三）');
    expect(nextNumber(['1', '2'])).toBe('3');
    expect(nextNumber(Array.from({ length: 10 }, () => '（十）'))).toBe('（十一）');
    expect(nextNumber([])).toBe('1');
  });
});
