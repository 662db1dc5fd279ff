import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router } from '@angular/router';
import { Api } from '@api/api';
import { createNotice } from '@api/fn/notices/create-notice';
import { uploadNotice } from '@api/fn/notices/upload-notice';
import { NoticeDto } from '@api/models/notice-dto';
import { TranslocoDirective } from '@jsverse/transloco';
import { ApiProblem } from '@core';
import { Busy, ErrorSummary, Field, PageHeader, UiForm, UiInput } from '@ui';

const LARGEST = 5 * 1024 * 1024;

/** A notice comes in: pasted, or as a text file. What cannot be read is said here, with how to mend it. */
@Component({
  selector: 'app-notice-start',
  imports: [Busy, ErrorSummary, Field, PageHeader, ReactiveFormsModule, TranslocoDirective, UiForm, UiInput],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('programmes.start.title')">
        <p class="quiet">{{ t('programmes.start.text') }}</p>
      </ui-page-header>
      <form [formGroup]="form" [uiForm]="problem()" (uiSubmit)="read()">
        <ui-error-summary />
        <ui-field
          [label]="t('programmes.start.file')"
          [help]="tooLarge() ? t('programmes.start.tooLarge') : t('programmes.start.fileHelp')"
          optional
        >
          <input uiInput type="file" accept=".txt,text/plain" (change)="choose($event)" />
        </ui-field>
        @if (!file()) {
          <ui-field class="wide" [label]="t('programmes.start.paste')" [control]="form.controls.text">
            <textarea uiInput rows="16" formControlName="text"></textarea>
          </ui-field>
        }
        <button type="submit" class="button primary" [uiBusy]="reading()">
          {{ reading() ? t('programmes.start.reading') : t('programmes.start.read') }}
        </button>
      </form>
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NoticeStartPage {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  protected readonly file = signal<File | null>(null);
  protected readonly tooLarge = signal(false);
  protected readonly reading = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly form = new FormGroup({
    text: new FormControl('', { nonNullable: true, validators: Validators.required }),
  });
  private done = false;

  hasUnsavedChanges(): boolean {
    return !this.done && this.form.controls.text.value.trim() !== '';
  }

  protected choose(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0] ?? null;
    this.tooLarge.set((file?.size ?? 0) > LARGEST);
    if (file && file.size > LARGEST) {
      input.value = '';
      this.file.set(null);
    } else {
      this.file.set(file);
    }
    // A file stands in for the text.
    const text = this.form.controls.text;
    text.setValidators(this.file() ? null : Validators.required);
    text.updateValueAndValidity();
  }

  protected async read(): Promise<void> {
    this.reading.set(true);
    this.problem.set(null);
    try {
      const notice = await this.send();
      this.done = true;
      await this.router.navigate(['/programmes/notices', notice.id], { replaceUrl: true });
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    } finally {
      this.reading.set(false);
    }
  }

  private send(): Promise<NoticeDto> {
    const file = this.file();
    return file
      ? this.api.invoke(uploadNotice, { body: { file } })
      : this.api.invoke(createNotice, { body: { text: this.form.controls.text.value } });
  }
}
