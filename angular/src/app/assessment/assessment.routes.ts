import { inject } from '@angular/core';
import { CanActivateFn, Router, Routes } from '@angular/router';
import { SessionService, requirePermission } from '@core';
import { unsavedChangesGuard } from '@ui';

/** An assessor has sheets and nothing else: `/assessment` is then their list. */
const sheetsForAssessors: CanActivateFn = () => {
  const session = inject(SessionService);
  return session.can('Assessment.Score') && !session.can('Assessment.View')
    ? inject(Router).createUrlTree(['/assessment/my'])
    : true;
};

export const ASSESSMENT_ROUTES: Routes = [
  {
    path: '',
    pathMatch: 'full',
    canActivate: [sheetsForAssessors, requirePermission('Assessment.View')],
    loadComponent: () => import('./assessment-list').then((m) => m.AssessmentListPage),
  },
  {
    path: 'my',
    title: 'assessment.my.title',
    data: { crumb: 'assessment.my.title' },
    canActivate: [requirePermission('Assessment.Score')],
    loadComponent: () => import('./my-sheets').then((m) => m.MySheetsPage),
  },
  {
    path: 'sheets/:id',
    title: 'assessment.sheet.title',
    data: { crumb: 'assessment.sheet.title' },
    canActivate: [requirePermission('Assessment.Score')],
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./score-sheet').then((m) => m.ScoreSheetPage),
  },
  {
    path: 'schemes',
    title: 'assessment.schemes.title',
    data: { crumb: 'assessment.schemes.title' },
    canActivate: [requirePermission('Assessment.View')],
    loadComponent: () => import('./scheme-list').then((m) => m.SchemeListPage),
  },
  {
    path: 'schemes/:id',
    title: 'assessment.scheme.title',
    data: { crumb: 'assessment.scheme.title' },
    canActivate: [requirePermission('Assessment.View')],
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./scheme-editor').then((m) => m.SchemeEditorPage),
  },
  {
    path: 'results',
    title: 'assessment.results.title',
    data: { crumb: 'assessment.results.title' },
    canActivate: [requirePermission('Assessment.View')],
    loadComponent: () => import('./result-list').then((m) => m.ResultListPage),
  },
  {
    path: 'results/:id',
    title: 'assessment.result.title',
    data: { crumb: 'assessment.result.title' },
    canActivate: [requirePermission('Assessment.View')],
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./result-detail').then((m) => m.ResultDetailPage),
  },
  {
    path: 'pilot/:pilotId',
    title: 'assessment.detail.title',
    data: { crumb: 'assessment.detail.title' },
    loadComponent: () => import('./where-to').then((m) => m.WhereToPage),
  },
  {
    path: 'objections',
    title: 'assessment.objections.title',
    data: { crumb: 'assessment.objections.title' },
    canActivate: [requirePermission('Assessment.View')],
    loadComponent: () => import('./objection-list').then((m) => m.ObjectionListPage),
  },
  {
    path: 'self',
    title: 'assessment.selfList.title',
    data: { crumb: 'assessment.selfList.title' },
    canActivate: [requirePermission('Assessment.View')],
    loadComponent: () => import('./self-assessment-list').then((m) => m.SelfAssessmentListPage),
  },
  {
    path: 'self/:id',
    title: 'assessment.self.title',
    data: { crumb: 'assessment.self.title' },
    canActivate: [requirePermission('Assessment.View')],
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./self-assessment').then((m) => m.SelfAssessmentPage),
  },
  {
    path: ':id',
    title: 'assessment.detail.title',
    data: { crumb: 'assessment.detail.title' },
    canActivate: [requirePermission('Assessment.View')],
    canDeactivate: [unsavedChangesGuard],
    loadComponent: () => import('./assessment-detail').then((m) => m.AssessmentDetailPage),
  },
];
