import { Routes } from '@angular/router';
import { identityRoutes } from './identity.routes';
import { regionRoutes } from './regions.routes';
import { sectionsOf } from './sections';

const routes: Routes = [...regionRoutes, ...identityRoutes];

export const ADMINISTRATION_ROUTES: Routes = [
  {
    path: '',
    pathMatch: 'full',
    data: { sections: sectionsOf(routes) },
    loadComponent: () => import('./administration-home').then((m) => m.AdministrationHomePage),
  },
  ...routes,
];
