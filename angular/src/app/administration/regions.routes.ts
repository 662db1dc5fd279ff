import { Routes } from '@angular/router';

/** Regions, offices and onboarding; filled by the pages of those. */
export const regionRoutes: Routes = [];
