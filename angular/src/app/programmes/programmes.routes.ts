import { Routes } from '@angular/router';

export const PROGRAMMES_ROUTES: Routes = [];
