import { Routes } from '@angular/router';
import { requirePermission } from '@core';
import { unsavedChangesGuard } from '@ui';

export const PILOTS_ROUTES: Routes = [
  {
    path: '',
    canActivate: [requirePermission('Pilots.View')],
    loadComponent: () => import('./pilot-list').then((m) => m.PilotListPage),
  },
  {
    path: ':id',
    title: 'pilots.detail.title',
    data: { crumb: 'pilots.detail.title' },
    canActivate: [requirePermission('Pilots.View')],
    children: [
      {
        path: '',
        loadComponent: () => import('./pilot-detail').then((m) => m.PilotDetailPage),
      },
      {
        path: 'plan',
        title: 'pilots.plan.title',
        data: { crumb: 'pilots.plan.title' },
        canActivate: [requirePermission('Pilots.Plan')],
        canDeactivate: [unsavedChangesGuard],
        loadComponent: () => import('./plan-editor').then((m) => m.PlanEditorPage),
      },
      {
        path: 'ledger',
        title: 'pilots.ledger.title',
        data: { crumb: 'pilots.ledger.title' },
        canDeactivate: [unsavedChangesGuard],
        loadComponent: () => import('./ledger-page').then((m) => m.LedgerPage),
      },
      {
        path: 'deliverables/:deliverableId',
        title: 'pilots.deliverable.title',
        data: { crumb: 'pilots.deliverable.title' },
        canDeactivate: [unsavedChangesGuard],
        loadComponent: () => import('./deliverable-page').then((m) => m.DeliverablePage),
      },
      {
        path: 'submissions/:submissionId',
        title: 'pilots.version.title',
        data: { crumb: 'pilots.version.title' },
        loadComponent: () => import('./submission-page').then((m) => m.SubmissionPage),
      },
    ],
  },
];
