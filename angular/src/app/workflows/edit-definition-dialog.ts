import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { DefinitionDto, DefinitionListItemDto } from '@api/models';
import { ApiProblem } from '@core';
import { Attempt, Busy, Conflict, ErrorSummary, Field, UiForm, UiInput } from '@ui';
import { WorkflowsApi } from './workflows-api';

/** Name of a flow of one's own, and whether regions below may have theirs; published versions stay as they are. */
@Component({
  selector: 'app-edit-definition-dialog',
  imports: [
    Busy,
    ErrorSummary,
    Field,
    MatDialogModule,
    ReactiveFormsModule,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  template: `
    <ng-container *transloco="let t">
      <h2 mat-dialog-title>{{ t('workflows.definitions.edit') }}</h2>
      <form [formGroup]="form" [uiForm]="saving.problem()" (uiSubmit)="save()">
        <mat-dialog-content>
          <ui-error-summary />
          <p class="quiet">{{ row().key }}</p>
          <ui-field
            [label]="t('workflows.definitions.name')"
            [help]="t('workflows.definitions.nameHelp')"
            [control]="form.controls.name"
          >
            <input uiInput formControlName="name" />
          </ui-field>
          <label class="check">
            <input type="checkbox" formControlName="allowsOverride" aria-describedby="override-says" />
            {{ t('workflows.definitions.allowsOverride') }}
          </label>
          <p id="override-says" class="quiet">
            @if (row().override.isForbiddenHere) {
              {{ t('workflows.definitions.forbiddenBy', { region: row().override.forbiddenBy }) }}
            } @else if (overriding()) {
              {{ t('workflows.definitions.overriding', { regions: overriding() }) }}
            } @else {
              {{ t('workflows.definitions.noneOverriding') }}
            }
          </p>
        </mat-dialog-content>
        <mat-dialog-actions align="end">
          <button type="button" class="button" mat-dialog-close>{{ t('ui.cancel') }}</button>
          <button type="submit" class="button primary" [uiBusy]="saving.running()">
            {{ t('workflows.definitions.save') }}
          </button>
        </mat-dialog-actions>
      </form>
    </ng-container>
  `,
  styles: `
    p.quiet {
      margin-bottom: 12px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EditDefinitionDialog {
  private readonly api = inject(WorkflowsApi);
  private readonly conflict = inject(Conflict);
  private readonly ref = inject<MatDialogRef<EditDefinitionDialog, DefinitionDto>>(MatDialogRef);
  private readonly transloco = inject(TranslocoService);
  /** As last read: its stamp goes with what is saved. */
  protected readonly row = signal(inject<DefinitionListItemDto>(MAT_DIALOG_DATA));
  protected readonly overriding = computed(() => this.row().override.overriding.join('、'));
  protected readonly saving = new Attempt();
  protected readonly form = new FormGroup({
    name: new FormControl(this.row().name, {
      nonNullable: true,
      validators: [Validators.required, Validators.pattern(/\S/), Validators.maxLength(200)],
    }),
    allowsOverride: new FormControl(
      // What is forbidden above cannot be allowed here.
      { value: this.row().allowsOverride, disabled: this.row().override.isForbiddenHere },
      { nonNullable: true },
    ),
  });

  protected async save(): Promise<void> {
    await this.saving.run(async () => {
      try {
        const { name, allowsOverride } = this.form.getRawValue();
        this.ref.close(await firstValueFrom(this.api.edit(this.row(), name.trim(), allowsOverride)));
      } catch (error) {
        if (!ApiProblem.from(error).isStale) {
          throw error;
        }
        await this.settle();
      }
    });
  }

  /** Somebody else saved meanwhile: both are shown, and the person says which holds. */
  private async settle(): Promise<void> {
    const theirs = await firstValueFrom(this.api.definitionRow(this.row().id));
    const mine = this.form.getRawValue();
    const text = (allows: boolean) =>
      this.transloco.translate(allows ? 'workflows.yes' : 'workflows.no') as string;
    const answer = await this.conflict.ask({
      fields: [
        {
          label: this.transloco.translate('workflows.definitions.name'),
          mine: mine.name,
          theirs: theirs.name,
        },
        {
          label: this.transloco.translate('workflows.definitions.allowsOverride'),
          mine: text(mine.allowsOverride),
          theirs: text(theirs.allowsOverride),
        },
      ],
    });
    if (answer === 'back') {
      return;
    }
    this.row.set(theirs);
    if (answer === 'theirs') {
      this.form.setValue({ name: theirs.name, allowsOverride: theirs.allowsOverride });
    } else {
      await this.save();
    }
  }
}
