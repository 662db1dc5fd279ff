import { Routes } from '@angular/router';
import { provideTranslocoScope } from '@jsverse/transloco';
import { moduleTexts, requirePermission } from '@core';
import { unsavedChangesGuard } from '@ui';

/** Regions with their offices, and the onboarding of provinces. Its texts are a scope of their own. */
export const regionRoutes: Routes = [
  {
    path: 'regions',
    title: 'regions.title',
    data: {
      crumb: 'regions.title',
      texts: 'regions',
      section: {
        titleKey: 'administration.regions.title',
        helpKey: 'administration.regions.help',
        anyOf: ['Regions.View'],
      },
    },
    providers: [provideTranslocoScope('regions')],
    resolve: { loaded: moduleTexts('regions') },
    canActivate: [requirePermission('Regions.View')],
    loadComponent: () => import('./regions-page').then((m) => m.RegionsPage),
  },
  {
    path: 'onboarding',
    title: 'regions.onboarding.title',
    data: {
      crumb: 'regions.onboarding.title',
      texts: 'regions',
      section: {
        titleKey: 'administration.onboarding.title',
        helpKey: 'administration.onboarding.help',
        anyOf: ['Regions.Onboard'],
      },
    },
    providers: [provideTranslocoScope('regions')],
    resolve: { loaded: moduleTexts('regions') },
    canActivate: [requirePermission('Regions.Onboard')],
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./regions-onboarding').then((m) => m.RegionsOnboardingPage),
  },
];
