import { Injectable, computed, inject, signal } from '@angular/core';
import { ActivatedRouteSnapshot, NavigationEnd, Router } from '@angular/router';
import { filter } from 'rxjs';

export interface Crumb {
  /** A text key (from the route's `data.crumb`) … */
  readonly textKey?: string;
  /** … or a name that the page knows, such as a programme's title. */
  readonly text?: string;
  readonly path: string;
}

/** Crumbs come from the routes' `data.crumb` (a text key); a page names its own record with `setLeaf`. */
@Injectable({ providedIn: 'root' })
export class BreadcrumbService {
  private readonly router = inject(Router);
  private readonly trail = signal<readonly Crumb[]>([]);
  private readonly leafText = signal<string | null>(null);

  private readonly path = signal(pathOf(this.router.url));

  /** Where the page named its record, the name stands in place of the page's own crumb. */
  readonly crumbs = computed(() => {
    const trail = this.trail();
    return this.leafText() !== null && trail.at(-1)?.path === this.path() ? trail.slice(0, -1) : trail;
  });
  readonly leaf = this.leafText.asReadonly();

  constructor() {
    this.trail.set(collect(this.router.routerState.snapshot.root));
    this.router.events.pipe(filter((event) => event instanceof NavigationEnd)).subscribe((event) => {
      const before = this.path();
      this.path.set(pathOf(event.urlAfterRedirects));
      if (this.path() !== before) {
        this.leafText.set(null);
      }
      this.trail.set(collect(this.router.routerState.snapshot.root));
    });
  }

  /** Call once the record is loaded: `breadcrumb.setLeaf(programme.title)`. */
  setLeaf(text: string): void {
    this.leafText.set(text);
  }
}

function pathOf(url: string): string {
  return url.split(/[?#]/)[0] ?? '';
}

function collect(root: ActivatedRouteSnapshot): Crumb[] {
  const crumbs: Crumb[] = [];
  let path = '';
  for (let route: ActivatedRouteSnapshot | null = root; route; route = route.firstChild) {
    path += route.url.map((segment) => `/${segment.path}`).join('');
    const key = route.routeConfig?.data?.['crumb'] as string | undefined;
    if (key) {
      crumbs.push({ textKey: key, path });
    }
  }
  return crumbs;
}
