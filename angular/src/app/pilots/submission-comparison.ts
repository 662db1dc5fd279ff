import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { SubmissionComparisonDto } from '@api/models';
import { DiffView } from '@ui';
import { FileList } from './file-list';

/** A version's sections beside what was asked for, with what changed since the version before it. */
@Component({
  selector: 'app-submission-comparison',
  imports: [DiffView, FileList, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (comparison().previousVersion; as previous) {
        <p class="quiet">{{ t('pilots.version.comparedWith', { version: previous }) }}</p>
      }
      @for (section of comparison().sections; track section.section) {
        <section class="section">
          <h3>
            {{ t('pilots.section.' + section.section) }}
            @if (comparison().previousVersion) {
              <span class="quiet">{{
                t(section.isChanged ? 'pilots.version.changed' : 'pilots.version.unchanged')
              }}</span>
            }
          </h3>
          @if (section.reason) {
            <p class="reason">
              <strong>{{ t('pilots.version.asked') }}</strong> {{ section.reason }}
            </p>
          }
          @if (comparison().previousVersion && section.isChanged) {
            <ui-diff-view [before]="section.before" [after]="section.after" />
          } @else if (section.after) {
            <p class="text">{{ section.after }}</p>
          } @else {
            <p class="quiet">{{ t('pilots.version.blank') }}</p>
          }
        </section>
      }
      <section class="section">
        <h3>{{ t('pilots.section.Attachments') }}</h3>
        @if (comparison().attachmentsReason; as reason) {
          <p class="reason">
            <strong>{{ t('pilots.version.asked') }}</strong> {{ reason }}
          </p>
        }
        @if (comparison().previousVersion) {
          @if (comparison().addedFiles.length > 0) {
            <h4>{{ t('pilots.version.addedFiles') }}</h4>
            <app-file-list [files]="comparison().addedFiles" />
          }
          @if (comparison().removedFiles.length > 0) {
            <h4>{{ t('pilots.version.removedFiles') }}</h4>
            <app-file-list [files]="comparison().removedFiles" />
          }
          @if (comparison().keptFiles.length > 0) {
            <h4>{{ t('pilots.version.keptFiles') }}</h4>
            <app-file-list [files]="comparison().keptFiles" />
          }
        } @else {
          <app-file-list [files]="comparison().addedFiles" />
        }
      </section>
    </ng-container>
  `,
  styles: `
    .section {
      margin-bottom: 16px;
    }

    .text {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }

    .reason {
      margin: 4px 0;
      padding: 4px 12px;
      border-left: 4px solid var(--attention);
      background: var(--attention-pale);
    }

    h4 {
      margin-top: 8px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SubmissionComparison {
  readonly comparison = input.required<SubmissionComparisonDto>();
}
