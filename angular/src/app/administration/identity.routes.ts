import { Routes } from '@angular/router';
import { requirePermission } from '@core';
import { unsavedChangesGuard } from '@ui';

/** Accounts, roles, tokens and the audit log. */
export const identityRoutes: Routes = [
  {
    path: 'users',
    title: 'administration.users.title',
    data: {
      crumb: 'administration.users.title',
      section: {
        titleKey: 'administration.users.title',
        helpKey: 'administration.users.help',
        anyOf: ['Identity.Users.View'],
      },
    },
    canActivate: [requirePermission('Identity.Users.View')],
    children: [
      { path: '', loadComponent: () => import('./users-list').then((m) => m.UsersListPage) },
      {
        path: 'new',
        title: 'administration.users.create',
        data: { crumb: 'administration.users.create' },
        canActivate: [requirePermission('Identity.Users.Manage')],
        canDeactivate: [unsavedChangesGuard],
        loadComponent: () => import('./users-create').then((m) => m.UsersCreatePage),
      },
      {
        path: ':id',
        title: 'administration.users.account',
        data: { crumb: 'administration.users.account' },
        canDeactivate: [unsavedChangesGuard],
        loadComponent: () => import('./users-detail').then((m) => m.UsersDetailPage),
      },
    ],
  },
  {
    path: 'roles',
    title: 'administration.roles.title',
    data: {
      crumb: 'administration.roles.title',
      section: {
        titleKey: 'administration.roles.title',
        helpKey: 'administration.roles.help',
        anyOf: ['Identity.Roles.View'],
      },
    },
    canActivate: [requirePermission('Identity.Roles.View')],
    children: [
      { path: '', loadComponent: () => import('./roles-list').then((m) => m.RolesListPage) },
      {
        path: ':name',
        title: 'administration.roles.role',
        data: { crumb: 'administration.roles.role' },
        canDeactivate: [unsavedChangesGuard],
        loadComponent: () => import('./roles-edit').then((m) => m.RolesEditPage),
      },
    ],
  },
  {
    path: 'tokens',
    title: 'administration.tokens.title',
    data: {
      crumb: 'administration.tokens.title',
      section: {
        titleKey: 'administration.tokens.title',
        helpKey: 'administration.tokens.help',
        anyOf: ['Identity.Tokens.Create', 'Identity.Tokens.Manage'],
      },
    },
    canActivate: [requirePermission('Identity.Tokens.Create', 'Identity.Tokens.Manage')],
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./tokens').then((m) => m.TokensPage),
  },
  {
    path: 'audit',
    title: 'administration.audit.title',
    data: {
      crumb: 'administration.audit.title',
      section: {
        titleKey: 'administration.audit.title',
        helpKey: 'administration.audit.help',
        anyOf: ['Identity.Audit.View'],
      },
    },
    canActivate: [requirePermission('Identity.Audit.View')],
    loadComponent: () => import('./audit').then((m) => m.AuditPage),
  },
];
