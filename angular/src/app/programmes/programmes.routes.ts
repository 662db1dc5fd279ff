import { Routes } from '@angular/router';
import { requirePermission } from '@core';
import { unsavedChangesGuard } from '@ui';

export const PROGRAMMES_ROUTES: Routes = [
  {
    path: '',
    canActivate: [requirePermission('Programmes.View')],
    loadComponent: () => import('./programme-list').then((m) => m.ProgrammeListPage),
  },
  {
    path: 'notices/new',
    title: 'programmes.start.title',
    data: { crumb: 'programmes.start.title' },
    canActivate: [requirePermission('Programmes.Manage')],
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./notice-start').then((m) => m.NoticeStartPage),
  },
  {
    path: 'notices/:id',
    title: 'programmes.wizard.title',
    data: { crumb: 'programmes.wizard.title' },
    canActivate: [requirePermission('Programmes.Manage')],
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./notice-wizard').then((m) => m.NoticeWizardPage),
  },
  {
    path: 'notices/:id/revision',
    title: 'programmes.revision.title',
    data: { crumb: 'programmes.revision.title' },
    canActivate: [requirePermission('Programmes.Manage')],
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./notice-revision').then((m) => m.NoticeRevisionPage),
  },
  {
    path: 'items/requests/:id',
    title: 'programmes.items.request.title',
    data: { crumb: 'programmes.items.request.title' },
    canActivate: [requirePermission('Programmes.View')],
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./items-request').then((m) => m.ItemsRequestPage),
  },
  {
    path: 'items/:id',
    title: 'programmes.items.title',
    data: { crumb: 'programmes.items.title' },
    canActivate: [requirePermission('Programmes.View')],
    loadComponent: () => import('./items-view').then((m) => m.ItemsViewPage),
  },
  {
    path: 'items/:id/edit',
    title: 'programmes.items.editTitle',
    data: { crumb: 'programmes.items.editTitle' },
    canActivate: [requirePermission('Programmes.EditItemLists')],
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./items-edit').then((m) => m.ItemsEditPage),
  },
  {
    path: ':id',
    title: 'programmes.detail.title',
    data: { crumb: 'programmes.detail.title' },
    canActivate: [requirePermission('Programmes.View')],
    loadComponent: () => import('./programme-detail').then((m) => m.ProgrammeDetailPage),
  },
  {
    path: ':id/claims',
    title: 'programmes.matrix.title',
    data: { crumb: 'programmes.matrix.title' },
    canActivate: [requirePermission('Programmes.DecideClaims')],
    loadComponent: () => import('./claim-matrix').then((m) => m.ClaimMatrixPage),
  },
  {
    path: ':id/claim/:themeId',
    title: 'programmes.claim.title',
    data: { crumb: 'programmes.claim.title' },
    canActivate: [requirePermission('Programmes.Claim')],
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./claim-edit').then((m) => m.ClaimEditPage),
  },
];
