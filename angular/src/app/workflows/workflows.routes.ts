import { Routes } from '@angular/router';
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
    path: 'delegations',
    title: 'workflows.delegation.title',
    data: { crumb: 'workflows.delegation.title' },
    loadComponent: () => import('./delegations-page').then((m) => m.DelegationsPage),
  },
];
