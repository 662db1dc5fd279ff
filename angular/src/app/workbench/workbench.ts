import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  signal,
  untracked,
} from '@angular/core';
import { Router, RouterLink, UrlTree } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Api } from '@api/api';
import { getWorkbench } from '@api/fn/workbench/get-workbench';
import { WorkbenchDto } from '@api/models/workbench-dto';
import { ApiProblem, AppCountPipe, AppDatePipe, PreferencesService, SessionService } from '@core';
import { EmptyState, Loading, PageHeader, ProblemView, StatusLight } from '@ui';
import { NAVIGATION } from '../layout/navigation';
import { Inbox } from './inbox';
import { groupsOf } from './work-groups';

/** As many as the server lists at once. */
const ALL = 200;
const FIRST = 50;

/** 工作台: what waits for me, the most urgent first, and where else to go. */
@Component({
  selector: 'app-workbench',
  imports: [
    AppCountPipe,
    AppDatePipe,
    EmptyState,
    Inbox,
    Loading,
    PageHeader,
    ProblemView,
    RouterLink,
    StatusLight,
    TranslocoDirective,
  ],
  templateUrl: './workbench.html',
  styleUrl: './workbench.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class WorkbenchPage {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly preferences = inject(PreferencesService);
  protected readonly session = inject(SessionService);

  protected readonly workbench = signal<WorkbenchDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly loadingMore = signal(false);
  protected readonly groups = computed(() => {
    const workbench = this.workbench();
    return workbench ? groupsOf(workbench) : [];
  });
  protected readonly hidden = computed(() => {
    const workbench = this.workbench();
    return workbench ? workbench.total - workbench.items.length : 0;
  });
  /** More cannot be listed than the server gives at once; then only doing the work helps. */
  protected readonly canShowMore = computed(
    () => this.hidden() > 0 && (this.workbench()?.items.length ?? 0) < ALL,
  );
  protected readonly quickLinks = computed(() =>
    NAVIGATION.filter((entry) => entry.anyOf.length > 0 && this.session.canAny(entry.anyOf)).map((entry) => ({
      path: entry.path,
      textKey: entry.textKey,
      name: entry.textKey.slice('nav.'.length),
    })),
  );

  constructor() {
    effect(() => {
      // What is wanted is worded by the server, in the language that the request asks for.
      this.preferences.language();
      untracked(() => void this.load(FIRST));
    });
  }

  protected retry(): void {
    void this.load(FIRST);
  }

  protected async showMore(): Promise<void> {
    this.loadingMore.set(true);
    await this.load(ALL);
    this.loadingMore.set(false);
  }

  /** The server's links may carry a query or a fragment. */
  protected linkOf(link: string): UrlTree {
    return this.router.parseUrl(link);
  }

  private async load(limit: number): Promise<void> {
    this.problem.set(null);
    try {
      this.workbench.set(await this.api.invoke(getWorkbench, { limit }));
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }
}
