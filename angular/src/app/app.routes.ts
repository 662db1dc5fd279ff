import { Routes } from '@angular/router';
import { provideTranslocoScope } from '@jsverse/transloco';
import { moduleTexts, requireSignIn } from '@core';

/**
 * One entry a module. `loadChildren` brings the module's own routes; its texts (scope) are loaded before
 * its first page. Permissions are asked for in the module's routes with `requirePermission`.
 */
function module(path: string, titleKey: string, loadChildren: () => Promise<Routes>): Routes[number] {
  return {
    path,
    title: titleKey,
    data: { crumb: titleKey, texts: path },
    providers: [provideTranslocoScope(path)],
    resolve: { texts: moduleTexts(path) },
    loadChildren,
  };
}

export const APP_ROUTES: Routes = [
  {
    path: 'sign-in',
    title: 'signIn.title',
    loadComponent: () => import('./account/sign-in').then((m) => m.SignInPage),
  },
  {
    path: '',
    loadComponent: () => import('./layout/frame').then((m) => m.Frame),
    canActivateChild: [requireSignIn],
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'workbench' },
      module('workbench', 'nav.workbench', () =>
        import('./workbench/workbench.routes').then((m) => m.WORKBENCH_ROUTES),
      ),
      module('programmes', 'nav.programmes', () =>
        import('./programmes/programmes.routes').then((m) => m.PROGRAMMES_ROUTES),
      ),
      module('pilots', 'nav.pilots', () => import('./pilots/pilots.routes').then((m) => m.PILOTS_ROUTES)),
      module('review', 'nav.review', () => import('./review/review.routes').then((m) => m.REVIEW_ROUTES)),
      module('assessment', 'nav.assessment', () =>
        import('./assessment/assessment.routes').then((m) => m.ASSESSMENT_ROUTES),
      ),
      module('replication', 'nav.replication', () =>
        import('./replication/replication.routes').then((m) => m.REPLICATION_ROUTES),
      ),
      module('insights', 'nav.insights', () =>
        import('./insights/insights.routes').then((m) => m.INSIGHTS_ROUTES),
      ),
      module('workflows', 'nav.workflows', () =>
        import('./workflows/workflows.routes').then((m) => m.WORKFLOWS_ROUTES),
      ),
      module('notifications', 'frame.inbox', () =>
        import('./notifications/notifications.routes').then((m) => m.NOTIFICATIONS_ROUTES),
      ),
      module('administration', 'nav.administration', () =>
        import('./administration/administration.routes').then((m) => m.ADMINISTRATION_ROUTES),
      ),
      {
        path: 'account',
        data: { crumb: 'account.title' },
        loadChildren: () => import('./account/account.routes').then((m) => m.ACCOUNT_ROUTES),
      },
      {
        path: 'forbidden',
        title: 'forbidden.title',
        loadComponent: () => import('./account/forbidden').then((m) => m.ForbiddenPage),
      },
      {
        path: '**',
        title: 'notFound.title',
        loadComponent: () => import('./account/not-found').then((m) => m.NotFoundPage),
      },
    ],
  },
];
