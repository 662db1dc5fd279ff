import { Routes } from '@angular/router';
import { requirePermission } from '@core';

export const INSIGHTS_ROUTES: Routes = [
  {
    path: '',
    canActivate: [requirePermission('Insights.ViewDashboard')],
    loadComponent: () => import('./dashboard').then((m) => m.DashboardPage),
  },
];
