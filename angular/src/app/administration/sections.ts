import { Routes } from '@angular/router';

/** One entry of the administration's first page. A route names its own in `data.section`. */
export interface AdministrationSection {
  readonly path: string;
  readonly titleKey: string;
  readonly helpKey: string;
  /** Any of these permissions shows the entry. */
  readonly anyOf: readonly string[];
}

/** The sections that routes name, in the order of the routes. */
export function sectionsOf(routes: Routes): AdministrationSection[] {
  return routes.flatMap((route) => {
    const section = route.data?.['section'] as Omit<AdministrationSection, 'path'> | undefined;
    return section && route.path ? [{ ...section, path: route.path }] : [];
  });
}
