import { Routes } from '@angular/router';
import { requirePermission } from '@core';
import { unsavedChangesGuard } from '@ui';

export const REPLICATION_ROUTES: Routes = [
  {
    path: '',
    pathMatch: 'full',
    canActivate: [requirePermission('Replication.View')],
    loadComponent: () => import('./practice-library').then((m) => m.PracticeLibraryPage),
  },
  {
    path: 'adoptions',
    title: 'replication.adoptions.title',
    data: { crumb: 'replication.adoptions.title' },
    canActivate: [requirePermission('Replication.View')],
    loadComponent: () => import('./adoption-list').then((m) => m.AdoptionListPage),
  },
  {
    path: 'drafts',
    title: 'replication.drafts.title',
    data: { crumb: 'replication.drafts.title' },
    canActivate: [requirePermission('Replication.Certify')],
    loadComponent: () => import('./draft-list').then((m) => m.DraftListPage),
  },
  {
    path: 'drafts/:id',
    title: 'replication.draft.title',
    data: { crumb: 'replication.draft.title' },
    canActivate: [requirePermission('Replication.Certify')],
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./draft-editor').then((m) => m.DraftEditorPage),
  },
  {
    path: ':id',
    title: 'replication.practice.title',
    data: { crumb: 'replication.practice.title' },
    canActivate: [requirePermission('Replication.View')],
    loadComponent: () => import('./practice-page').then((m) => m.PracticePage),
  },
];
