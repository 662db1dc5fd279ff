import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { FormControl, ReactiveFormsModule } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import { Api } from '@api/api';
import { applyNoticeRevision } from '@api/fn/notices/apply-notice-revision';
import { compareNoticeRevision } from '@api/fn/notices/compare-notice-revision';
import { dropNoticeRevision } from '@api/fn/notices/drop-notice-revision';
import { getNotice } from '@api/fn/notices/get-notice';
import { getNoticeRevision } from '@api/fn/notices/get-notice-revision';
import { uploadNoticeRevision } from '@api/fn/notices/upload-notice-revision';
import { NoticeDifferenceDto } from '@api/models/notice-difference-dto';
import { NoticeRevisionDto } from '@api/models/notice-revision-dto';
import { RevisionChoice } from '@api/models/revision-choice';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApiProblem } from '@core';
import { Busy, DiffView, EmptyState, Loading, PageHeader, ProblemView, StateChip, Toast, UiInput } from '@ui';
import { chosenFor } from './notice-state';

/** A corrected notice beside the draft: every difference is taken over or left, hand edits stay unless chosen otherwise. */
@Component({
  selector: 'app-notice-revision',
  imports: [
    Busy,
    DiffView,
    EmptyState,
    Loading,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    RouterLink,
    StateChip,
    TranslocoDirective,
    UiInput,
  ],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('programmes.revision.title')">
        <p class="quiet">{{ t('programmes.revision.text') }}</p>
      </ui-page-header>
      @if (problem(); as problem) {
        <ui-problem-view [problem]="problem" (retry)="open()" />
      } @else if (!ready()) {
        <ui-loading [lines]="6" />
      } @else if (revision(); as revision) {
        @if (revision.differences.length === 0) {
          <ui-empty-state
            [title]="t('programmes.revision.none')"
            [text]="t('programmes.revision.noneText')"
          />
        } @else {
          <p role="status">
            {{
              t('programmes.revision.count', {
                count: revision.differences.length,
                questions: revision.newQuestions,
              })
            }}
          </p>
          <ol class="differences">
            @for (difference of revision.differences; track difference.key) {
              <li class="card">
                <fieldset>
                  <legend>
                    {{ difference.themeTitle ?? t('programmes.revision.head') }} ·
                    {{ t('programmes.revision.field.' + difference.field) }}
                    <ui-state-chip
                      [text]="t('programmes.revision.kind.' + difference.kind)"
                      [tone]="difference.kind === 'Removed' ? 'attention' : 'neutral'"
                    />
                    @if (difference.editedByHand) {
                      <ui-state-chip [text]="t('programmes.revision.edited')" tone="attention" />
                    }
                  </legend>
                  <ui-diff-view [before]="difference.before ?? ''" [after]="difference.after ?? ''" />
                  @if (difference.editedByHand) {
                    <p>
                      <strong>{{ t('programmes.revision.mine') }}</strong>
                      {{ difference.mine || t('programmes.revision.leftOut') }}
                    </p>
                  }
                  <label class="check">
                    <input
                      type="radio"
                      [name]="difference.key"
                      [checked]="choiceOf(difference) === 'Revised'"
                      (change)="choose(difference, 'Revised')"
                    />
                    {{ t('programmes.revision.take') }}
                  </label>
                  <label class="check">
                    <input
                      type="radio"
                      [name]="difference.key"
                      [checked]="choiceOf(difference) === 'Kept'"
                      (change)="choose(difference, 'Kept')"
                    />
                    {{ t('programmes.revision.keep') }}
                  </label>
                </fieldset>
              </li>
            }
          </ol>
        }
        <div class="button-row">
          <button type="button" class="button primary" [uiAction]="apply">
            {{
              t('programmes.revision.apply', { taken: taken(), kept: revision.differences.length - taken() })
            }}
          </button>
          <button type="button" class="button" [uiAction]="drop">{{ t('programmes.revision.drop') }}</button>
        </div>
      } @else {
        <section class="card stack">
          @if (refusal(); as refusal) {
            <p role="alert" class="refusal">{{ refusal.title }}</p>
          }
          <label>
            {{ t('programmes.start.file') }}
            <input #file class="control" type="file" [accept]="accept" />
          </label>
          <label>
            {{ t('programmes.start.paste') }}
            <textarea uiInput class="control" rows="12" [formControl]="text"></textarea>
          </label>
          <div class="button-row">
            <button
              type="button"
              class="button primary"
              [uiBusy]="reading()"
              (click)="compare(file.files?.[0] ?? null)"
            >
              {{ t('programmes.revision.compare') }}
            </button>
            <a class="button" [routerLink]="['/programmes/notices', id()]">{{
              t('programmes.revision.back')
            }}</a>
          </div>
        </section>
      }
    </ng-container>
  `,
  styles: `
    .differences {
      display: grid;
      gap: 12px;
      margin: 12px 0;
      padding: 0;
      list-style: none;
    }

    fieldset {
      display: grid;
      gap: 8px;
      min-width: 0;
      margin: 0;
      padding: 0;
      border: 0;
    }

    legend {
      font-weight: 600;
    }

    .refusal {
      color: var(--bad);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NoticeRevisionPage {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  readonly id = input.required<string>();
  protected readonly ready = signal(false);
  protected readonly reading = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);
  /** Why the corrected notice could not be read. */
  protected readonly refusal = signal<ApiProblem | null>(null);
  protected readonly revision = signal<NoticeRevisionDto | null>(null);
  protected readonly choices = signal<Readonly<Record<string, RevisionChoice>>>({});
  protected readonly text = new FormControl('', { nonNullable: true });
  protected readonly accept = '.txt,.html,.htm,.docx,.doc,.wps,.rtf,.odt,.pdf';
  protected readonly taken = computed(
    () =>
      chosenFor(this.revision()?.differences ?? [], this.choices()).filter((c) => c.choice === 'Revised')
        .length,
  );

  constructor() {
    effect(() => {
      this.id();
      untracked(() => void this.open());
    });
  }

  hasUnsavedChanges(): boolean {
    return Object.keys(this.choices()).length > 0 || this.text.value.trim() !== '';
  }

  protected async open(): Promise<void> {
    this.problem.set(null);
    try {
      const notice = await this.api.invoke(getNotice, { id: this.id() });
      if (notice.hasRevision) {
        this.revision.set(await this.api.invoke(getNoticeRevision, { id: this.id() }));
      }
      this.ready.set(true);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected choiceOf(difference: NoticeDifferenceDto): RevisionChoice {
    return this.choices()[difference.key] ?? difference.suggested;
  }

  protected choose(difference: NoticeDifferenceDto, choice: RevisionChoice): void {
    this.choices.update((choices) => ({ ...choices, [difference.key]: choice }));
  }

  protected async compare(file: File | null): Promise<void> {
    this.refusal.set(null);
    this.reading.set(true);
    try {
      this.revision.set(
        file
          ? await this.api.invoke(uploadNoticeRevision, { id: this.id(), body: { file } })
          : await this.api.invoke(compareNoticeRevision, { id: this.id(), body: { text: this.text.value } }),
      );
      this.text.reset();
    } catch (error) {
      this.refusal.set(ApiProblem.from(error));
    } finally {
      this.reading.set(false);
    }
  }

  protected readonly apply = async (): Promise<void> => {
    const revision = this.revision();
    if (revision) {
      await this.api.invoke(applyNoticeRevision, {
        id: this.id(),
        body: {
          choices: chosenFor(revision.differences, this.choices()),
          concurrencyStamp: revision.concurrencyStamp,
        },
      });
      this.toast.success(this.transloco.translate('programmes.revision.applied'));
      await this.leave();
    }
  };

  protected readonly drop = async (): Promise<void> => {
    const revision = this.revision();
    if (revision) {
      await this.api.invoke(dropNoticeRevision, {
        id: this.id(),
        body: { concurrencyStamp: revision.concurrencyStamp },
      });
      await this.leave();
    }
  };

  private async leave(): Promise<void> {
    this.choices.set({});
    await this.router.navigate(['/programmes/notices', this.id()]);
  }
}
