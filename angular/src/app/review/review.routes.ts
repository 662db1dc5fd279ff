import { Routes } from '@angular/router';
import { moduleTexts, requirePermission } from '@core';
import { unsavedChangesGuard } from '@ui';

export const REVIEW_ROUTES: Routes = [
  {
    path: '',
    canActivate: [requirePermission('Pilots.Deliverables.Review')],
    // Review speaks of pilots: states, sections and kinds have their words there.
    data: { texts: 'pilots' },
    resolve: { pilotTexts: moduleTexts('pilots') },
    children: [
      { path: '', loadComponent: () => import('./review-queue').then((m) => m.ReviewQueuePage) },
      {
        path: ':submissionId',
        title: 'review.page.title',
        data: { crumb: 'review.page.title' },
        canDeactivate: [unsavedChangesGuard],
        loadComponent: () => import('./review-page').then((m) => m.ReviewPage),
      },
    ],
  },
];
