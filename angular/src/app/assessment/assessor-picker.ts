import { ChangeDetectionStrategy, Component, OnInit, inject, input, model, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Api } from '@api/api';
import { listAssessorCandidates } from '@api/functions';
import { CandidateDto } from '@api/models';
import { ApiProblem } from '@core';
import { Loading, ProblemView } from '@ui';

let nextId = 0;

/** One assessor who joins a panel. Those who cannot stay in sight, with the reason. */
@Component({
  selector: 'app-assessor-picker',
  imports: [Loading, ProblemView, TranslocoDirective],
  template: `
    <fieldset *transloco="let t" [attr.aria-describedby]="missing() ? id + '-error' : null">
      <legend>{{ label() }}</legend>
      @if (problem(); as failure) {
        <ui-problem-view [problem]="failure" (retry)="read()" />
      } @else if (candidates(); as people) {
        @for (person of people; track person.id) {
          <label class="check">
            <input
              type="radio"
              [attr.name]="id"
              [checked]="chosen()?.id === person.id"
              [disabled]="person.hasConflict || person.isOnPanel"
              (change)="chosen.set(person)"
            />
            <span>
              {{ person.name }}
              <span class="quiet">
                @if (person.isOnPanel) {
                  {{ t('assessment.panel.onPanel') }}
                } @else if (person.hasConflict) {
                  {{ t('assessment.panel.conflict') }}
                } @else {
                  {{ t('assessment.panel.openSheets', { count: person.openSheets }) }}
                }
              </span>
            </span>
          </label>
        } @empty {
          <p>{{ t('assessment.panel.noCandidates') }}</p>
        }
      } @else {
        <ui-loading [lines]="3" />
      }
      @if (missing()) {
        <p class="error" role="alert" [id]="id + '-error'">
          <span aria-hidden="true">■</span>
          {{ t('assessment.panel.chooseOne') }}
        </p>
      }
    </fieldset>
  `,
  styles: `
    fieldset {
      max-width: 40rem;
      margin: 0 0 16px;
    }

    legend {
      font-weight: 600;
    }

    .error {
      margin-top: 4px;
      color: var(--bad);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AssessorPicker implements OnInit {
  private readonly api = inject(Api);
  /** Already translated. */
  readonly label = input.required<string>();
  readonly assessmentId = input.required<string>();
  /** Says that somebody must be chosen. */
  readonly missing = input(false);
  readonly chosen = model<CandidateDto | null>(null);
  protected readonly id = `assessor-${++nextId}`;
  protected readonly candidates = signal<readonly CandidateDto[] | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);

  ngOnInit(): void {
    void this.read();
  }

  protected async read(): Promise<void> {
    this.problem.set(null);
    try {
      this.candidates.set(await this.api.invoke(listAssessorCandidates, { id: this.assessmentId() }));
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }
}
