import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router } from '@angular/router';
import { Api } from '@api/api';
import { listProgrammeTemplates } from '@api/fn/programme-templates/list-programme-templates';
import { startFromTemplate } from '@api/fn/programme-templates/start-from-template';
import { discardProgrammeTemplate } from '@api/fn/programme-templates/discard-programme-template';
import { createNotice } from '@api/fn/notices/create-notice';
import { uploadNotice } from '@api/fn/notices/upload-notice';
import { NoticeDto } from '@api/models/notice-dto';
import { TemplateListItemDto } from '@api/models/template-list-item-dto';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApiProblem, AppInstantPipe } from '@core';
import { Busy, Confirm, ErrorSummary, Field, PageHeader, ProblemView, Toast, UiForm, UiInput } from '@ui';

const LARGEST = 5 * 1024 * 1024;

/** A notice comes in: pasted, or as a text file. What cannot be read is said here, with how to mend it. */
@Component({
  selector: 'app-notice-start',
  imports: [
    AppInstantPipe,
    Busy,
    ErrorSummary,
    Field,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
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
          <input
            uiInput
            type="file"
            accept=".txt,.html,.htm,.docx,.doc,.wps,.rtf,.odt,.pdf"
            (change)="choose($event)"
          />
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
      @if (templatesProblem(); as problem) {
        <ui-problem-view [problem]="problem" (retry)="loadTemplates()" />
      }
      @if (templates().length > 0) {
        <section class="card" aria-labelledby="templates-title">
          <h2 id="templates-title">{{ t('programmes.start.templates') }}</h2>
          <p class="quiet">{{ t('programmes.start.templatesText') }}</p>
          <ul class="templates">
            @for (template of templates(); track template.id) {
              <li>
                <span>
                  <strong>{{ template.name }}</strong>
                  <span class="quiet">{{
                    t('programmes.start.templateShare', {
                      count: template.themeCount,
                      by: template.madeBy,
                      at: (template.createdAt | appInstant),
                    })
                  }}</span>
                </span>
                <span class="button-row">
                  <label>
                    {{ t('programmes.start.templateDate') }}
                    <input #date class="control" type="date" />
                  </label>
                  <button
                    type="button"
                    class="button"
                    [attr.aria-label]="t('programmes.start.fromTemplateNamed', { name: template.name })"
                    (click)="start(template, date.value)"
                  >
                    {{ t('programmes.start.fromTemplate') }}
                  </button>
                  <button
                    type="button"
                    class="button danger"
                    [attr.aria-label]="t('programmes.start.discardTemplateNamed', { name: template.name })"
                    (click)="discard(template)"
                  >
                    {{ t('programmes.start.discardTemplate') }}
                  </button>
                </span>
              </li>
            }
          </ul>
        </section>
      }
    </ng-container>
  `,
  styles: `
    .templates {
      display: grid;
      gap: 12px;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    .templates li {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 16px;
      align-items: end;
      justify-content: space-between;
    }

    .templates .control {
      width: auto;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NoticeStartPage {
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly router = inject(Router);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  protected readonly templates = signal<readonly TemplateListItemDto[]>([]);
  protected readonly templatesProblem = signal<ApiProblem | null>(null);
  protected readonly file = signal<File | null>(null);
  protected readonly tooLarge = signal(false);
  protected readonly reading = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly form = new FormGroup({
    text: new FormControl('', { nonNullable: true, validators: Validators.required }),
  });
  private done = false;

  constructor() {
    void this.loadTemplates();
  }

  hasUnsavedChanges(): boolean {
    return !this.done && this.form.controls.text.value.trim() !== '';
  }

  protected async loadTemplates(): Promise<void> {
    this.templatesProblem.set(null);
    try {
      this.templates.set((await this.api.invoke(listProgrammeTemplates, { maxResultCount: 50 })).items);
    } catch (error) {
      this.templatesProblem.set(ApiProblem.from(error));
    }
  }

  protected async start(template: TemplateListItemDto, date: string): Promise<void> {
    try {
      const draft = await this.api.invoke(startFromTemplate, {
        id: template.id,
        body: { issueDate: date || null },
      });
      this.done = true;
      await this.router.navigate(['/programmes/notices', draft.id], { replaceUrl: true });
    } catch (error) {
      this.toast.failure(error);
    }
  }

  protected async discard(template: TemplateListItemDto): Promise<void> {
    const yes = await this.confirm.ask({
      title: this.transloco.translate('programmes.start.discardTemplateNamed', { name: template.name }),
      message: this.transloco.translate('programmes.start.discardTemplateText'),
      confirmLabel: this.transloco.translate('programmes.start.discardTemplate'),
      danger: true,
    });
    if (!yes) {
      return;
    }
    try {
      await this.api.invoke(discardProgrammeTemplate, {
        id: template.id,
        body: { concurrencyStamp: template.concurrencyStamp },
      });
      await this.loadTemplates();
    } catch (error) {
      this.toast.failure(error);
    }
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
