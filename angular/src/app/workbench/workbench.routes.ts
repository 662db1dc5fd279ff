import { Routes } from '@angular/router';

export const WORKBENCH_ROUTES: Routes = [];
