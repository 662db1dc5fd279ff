import { Routes } from '@angular/router';
import { requirePermission } from '@core';
import { unsavedChangesGuard } from '@ui';

export const WORKFLOWS_ROUTES: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'inbox' },
  {
    path: 'inbox',
    title: 'workflows.inbox.title',
    data: { crumb: 'workflows.inbox.title' },
    loadComponent: () => import('./inbox-page').then((m) => m.InboxPage),
  },
  {
    path: 'tasks/:id',
    title: 'workflows.task.title',
    data: { crumb: 'workflows.task.title' },
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./task-page').then((m) => m.TaskPage),
  },
  {
    path: 'instances/:id',
    title: 'workflows.instance.title',
    data: { crumb: 'workflows.instance.title' },
    loadComponent: () => import('./instance-page').then((m) => m.InstancePage),
  },
  {
    path: 'delegations',
    title: 'workflows.delegation.title',
    data: { crumb: 'workflows.delegation.title' },
    loadComponent: () => import('./delegations-page').then((m) => m.DelegationsPage),
  },
  {
    path: 'definitions',
    title: 'workflows.definitions.title',
    canActivate: [requirePermission('Workflows.View', 'Workflows.Design')],
    loadComponent: () => import('./definitions-page').then((m) => m.DefinitionsPage),
  },
  {
    path: 'definitions/:id/edit',
    title: 'workflows.modeller.title',
    data: { crumb: 'workflows.modeller.title' },
    canActivate: [requirePermission('Workflows.View', 'Workflows.Design')],
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./modeller/modeller-page').then((m) => m.ModellerPage),
  },
  {
    path: 'versions/:id',
    title: 'workflows.version.title',
    data: { crumb: 'workflows.version.title' },
    canActivate: [requirePermission('Workflows.View')],
    loadComponent: () => import('./version-page').then((m) => m.VersionPage),
  },
  {
    path: 'versions/:id/compare',
    title: 'workflows.compare.title',
    data: { crumb: 'workflows.compare.title' },
    canActivate: [requirePermission('Workflows.View', 'Workflows.Design')],
    loadComponent: () => import('./compare-page').then((m) => m.ComparePage),
  },
  {
    path: 'versions/:id/monitor',
    title: 'workflows.monitor.title',
    data: { crumb: 'workflows.monitor.title' },
    canActivate: [requirePermission('Workflows.View')],
    loadComponent: () => import('./monitor-page').then((m) => m.MonitorPage),
  },
  {
    path: 'incidents',
    title: 'workflows.incidents.title',
    data: { crumb: 'workflows.incidents.title' },
    canActivate: [requirePermission('Workflows.Administer')],
    loadComponent: () => import('./incidents-page').then((m) => m.IncidentsPage),
  },
];
