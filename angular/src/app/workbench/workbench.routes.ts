import { Routes } from '@angular/router';

// No permission: everybody who is signed in has a workbench, be it empty.
export const WORKBENCH_ROUTES: Routes = [
  { path: '', loadComponent: () => import('./workbench').then((m) => m.WorkbenchPage) },
];
