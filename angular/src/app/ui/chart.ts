import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { EChartsCoreOption } from 'echarts/core';
import { NgxEchartsDirective, provideEchartsCore } from 'ngx-echarts';

export interface ChartTable {
  /** Already translated headings; the first is the row heading. */
  readonly headings: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A chart with its figures in a table beside it: who cannot see the drawing reads the same facts. */
@Component({
  selector: 'ui-chart',
  imports: [NgxEchartsDirective, TranslocoDirective],
  providers: [provideEchartsCore({ echarts: () => import('./echarts').then((m) => m.echarts) })],
  template: `
    <figure *transloco="let t">
      <figcaption>{{ caption() }}</figcaption>
      <div class="both">
        <div
          class="drawing"
          role="img"
          [attr.aria-label]="t('ui.chart.seeTable', { caption: caption() })"
          echarts
          [options]="full()"
          [initOpts]="{ renderer: 'svg' }"
          (chartClick)="chosen.emit($event)"
        ></div>
        <div class="figures" tabindex="0" role="region" [attr.aria-label]="caption()">
          <table>
            <caption class="visually-hidden">
              {{
                caption()
              }}
            </caption>
            <thead>
              <tr>
                @for (heading of table().headings; track $index; let first = $first) {
                  <th scope="col" [class.number]="!first">{{ heading }}</th>
                }
              </tr>
            </thead>
            <tbody>
              @for (row of table().rows; track $index) {
                <tr>
                  @for (value of row; track $index; let first = $first) {
                    @if (first) {
                      <th scope="row">{{ value }}</th>
                    } @else {
                      <td class="number">{{ value }}</td>
                    }
                  }
                </tr>
              }
            </tbody>
          </table>
        </div>
      </div>
    </figure>
  `,
  styles: `
    figcaption {
      margin-bottom: 8px;
      font-size: var(--text-size-section);
      font-weight: 600;
    }

    .both {
      display: grid;
      grid-template-columns: minmax(0, 3fr) minmax(12rem, 2fr);
      gap: 16px;
    }

    /* The drawing follows its frame a moment later: meanwhile it must not push the page wide. */
    .drawing {
      overflow: hidden;
      height: 20rem;
    }

    .figures {
      position: relative;
      max-height: 20rem;
      overflow: auto;
    }

    table {
      width: 100%;
      border-collapse: collapse;
    }

    th,
    td {
      padding: 4px 8px;
      border-bottom: 1px solid var(--line);
      font-weight: 400;
      text-align: left;
    }

    thead th {
      font-weight: 600;
    }

    .number {
      text-align: right;
    }

    @media (width <= 600px) {
      .both {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Chart {
  readonly caption = input.required<string>();
  readonly options = input.required<EChartsCoreOption>();
  readonly table = input.required<ChartTable>();
  readonly chosen = output<unknown>();
  protected readonly full = computed<EChartsCoreOption>(() => ({
    animation: false,
    aria: { enabled: true, decal: { show: true } },
    textStyle: { fontFamily: 'inherit' },
    ...this.options(),
  }));
}
