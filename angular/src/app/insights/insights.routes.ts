import { Routes } from '@angular/router';

export const INSIGHTS_ROUTES: Routes = [];
