import { ChangeDetectionStrategy, Component, OnInit, computed, inject, input, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { from, tap } from 'rxjs';
import { Api } from '@api/api';
import { getScoreSheet, recuseFromScoring, saveScoreSheet, submitScoreSheet } from '@api/functions';
import { ScoreEntryInputDto, SelfEntryDto, SheetDto } from '@api/models';
import { ApiProblem, AppDatePipe, AppDateTextPipe, AppFileSizePipe, AppNumberPipe } from '@core';
import {
  AutosaveIndicator,
  Busy,
  Confirm,
  DraftAutosave,
  HasUnsavedChanges,
  Loading,
  PageHeader,
  ProblemView,
  StateChip,
  Toast,
  draftAutosave,
  warnBeforeUnload,
} from '@ui';
import { Injector } from '@angular/core';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { pointsError, weightedTotal } from './score-arithmetic';

interface Row {
  readonly points: number | null;
  readonly comment: string;
}

interface SheetValue {
  readonly rows: readonly Row[];
  readonly comment: string;
}

/** Scoring: indicators with their guidance, the deliverables beside them, the weighted total live. */
@Component({
  selector: 'app-score-sheet',
  imports: [
    AppDatePipe,
    AppDateTextPipe,
    AppFileSizePipe,
    AppNumberPipe,
    AutosaveIndicator,
    Busy,
    Loading,
    PageHeader,
    ProblemView,
    StateChip,
    TranslocoDirective,
  ],
  templateUrl: './score-sheet.html',
  styleUrl: './score-sheet.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ScoreSheetPage implements OnInit, HasUnsavedChanges {
  private readonly api = inject(Api);
  private readonly transloco = inject(TranslocoService);
  private readonly confirm = inject(Confirm);
  private readonly toast = inject(Toast);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly injector = inject(Injector);
  private stamp = '';

  readonly id = input.required<string>();
  protected readonly sheet = signal<SheetDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly rows = signal<readonly Row[]>([]);
  protected readonly comment = signal('');
  protected readonly attempted = signal(false);
  protected readonly autosave = signal<DraftAutosave<SheetValue> | null>(null);
  protected readonly restorable = signal<SheetValue | null>(null);

  /** Neither submitted nor given up. */
  protected readonly open = computed(() => {
    const sheet = this.sheet();
    return sheet !== null && !sheet.isSubmitted && sheet.recusedAt === null;
  });
  protected readonly errors = computed(() => {
    const indicators = this.sheet()?.indicators ?? [];
    return this.rows().map((row, i) => {
      const indicator = indicators[i];
      if (row.points === null) {
        return this.attempted() ? 'missing' : null;
      }
      return indicator ? pointsError(row.points, indicator.maxPoints) : null;
    });
  });
  protected readonly scored = computed(() => this.rows().filter((row) => row.points !== null).length);
  protected readonly total = computed(() =>
    weightedTotal(
      this.sheet()?.indicators ?? [],
      this.rows().map((row) => row.points),
    ),
  );

  constructor() {
    warnBeforeUnload(this);
  }

  ngOnInit(): void {
    void this.read();
  }

  hasUnsavedChanges(): boolean {
    return this.autosave()?.hasUnsaved() ?? false;
  }

  protected async read(): Promise<void> {
    this.problem.set(null);
    try {
      const sheet = await this.api.invoke(getScoreSheet, { id: this.id() });
      this.take(sheet);
      this.breadcrumb.setLeaf(sheet.themeTitle);
      if (this.open() && !this.autosave()) {
        const autosave = draftAutosave<SheetValue>({
          key: `score-sheet:${sheet.id}`,
          save: (value) => this.save(value),
          injector: this.injector,
        });
        this.restorable.set(autosave.backup()?.value ?? null);
        this.autosave.set(autosave);
      }
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected restore(): void {
    const value = this.restorable();
    if (value) {
      this.rows.set(value.rows);
      this.comment.set(value.comment);
      this.restorable.set(null);
      this.changed();
    }
  }

  protected forget(): void {
    this.autosave()?.discard();
    this.restorable.set(null);
  }

  protected setPoints(index: number, event: Event): void {
    const text = (event.target as HTMLInputElement).value.trim();
    this.patch(index, { points: text === '' ? null : Number(text) });
  }

  protected setComment(index: number, event: Event): void {
    this.patch(index, { comment: (event.target as HTMLTextAreaElement).value });
  }

  protected setOverall(event: Event): void {
    this.comment.set((event.target as HTMLTextAreaElement).value);
    this.changed();
  }

  protected groupBegins(index: number): string | null {
    const indicators = this.sheet()?.indicators ?? [];
    const group = indicators[index]?.group ?? null;
    return group !== null && group !== (indicators[index - 1]?.group ?? null) ? group : null;
  }

  /** What the region says of itself on an indicator; there is nothing before it has handed it in. */
  protected selfOf(key: string): SelfEntryDto | null {
    return this.sheet()?.selfEntries.find((entry) => entry.indicatorKey === key) ?? null;
  }

  protected readonly recuse = async (): Promise<void> => {
    const sheet = this.sheet();
    const confirmed = await this.confirm.ask({
      title: this.transloco.translate('assessment.sheet.recuse'),
      message: this.transloco.translate('assessment.sheet.recuseText'),
      affected: sheet ? [`${sheet.regionName} ${sheet.themeTitle}`] : [],
      confirmLabel: this.transloco.translate('assessment.sheet.recuse'),
      reasonLabel: this.transloco.translate('assessment.sheet.recuseReason'),
      danger: true,
    });
    if (!confirmed) {
      return;
    }
    this.autosave()?.stop();
    const closed = await this.api.invoke(recuseFromScoring, {
      id: this.id(),
      body: { reason: confirmed.reason, concurrencyStamp: this.stamp },
    });
    this.autosave()?.discard();
    this.autosave.set(null);
    this.take(closed);
    this.toast.success(this.transloco.translate('assessment.sheet.recusedToast'));
  };

  protected readonly submit = async (): Promise<void> => {
    this.attempted.set(true);
    const firstWrong = this.errors().findIndex((error) => error !== null);
    if (firstWrong >= 0) {
      document.getElementById(`points-${firstWrong}`)?.focus();
      return;
    }
    const sheet = this.sheet();
    const yes = await this.confirm.ask({
      title: this.transloco.translate('assessment.sheet.submitTitle'),
      message: this.transloco.translate('assessment.sheet.submitText', { total: this.total() }),
      affected: sheet ? [`${sheet.regionName} ${sheet.themeTitle}`] : [],
      confirmLabel: this.transloco.translate('assessment.sheet.submit'),
    });
    if (!yes) {
      return;
    }
    this.autosave()?.stop();
    // What is submitted is what the server has: the last keystroke goes there first.
    await this.api.invoke(saveScoreSheet, { id: this.id(), body: this.body(this.value()) }).then((saved) => {
      this.stamp = saved.concurrencyStamp;
    });
    const submitted = await this.api.invoke(submitScoreSheet, {
      id: this.id(),
      body: { concurrencyStamp: this.stamp },
    });
    this.autosave()?.discard();
    this.autosave.set(null);
    this.take(submitted);
    this.toast.success(this.transloco.translate('assessment.sheet.submittedToast'));
  };

  private take(sheet: SheetDto): void {
    this.sheet.set(sheet);
    this.stamp = sheet.concurrencyStamp;
    this.rows.set(
      sheet.indicators.map((indicator) => ({ points: indicator.points ?? null, comment: indicator.comment })),
    );
    this.comment.set(sheet.comment);
  }

  private patch(index: number, change: Partial<Row>): void {
    this.rows.update((rows) => rows.map((row, i) => (i === index ? { ...row, ...change } : row)));
    this.changed();
  }

  /** Points out of range stay on this device: the server would refuse the whole sheet for them. */
  private changed(): void {
    if (!this.errors().some((error) => error === 'range' || error === 'step')) {
      this.autosave()?.change(this.value());
    }
  }

  private value(): SheetValue {
    return { rows: this.rows(), comment: this.comment() };
  }

  private save(value: SheetValue) {
    return from(this.api.invoke(saveScoreSheet, { id: this.id(), body: this.body(value) })).pipe(
      tap((saved) => {
        this.stamp = saved.concurrencyStamp;
      }),
    );
  }

  private body(value: SheetValue) {
    const indicators = this.sheet()?.indicators ?? [];
    const entries: ScoreEntryInputDto[] = indicators.map((indicator, i) => ({
      indicatorKey: indicator.key,
      points: value.rows[i]?.points ?? null,
      comment: value.rows[i]?.comment ?? '',
    }));
    return { entries, comment: value.comment, concurrencyStamp: this.stamp };
  }
}
