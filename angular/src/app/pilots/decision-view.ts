import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { SubmissionDto } from '@api/models';
import { AppDateTextPipe, AppInstantPipe } from '@core';

/** What was decided on a version: formal check, reasons by section, remark, new date. */
@Component({
  selector: 'app-decision-view',
  imports: [AppDateTextPipe, AppInstantPipe, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <p>
        {{ t('pilots.submissionStatus.' + submission().status) }} · {{ submission().decidedByName }}
        <span class="quiet">{{ submission().decidedAt | appInstant }}</span>
      </p>
      @if (submission().correctionDueOn) {
        <p>{{ t('pilots.version.correctBy') }} {{ submission().correctionDueOn | appDateText }}</p>
      }
      @if (submission().remark) {
        <p>{{ submission().remark }}</p>
      }
      @if (submission().findings.length > 0) {
        <h3>{{ t('pilots.version.findings') }}</h3>
        <ul>
          @for (finding of submission().findings; track finding.section) {
            <li>
              <strong>{{ t('pilots.section.' + finding.section) }}</strong> {{ finding.reason }}
            </li>
          }
        </ul>
      }
      <h3>{{ t('pilots.version.formalCheck') }}</h3>
      <ul>
        @for (check of submission().checks; track check.item) {
          <li>
            {{ t('pilots.check.' + check.item) }}:
            <strong>{{ t(check.passed ? 'pilots.check.passed' : 'pilots.check.failed') }}</strong>
            {{ check.remark }}
          </li>
        }
      </ul>
    </ng-container>
  `,
  styles: `
    ul {
      padding-left: 1.25em;
    }

    h3 {
      margin-top: 8px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DecisionView {
  readonly submission = input.required<SubmissionDto>();
}
