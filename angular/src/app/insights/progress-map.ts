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
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { DashboardAreaDto } from '@api/models/dashboard-area-dto';
import { DashboardDto } from '@api/models/dashboard-dto';
import { ApiProblem, PreferencesService } from '@core';
import { Chart, Loading } from '@ui';
import type { EChartsCoreOption } from 'echarts/core';
import { areasTable, shareText } from './dashboard-view';
import { ProvinceMaps } from './province-maps';

export type Level = 'none' | 'zero' | 'some' | 'most' | 'all';

export function levelOf(area: DashboardAreaDto): Level {
  if (area.share === null) {
    return 'none';
  }
  if (area.share >= 1) {
    return 'all';
  }
  if (area.share <= 0) {
    return 'zero';
  }
  return area.share < 0.5 ? 'some' : 'most';
}

const LEVELS: readonly Level[] = ['all', 'most', 'some', 'zero', 'none'];
/** Light to dark: told apart in grey too. */
const COLOURS: Readonly<Record<Level, string>> = {
  all: '#0b4fb3',
  most: '#6f9fe0',
  some: '#b4cdf2',
  zero: '#eef3fb',
  none: '#d9dde3',
};

/** How far each area is: on the map where there are shapes, as tiles always, with the figures beside it. */
@Component({
  selector: 'app-progress-map',
  imports: [Chart, Loading, TranslocoDirective],
  template: `
    <section *transloco="let t" class="card" aria-labelledby="map-title">
      <div class="head">
        <h2 id="map-title">{{ t('insights.map.title') }}</h2>
        @if (hasMap()) {
          <div class="button-row no-print" role="group" [attr.aria-label]="t('insights.map.form')">
            <button
              type="button"
              class="button small"
              [attr.aria-pressed]="form() === 'map'"
              (click)="chosenForm.set('map')"
            >
              {{ t('insights.map.asMap') }}
            </button>
            <button
              type="button"
              class="button small"
              [attr.aria-pressed]="form() === 'tiles'"
              (click)="chosenForm.set('tiles')"
            >
              {{ t('insights.map.asTiles') }}
            </button>
          </div>
        }
      </div>

      @if (failed()) {
        <p role="status">{{ t('insights.map.failed') }}</p>
      }
      @if (form() === 'map') {
        @if (options(); as mapOptions) {
          <ui-chart [caption]="t('insights.map.caption')" [options]="mapOptions" [table]="table()" />
        } @else {
          <ui-loading [lines]="6" />
        }
        <p class="quiet source">{{ t('insights.map.source') }}</p>
      } @else {
        <ul class="tiles" [attr.aria-label]="t('insights.map.caption')">
          @for (area of dashboard().areas; track area.regionId) {
            <li [class]="level(area)">
              <span class="name">{{ area.shortName }}</span>
              <span class="count">
                <span class="visually-hidden">{{
                  t('insights.map.tile', { submitted: area.submitted, total: area.total })
                }}</span>
                <span aria-hidden="true">{{
                  area.total === 0 ? '—' : area.submitted + '/' + area.total
                }}</span>
              </span>
            </li>
          }
        </ul>
        <p class="quiet source">{{ t('insights.map.tilesSource') }}</p>
      }
      <ul class="legend" [attr.aria-label]="t('insights.map.legend')">
        @for (entry of levels; track entry) {
          <li>
            <span class="swatch" [class]="entry" aria-hidden="true"></span>{{ t('insights.level.' + entry) }}
          </li>
        }
      </ul>
    </section>
  `,
  styles: `
    .head {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 16px;
      align-items: center;
      justify-content: space-between;
      margin-bottom: 8px;
    }

    [aria-pressed='true'] {
      border-color: var(--primary);
      background: var(--primary-pale);
      color: var(--primary-dark);
      font-weight: 600;
    }

    .tiles {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(6.5rem, 1fr));
      gap: 6px;
      padding: 0;
      list-style: none;
    }

    .tiles li {
      display: flex;
      gap: 8px;
      justify-content: space-between;
      padding: 8px 10px;
      border: 1px solid var(--line-strong);
      border-radius: var(--radius);
      color: #1b2330;
      print-color-adjust: exact;
    }

    .tiles li.all {
      color: #fff;
    }

    .name {
      font-weight: 600;
    }

    .source {
      margin-top: 8px;
    }

    .legend {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 16px;
      margin-top: 8px;
      padding: 0;
      list-style: none;
    }

    .swatch {
      display: inline-block;
      width: 0.875rem;
      height: 0.875rem;
      margin-right: 6px;
      border: 1px solid var(--line-strong);
      vertical-align: -0.1em;
      print-color-adjust: exact;
    }

    /* The same five colours as on the map (COLOURS). */
    .all {
      background: #0b4fb3;
    }

    .most {
      background: #6f9fe0;
    }

    .some {
      background: #b4cdf2;
    }

    .zero {
      background: #eef3fb;
    }

    .none {
      background: #d9dde3;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProgressMap {
  private readonly maps = inject(ProvinceMaps);
  private readonly transloco = inject(TranslocoService);
  private readonly preferences = inject(PreferencesService);
  private readonly textsOf = toSignal(this.transloco.langChanges$);

  readonly dashboard = input.required<DashboardDto>();

  protected readonly chosenForm = signal<'map' | 'tiles'>('map');
  protected readonly failed = signal(false);
  private readonly mapName = signal<string | null>(null);
  protected readonly levels = LEVELS;
  protected readonly hasMap = computed(() => this.maps.has(this.dashboard().mapAdcode) && !this.failed());
  protected readonly form = computed(() => (this.hasMap() ? this.chosenForm() : 'tiles'));
  protected readonly table = computed(() => {
    this.textsOf();
    return areasTable(
      this.dashboard(),
      (key, values) => this.transloco.translate(key, values),
      this.preferences.language(),
    );
  });
  protected readonly options = computed<EChartsCoreOption | null>(() => {
    const map = this.mapName();
    this.textsOf();
    return map === null ? null : this.optionsOf(map);
  });

  constructor() {
    effect(() => {
      const { mapAdcode, areas } = this.dashboard();
      untracked(() => void this.load(mapAdcode, areas));
    });
  }

  protected level(area: DashboardAreaDto): Level {
    return levelOf(area);
  }

  private async load(adcode: string | null, areas: readonly DashboardAreaDto[]): Promise<void> {
    this.mapName.set(null);
    this.failed.set(false);
    if (!this.maps.has(adcode)) {
      return;
    }
    try {
      this.mapName.set(await this.maps.register(adcode, areas));
    } catch (error) {
      // Only a file that cannot be had is replaced by the tiles; a defect shows.
      if (!(error instanceof ApiProblem)) {
        throw error;
      }
      this.failed.set(true);
    }
  }

  private optionsOf(map: string): EChartsCoreOption {
    const caption = this.transloco.translate('insights.map.caption');
    return {
      // The decals of the other charts would hide what the shade says.
      aria: {
        enabled: true,
        decal: { show: false },
        label: { description: this.transloco.translate('ui.chart.seeTable', { caption }) },
      },
      series: [
        {
          type: 'map',
          map,
          roam: false,
          selectedMode: false,
          emphasis: { disabled: true },
          itemStyle: { areaColor: COLOURS.none, borderColor: '#76808f' },
          label: { show: true, fontSize: 11, color: '#1b2330' },
          data: this.dashboard().areas.map((area) => {
            const level = levelOf(area);
            return {
              name: area.shortName,
              value: area.share ?? undefined,
              itemStyle: { areaColor: COLOURS[level] },
              label: {
                color: level === 'all' ? '#fff' : '#1b2330',
                formatter:
                  area.share === null
                    ? area.shortName
                    : `${area.shortName} ${shareText(area.share, this.preferences.language())}`,
              },
            };
          }),
        },
      ],
    };
  }
}
