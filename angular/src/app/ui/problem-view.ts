import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApiProblem } from '@core';
import { problemKind, problemText } from './problem-text';

/** Failed, forbidden, not found: says what happened and what to do next. */
@Component({
  selector: 'ui-problem-view',
  imports: [RouterLink, TranslocoDirective],
  template: `
    <section *transloco="let t" class="card" role="alert">
      <h2>{{ t('ui.problemTitle.' + kind()) }}</h2>
      <p>{{ text() }}</p>
      <p class="quiet">{{ t('ui.problemAdvice.' + kind()) }}</p>
      <div class="button-row">
        @if (retryable()) {
          <button type="button" class="button primary" (click)="retry.emit()">{{ t('ui.retry') }}</button>
        }
        <a class="button" routerLink="/">{{ t('ui.toWorkbench') }}</a>
      </div>
      @if (problem().traceId; as traceId) {
        <p class="quiet">{{ t('ui.traceId') }} {{ traceId }}</p>
      }
    </section>
  `,
  styles: `
    section {
      display: grid;
      gap: 12px;
      max-width: 44rem;
      margin-bottom: 16px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProblemView {
  private readonly transloco = inject(TranslocoService);
  readonly problem = input.required<ApiProblem>();
  readonly retry = output();
  protected readonly kind = computed(() => problemKind(this.problem()));
  protected readonly text = computed(() => problemText(this.problem(), this.transloco));
  protected readonly retryable = computed(() => !['forbidden', 'notFound'].includes(this.kind()));
}
