import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Api } from '@api/api';
import { getDashboard } from '@api/fn/insights/get-dashboard';
import { listDashboardProgrammes } from '@api/fn/insights/list-dashboard-programmes';
import { DashboardDto } from '@api/models/dashboard-dto';
import { DashboardPilotDto } from '@api/models/dashboard-pilot-dto';
import { DashboardProgrammeDto } from '@api/models/dashboard-programme-dto';
import {
  ApiProblem,
  AppCountPipe,
  AppDatePipe,
  AppDateTextPipe,
  HasPermission,
  PreferencesService,
  formatDate,
} from '@core';
import {
  Chart,
  Definition,
  DefinitionList,
  EmptyState,
  Loading,
  Matrix,
  MatrixCard,
  PageHeader,
  ProblemView,
  StatusLight,
  UiMatrixCard,
} from '@ui';
import {
  LIGHTS,
  factsOf,
  lightsOptions,
  lightsTable,
  matrixOf,
  preferredOf,
  shareText,
} from './dashboard-view';
import { ProgressMap } from './progress-map';

/** 驾驶舱: one programme at a glance. The programme is part of the address, so that a link reproduces the view. */
@Component({
  selector: 'app-dashboard',
  imports: [
    AppCountPipe,
    AppDatePipe,
    AppDateTextPipe,
    Chart,
    DefinitionList,
    EmptyState,
    HasPermission,
    Loading,
    Matrix,
    PageHeader,
    ProblemView,
    ProgressMap,
    RouterLink,
    StatusLight,
    TranslocoDirective,
    UiMatrixCard,
  ],
  templateUrl: './dashboard.html',
  styleUrl: './dashboard.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DashboardPage {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly transloco = inject(TranslocoService);
  private readonly preferences = inject(PreferencesService);
  /** Read by what translates in code, so that it follows a change of language. */
  private readonly textsOf = toSignal(this.transloco.langChanges$);
  private asked = 0;

  /** `?programme=` of the address. */
  readonly programme = input<string>();

  protected readonly programmes = signal<readonly DashboardProgrammeDto[] | null>(null);
  protected readonly dashboard = signal<DashboardDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly chosen = computed(
    () => this.programme() ?? preferredOf(this.programmes() ?? [], formatDate(new Date()))?.id ?? null,
  );
  protected readonly lights = LIGHTS;

  protected readonly matrix = computed(() => this.translated((dashboard, t) => matrixOf(dashboard, t)));
  protected readonly lightsOptions = computed(() =>
    this.translated((dashboard, t) => lightsOptions(dashboard, t)),
  );
  protected readonly lightsTable = computed(() =>
    this.translated((dashboard, t) => lightsTable(dashboard, t)),
  );
  protected readonly onTime = computed(() =>
    shareText(this.dashboard()?.timeliness.rate ?? null, this.preferences.language()),
  );
  protected readonly submitted = computed(() => this.sumOfAreas((area) => area.submitted));
  /** Of the columns: a county's pilot counts for the county. */
  protected readonly regionsWithPilots = computed(
    () => this.dashboard()?.regions.filter((region) => region.totals.total > 0).length ?? 0,
  );

  constructor() {
    void this.loadProgrammes();
    effect(() => {
      const id = this.chosen();
      if (id !== null) {
        untracked(() => void this.loadDashboard(id));
      }
    });
  }

  protected choose(event: Event): void {
    const programme = (event.target as HTMLSelectElement).value;
    void this.router.navigate([], { queryParams: { programme }, queryParamsHandling: 'merge' });
  }

  protected retry(): void {
    this.problem.set(null);
    const id = this.chosen();
    if (this.programmes() === null) {
      void this.loadProgrammes();
    }
    if (id !== null) {
      void this.loadDashboard(id);
    }
  }

  protected print(): void {
    window.print();
  }

  protected pilotsAt(card: MatrixCard): readonly DashboardPilotDto[] {
    const cell = this.dashboard()?.cells.find(
      (candidate) => candidate.themeId === card.row.id && candidate.regionId === card.column.id,
    );
    return cell?.pilots ?? [];
  }

  protected factsOf(pilot: DashboardPilotDto): Definition[] {
    return factsOf(
      pilot,
      (key, values) => this.transloco.translate(key, values),
      this.preferences.language(),
    );
  }

  private translated<T>(
    view: (dashboard: DashboardDto, t: (key: string, values?: Record<string, unknown>) => string) => T,
  ): T | null {
    this.textsOf();
    const dashboard = this.dashboard();
    return dashboard === null
      ? null
      : view(dashboard, (key, values) => this.transloco.translate(key, values));
  }

  private sumOfAreas(count: (area: DashboardDto['areas'][number]) => number): number {
    return this.dashboard()?.areas.reduce((sum, area) => sum + count(area), 0) ?? 0;
  }

  private async loadProgrammes(): Promise<void> {
    try {
      this.programmes.set(await this.api.invoke(listDashboardProgrammes, {}));
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  private async loadDashboard(programmeId: string): Promise<void> {
    // Somebody may choose the next programme before this one has arrived: the last choice wins.
    const turn = ++this.asked;
    this.problem.set(null);
    this.dashboard.set(null);
    try {
      const dashboard = await this.api.invoke(getDashboard, { programmeId });
      if (turn === this.asked) {
        this.dashboard.set(dashboard);
      }
    } catch (error) {
      if (turn === this.asked) {
        this.problem.set(ApiProblem.from(error));
      }
    }
  }
}
