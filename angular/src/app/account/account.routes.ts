import { Routes } from '@angular/router';

export const ACCOUNT_ROUTES: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'security' },
  {
    path: 'change-password',
    title: 'account.changePassword',
    data: { crumb: 'account.changePassword' },
    loadComponent: () => import('./change-password').then((m) => m.ChangePasswordPage),
  },
  {
    path: 'security',
    title: 'account.security',
    data: { crumb: 'account.security' },
    loadComponent: () => import('./security').then((m) => m.SecurityPage),
  },
];
