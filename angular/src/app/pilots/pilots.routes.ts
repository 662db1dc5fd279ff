import { Routes } from '@angular/router';

export const PILOTS_ROUTES: Routes = [];
