import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Api } from '@api/api';
import { listMyScoreSheets } from '@api/functions';
import { MySheetDto } from '@api/models';
import { ApiProblem, AppDatePipe } from '@core';
import { EmptyState, Loading, PageHeader, ProblemView, StateChip } from '@ui';

/** An assessor's own sheets, open ones first. */
@Component({
  selector: 'app-my-sheets',
  imports: [
    AppDatePipe,
    EmptyState,
    Loading,
    PageHeader,
    ProblemView,
    RouterLink,
    StateChip,
    TranslocoDirective,
  ],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('assessment.my.title')">{{ t('assessment.my.subtitle') }}</ui-page-header>
      @if (problem(); as failure) {
        <ui-problem-view [problem]="failure" (retry)="read()" />
      } @else if (sheets(); as list) {
        @if (list.length === 0) {
          <ui-empty-state [title]="t('assessment.my.empty')" [text]="t('assessment.my.emptyText')" />
        }
        <ul>
          @for (sheet of list; track sheet.id) {
            <li class="card">
              <h2>
                <a [routerLink]="['/assessment/sheets', sheet.id]">{{ sheet.themeTitle }}</a>
              </h2>
              <ui-state-chip
                [text]="sheet.isSubmitted ? t('assessment.my.submitted') : t('assessment.my.open')"
                [tone]="sheet.isSubmitted ? 'good' : 'attention'"
              />
              <p>
                {{ sheet.regionName }}
                @if (sheet.partName) {
                  （{{ sheet.partName }}）
                }
              </p>
              <p class="quiet">
                {{ t('assessment.my.progress', { scored: sheet.scored, all: sheet.indicators }) }}
                @if (sheet.dueOn) {
                  · {{ t('assessment.field.dueOn') }} {{ sheet.dueOn | appDate }}
                }
              </p>
            </li>
          }
        </ul>
      } @else {
        <ui-loading [lines]="6" />
      }
    </ng-container>
  `,
  styles: `
    ul {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr));
      gap: 16px;
      padding: 0;
      list-style: none;
    }

    li {
      display: grid;
      gap: 8px;
      justify-items: start;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MySheetsPage {
  private readonly api = inject(Api);
  protected readonly sheets = signal<readonly MySheetDto[] | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);

  constructor() {
    void this.read();
  }

  protected async read(): Promise<void> {
    this.problem.set(null);
    try {
      this.sheets.set(await this.api.invoke(listMyScoreSheets, {}));
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }
}
