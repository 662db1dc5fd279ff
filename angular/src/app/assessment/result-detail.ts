import { ChangeDetectionStrategy, Component, OnInit, inject, input, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Api } from '@api/api';
import { getAssessmentResult } from '@api/functions';
import { ResultDto } from '@api/models';
import { ApiProblem, AppDateTextPipe, AppNumberPipe } from '@core';
import { Loading, PageHeader, ProblemView, StateChip } from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';

/** One published result: total, means by indicator, comments without names. */
@Component({
  selector: 'app-result-detail',
  imports: [AppDateTextPipe, AppNumberPipe, Loading, PageHeader, ProblemView, StateChip, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (problem(); as failure) {
        <ui-problem-view [problem]="failure" (retry)="read()" />
      } @else if (result(); as r) {
        <ui-page-header [title]="r.themeTitle">
          <ui-state-chip
            uiState
            [text]="r.passed ? t('assessment.result.passed') : t('assessment.result.notPassed')"
            [tone]="r.passed ? 'good' : 'bad'"
          />
          {{ r.regionName }}
          @if (r.partName) {
            （{{ r.partName }}）
          }
          · {{ t('assessment.result.publishedOn', { date: (r.publishedAt | appDateText) }) }}
        </ui-page-header>
        <section class="card">
          <p>
            {{ t('assessment.field.total') }}
            <strong class="number">{{ r.total | appNumber: 2 }}</strong>
            （{{ t('assessment.detail.passMark', { mark: r.passMark }) }}）
          </p>
          <h2>{{ t('assessment.detail.comment') }}</h2>
          <p class="text">{{ r.comment }}</p>
        </section>
        <section class="card">
          <h2>{{ r.schemeName }} {{ t('assessment.version', { version: r.schemeVersion }) }}</h2>
          <div class="scroll" tabindex="0" role="region" [attr.aria-label]="r.schemeName">
            <table>
              <thead>
                <tr>
                  <th scope="col">{{ t('assessment.field.indicator') }}</th>
                  <th scope="col" class="number">{{ t('assessment.field.weight') }}</th>
                  <th scope="col" class="number">{{ t('assessment.field.maxPoints') }}</th>
                  <th scope="col" class="number">{{ t('assessment.field.mean') }}</th>
                  <th scope="col">{{ t('assessment.field.comments') }}</th>
                </tr>
              </thead>
              <tbody>
                @for (indicator of r.indicators; track $index) {
                  <tr>
                    <th scope="row">
                      {{ indicator.name }}
                      @if (indicator.group) {
                        <span class="quiet">{{ indicator.group }}</span>
                      }
                    </th>
                    <td class="number">{{ indicator.weight | appNumber: 2 }}</td>
                    <td class="number">{{ indicator.maxPoints | appNumber: 1 }}</td>
                    <td class="number">{{ indicator.mean | appNumber: 2 }}</td>
                    <td class="text">{{ indicator.comments.join('\\n') }}</td>
                  </tr>
                }
              </tbody>
            </table>
          </div>
        </section>
        @if (r.assessorComments.length > 0) {
          <section class="card">
            <h2>{{ t('assessment.result.assessorComments') }}</h2>
            <ul>
              @for (comment of r.assessorComments; track $index) {
                <li class="text">{{ comment }}</li>
              }
            </ul>
          </section>
        }
      } @else {
        <ui-loading [lines]="8" />
      }
    </ng-container>
  `,
  styleUrl: './assessment-detail.scss',
  styles: `
    .text {
      white-space: pre-line;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ResultDetailPage implements OnInit {
  private readonly api = inject(Api);
  private readonly breadcrumb = inject(BreadcrumbService);
  readonly id = input.required<string>();
  protected readonly result = signal<ResultDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);

  ngOnInit(): void {
    void this.read();
  }

  protected async read(): Promise<void> {
    this.problem.set(null);
    try {
      const result = await this.api.invoke(getAssessmentResult, { id: this.id() });
      this.result.set(result);
      this.breadcrumb.setLeaf(result.themeTitle);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }
}
