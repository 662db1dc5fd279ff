import { describe, expect, it } from 'vitest';
import { ADMINISTRATION_ROUTES } from './administration.routes';
import { AdministrationSection } from './sections';

describe('the administration', () => {
  it('leads to every section of it from its first page', () => {
    const [home, ...sections] = ADMINISTRATION_ROUTES;
    const listed = home?.data?.['sections'] as AdministrationSection[];
    expect(listed.map((section) => section.path)).toEqual(sections.map((route) => route.path));
    expect(listed.every((section) => section.anyOf.length > 0)).toBe(true);
  });
});
