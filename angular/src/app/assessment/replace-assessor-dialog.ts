import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Api } from '@api/api';
import { replaceAssessor } from '@api/functions';
import { AssessmentDto, CandidateDto, PanelMemberDto } from '@api/models';
import { ApiProblem } from '@core';
import { Busy, problemText } from '@ui';
import { AssessorPicker } from './assessor-picker';

export interface ReplaceQuestion {
  readonly assessment: AssessmentDto;
  readonly member: PanelMemberDto;
}

/** Names somebody in the place of an assessor who withdrew. */
@Component({
  selector: 'app-replace-assessor-dialog',
  imports: [AssessorPicker, Busy, MatDialogModule, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <h2 mat-dialog-title>{{ t('assessment.panel.replace', { name: data.member.name }) }}</h2>
      <mat-dialog-content>
        <p>{{ t('assessment.panel.recusalReason', { reason: data.member.recusalReason }) }}</p>
        <app-assessor-picker
          [label]="t('assessment.panel.newcomer')"
          [assessmentId]="data.assessment.id"
          [missing]="missing()"
          [(chosen)]="chosen"
        />
        @if (refusal(); as text) {
          <p class="error" role="alert">
            <span aria-hidden="true">■</span>
            {{ text }}
          </p>
        }
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button type="button" class="button" mat-dialog-close>{{ t('assessment.cancel') }}</button>
        <button type="button" class="button primary" [uiBusy]="saving()" (click)="save()">
          {{ t('assessment.panel.replaceSubmit') }}
        </button>
      </mat-dialog-actions>
    </ng-container>
  `,
  styles: `
    .error {
      color: var(--bad);
    }

    mat-dialog-actions {
      gap: 8px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ReplaceAssessorDialog {
  private readonly api = inject(Api);
  private readonly transloco = inject(TranslocoService);
  private readonly ref = inject<MatDialogRef<ReplaceAssessorDialog, AssessmentDto>>(MatDialogRef);
  protected readonly data = inject<ReplaceQuestion>(MAT_DIALOG_DATA);
  protected readonly chosen = signal<CandidateDto | null>(null);
  protected readonly missing = signal(false);
  protected readonly saving = signal(false);
  protected readonly refusal = signal('');

  protected async save(): Promise<void> {
    const newcomer = this.chosen();
    this.missing.set(!newcomer);
    if (!newcomer) {
      return;
    }
    this.saving.set(true);
    this.refusal.set('');
    try {
      const { id, concurrencyStamp } = this.data.assessment;
      this.ref.close(
        await this.api.invoke(replaceAssessor, {
          id,
          body: { recusedId: this.data.member.assessorId, assessorId: newcomer.id, concurrencyStamp },
        }),
      );
    } catch (error) {
      this.refusal.set(problemText(ApiProblem.from(error), this.transloco));
    } finally {
      this.saving.set(false);
    }
  }
}
