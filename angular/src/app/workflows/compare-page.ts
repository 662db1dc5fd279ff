import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ComparisonDto, DifferenceDto, ModelChangeKind } from '@api/models';
import { ApiProblem } from '@core';
import { EmptyState, Loading, PageHeader, ProblemView, StateChip, Tone } from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { assigneeWords } from './assignee-words';
import { FlowPicture } from './flow/flow-picture';
import { MarkTone, PictureMark } from './flow/picture-drawing';
import { WorkflowsApi } from './workflows-api';

const MARKS: Readonly<Record<ModelChangeKind, MarkTone>> = {
  Added: 'added',
  Removed: 'removed',
  Changed: 'changed',
};

const CHIPS: Readonly<Record<ModelChangeKind, Tone>> = {
  Added: 'good',
  Removed: 'bad',
  Changed: 'attention',
};

/** Two versions side by side, with what is new, gone or different in both pictures and in a table. */
@Component({
  selector: 'app-compare-page',
  imports: [EmptyState, FlowPicture, Loading, PageHeader, ProblemView, StateChip, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (problem(); as failed) {
        <ui-problem-view [problem]="failed" (retry)="load()" />
      } @else if (comparison(); as comparison) {
        <ui-page-header [title]="t('workflows.compare.heading', { name: comparison.after.name })">
          <p class="quiet">{{ t('workflows.compare.text', { count: comparison.differences.length }) }}</p>
        </ui-page-header>
        <div class="pictures">
          <section class="card">
            <h2>
              {{ t('workflows.compare.before') }}
              {{
                comparison.before.number
                  ? t('workflows.panel.version', { version: comparison.before.number })
                  : t('workflows.versionStatus.Draft')
              }}
            </h2>
            <app-flow-picture
              plain
              [xml]="comparison.before.xml"
              [caption]="comparison.before.name"
              [marks]="before()"
            />
          </section>
          <section class="card">
            <h2>
              {{ t('workflows.compare.after') }}
              {{
                comparison.after.number
                  ? t('workflows.panel.version', { version: comparison.after.number })
                  : t('workflows.versionStatus.Draft')
              }}
            </h2>
            <app-flow-picture
              plain
              [xml]="comparison.after.xml"
              [caption]="comparison.after.name"
              [marks]="after()"
            />
          </section>
        </div>
        <section class="card">
          <h2>{{ t('workflows.compare.changes') }}</h2>
          @if (comparison.differences.length === 0) {
            <ui-empty-state [title]="t('workflows.compare.same')" [text]="t('workflows.compare.sameText')" />
          } @else {
            <div class="scroll" tabindex="0" role="region" [attr.aria-label]="t('workflows.compare.changes')">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{{ t('workflows.compare.element') }}</th>
                    <th scope="col">{{ t('workflows.compare.kind') }}</th>
                    <th scope="col">{{ t('workflows.compare.property') }}</th>
                    <th scope="col">{{ t('workflows.compare.before') }}</th>
                    <th scope="col">{{ t('workflows.compare.after') }}</th>
                  </tr>
                </thead>
                <tbody>
                  @for (change of comparison.differences; track change.elementId) {
                    @for (row of rowsOf(change); track $index; let first = $first) {
                      <tr>
                        @if (first) {
                          <th scope="rowgroup" [attr.rowspan]="rowsOf(change).length">
                            {{ change.name || change.elementId }}
                            <div class="quiet">{{ typeOf(change.elementType, t) }}</div>
                          </th>
                          <td [attr.rowspan]="rowsOf(change).length">
                            <ui-state-chip
                              [text]="t('workflows.change.' + change.kind)"
                              [tone]="chips[change.kind]"
                            />
                          </td>
                        }
                        <td>{{ row ? propertyOf(row.property, t) : '—' }}</td>
                        <td>{{ valueOf(row?.property, row?.before) }}</td>
                        <td>{{ valueOf(row?.property, row?.after) }}</td>
                      </tr>
                    }
                  }
                </tbody>
              </table>
            </div>
          }
        </section>
      } @else {
        <ui-loading [lines]="8" />
      }
    </ng-container>
  `,
  styles: `
    .pictures {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(32rem, 100%), 1fr));
      gap: 12px;
      margin-bottom: 12px;
    }

    .pictures .card {
      min-width: 0;
      margin: 0;
    }

    .scroll {
      overflow-x: auto;
    }

    table {
      width: 100%;
      border-collapse: collapse;
    }

    th,
    td {
      padding: 6px 8px;
      border-bottom: 1px solid var(--line);
      text-align: left;
      vertical-align: top;
      overflow-wrap: anywhere;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ComparePage {
  private readonly api = inject(WorkflowsApi);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly transloco = inject(TranslocoService);
  readonly id = input.required<string>();
  /** The older version: `?with=`. */
  readonly with = input.required<string>();

  protected readonly comparison = signal<ComparisonDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly chips = CHIPS;
  protected readonly before = computed(() => this.marks('Added'));
  protected readonly after = computed(() => this.marks('Removed'));

  constructor() {
    effect(() => {
      this.id();
      this.with();
      this.load();
    });
  }

  protected load(): void {
    this.problem.set(null);
    this.api.compare(this.id(), this.with()).subscribe({
      next: (comparison) => {
        this.comparison.set(comparison);
        this.breadcrumb.setLeaf(comparison.after.name);
      },
      error: (error: unknown) => {
        this.problem.set(ApiProblem.from(error));
      },
    });
  }

  protected rowsOf(change: DifferenceDto) {
    return change.properties.length > 0 ? change.properties : [null];
  }

  protected typeOf(type: string, t: (key: string) => string): string {
    return type === 'variable' ? t('workflows.compare.variable') : t(`workflows.type.${type}`);
  }

  /** `form.decision` is the field of that name; what has no word of its own is shown as it is. */
  protected propertyOf(property: string, t: (key: string) => string): string {
    const name = property.startsWith('form.') ? 'form' : property.replace('.', '-');
    const text = t(`workflows.property.${name}`);
    const field = property.startsWith('form.') ? ` ${property.slice(5)}` : '';
    return (text === `workflows.property.${name}` ? property : text) + field;
  }

  protected valueOf(property: string | undefined, value: string | null | undefined): string {
    return property === 'assignee' && value ? assigneeWords(value, this.transloco) : (value ?? '—');
  }

  private marks(without: ModelChangeKind): PictureMark[] {
    return (this.comparison()?.differences ?? [])
      .filter((change) => change.kind !== without)
      .map((change) => ({ elementId: change.elementId, tone: MARKS[change.kind] }));
  }
}
