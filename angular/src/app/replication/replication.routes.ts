import { Routes } from '@angular/router';

export const REPLICATION_ROUTES: Routes = [];
