import { Routes } from '@angular/router';

export const REVIEW_ROUTES: Routes = [];
