import {
  ChangeDetectionStrategy,
  Component,
  Injector,
  OnInit,
  computed,
  inject,
  input,
  signal,
} from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { from, tap } from 'rxjs';
import { Api } from '@api/api';
import { getSelfAssessment, handInSelfAssessment, saveSelfAssessment } from '@api/functions';
import { SelfAssessmentDto, SelfEntryInputDto } from '@api/models';
import { ApiProblem, AppDateTextPipe, AppNumberPipe, SessionService } from '@core';
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
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { pointsError, weightedTotal } from './score-arithmetic';
import { linksOf, wrongLink } from './links';

interface Row {
  readonly points: number | null;
  readonly remark: string;
  /** One web address a line, as typed. */
  readonly links: string;
}

interface SelfValue {
  readonly rows: readonly Row[];
  readonly summary: string;
}

interface RowErrors {
  readonly points: 'missing' | 'range' | 'step' | null;
  readonly links: boolean;
}

/** 自评: the region's own words and points by the scheme's indicators; saved as one writes, final once handed in. */
@Component({
  selector: 'app-self-assessment',
  imports: [
    AppDateTextPipe,
    AppNumberPipe,
    AutosaveIndicator,
    Busy,
    Loading,
    PageHeader,
    ProblemView,
    StateChip,
    TranslocoDirective,
  ],
  templateUrl: './self-assessment.html',
  styleUrl: './score-sheet.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SelfAssessmentPage implements OnInit, HasUnsavedChanges {
  private readonly api = inject(Api);
  private readonly transloco = inject(TranslocoService);
  private readonly confirm = inject(Confirm);
  private readonly toast = inject(Toast);
  private readonly session = inject(SessionService);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly injector = inject(Injector);
  private stamp = '';

  readonly id = input.required<string>();
  protected readonly self = signal<SelfAssessmentDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly rows = signal<readonly Row[]>([]);
  protected readonly summary = signal('');
  protected readonly attempted = signal(false);
  protected readonly autosave = signal<DraftAutosave<SelfValue> | null>(null);
  protected readonly restorable = signal<SelfValue | null>(null);

  protected readonly editable = computed(() => {
    const self = this.self();
    return self?.isOwn === true && self.handedInAt === null && this.session.can('Assessment.SelfAssess');
  });
  protected readonly errors = computed<readonly RowErrors[]>(() => {
    const entries = this.self()?.entries ?? [];
    return this.rows().map((row, i) => ({
      points:
        row.points === null
          ? this.attempted()
            ? 'missing'
            : null
          : pointsError(row.points, entries[i]?.maxPoints ?? 0),
      links: wrongLink(row.links) !== null,
    }));
  });
  protected readonly summaryMissing = computed(() => this.attempted() && this.summary().trim() === '');
  protected readonly filled = computed(() => this.rows().filter((row) => row.points !== null).length);
  protected readonly total = computed(() =>
    weightedTotal(
      this.self()?.entries ?? [],
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
      const self = await this.api.invoke(getSelfAssessment, { id: this.id() });
      this.take(self);
      this.breadcrumb.setLeaf(self.themeTitle);
      if (this.editable() && !this.autosave()) {
        const autosave = draftAutosave<SelfValue>({
          key: `self-assessment:${self.id}`,
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
      this.summary.set(value.summary);
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

  protected setRemark(index: number, event: Event): void {
    this.patch(index, { remark: (event.target as HTMLTextAreaElement).value });
  }

  protected setLinks(index: number, event: Event): void {
    this.patch(index, { links: (event.target as HTMLTextAreaElement).value });
  }

  protected setSummary(event: Event): void {
    this.summary.set((event.target as HTMLTextAreaElement).value);
    this.changed();
  }

  protected groupBegins(index: number): string | null {
    const entries = this.self()?.entries ?? [];
    const group = entries[index]?.group ?? null;
    return group !== null && group !== (entries[index - 1]?.group ?? null) ? group : null;
  }

  protected readonly handIn = async (): Promise<void> => {
    this.attempted.set(true);
    const wrong = this.firstWrong();
    if (wrong) {
      document.getElementById(wrong)?.focus();
      return;
    }
    const self = this.self();
    const yes = await this.confirm.ask({
      title: this.transloco.translate('assessment.self.handIn'),
      message: this.transloco.translate('assessment.self.handInText', { total: this.total() }),
      affected: self ? [`${self.regionName} ${self.themeTitle}`] : [],
      confirmLabel: this.transloco.translate('assessment.self.handIn'),
    });
    if (!yes) {
      return;
    }
    this.autosave()?.stop();
    // What is handed in is what the server has: the last keystroke goes there first.
    const saved = await this.api.invoke(saveSelfAssessment, { id: this.id(), body: this.body(this.value()) });
    this.stamp = saved.concurrencyStamp;
    const handedIn = await this.api.invoke(handInSelfAssessment, {
      id: this.id(),
      body: { concurrencyStamp: this.stamp },
    });
    this.autosave()?.discard();
    this.autosave.set(null);
    this.take(handedIn);
    this.toast.success(this.transloco.translate('assessment.self.handedInToast'));
  };

  /** The id of the first field that has to be mended, from the top. */
  private firstWrong(): string | null {
    if (this.summary().trim() === '') {
      return 'self-summary';
    }
    const index = this.errors().findIndex((error) => error.points !== null || error.links);
    if (index < 0) {
      return null;
    }
    return this.errors()[index]?.points ? `self-points-${index}` : `self-links-${index}`;
  }

  private take(self: SelfAssessmentDto): void {
    this.self.set(self);
    this.stamp = self.concurrencyStamp;
    this.rows.set(
      self.entries.map((entry) => ({
        points: entry.points ?? null,
        remark: entry.remark,
        links: entry.links.join('\n'),
      })),
    );
    this.summary.set(self.summary);
  }

  private patch(index: number, change: Partial<Row>): void {
    this.rows.update((rows) => rows.map((row, i) => (i === index ? { ...row, ...change } : row)));
    this.changed();
  }

  /** What the server would refuse stays on this device until it is mended. */
  private changed(): void {
    const refused = this.errors().some(
      (error) => error.points === 'range' || error.points === 'step' || error.links,
    );
    if (!refused) {
      this.autosave()?.change(this.value());
    }
  }

  private value(): SelfValue {
    return { rows: this.rows(), summary: this.summary() };
  }

  private save(value: SelfValue) {
    return from(this.api.invoke(saveSelfAssessment, { id: this.id(), body: this.body(value) })).pipe(
      tap((saved) => {
        this.stamp = saved.concurrencyStamp;
      }),
    );
  }

  private body(value: SelfValue) {
    const entries: SelfEntryInputDto[] = (this.self()?.entries ?? []).map((entry, i) => ({
      indicatorKey: entry.indicatorKey,
      points: value.rows[i]?.points ?? null,
      remark: value.rows[i]?.remark ?? '',
      links: linksOf(value.rows[i]?.links ?? ''),
    }));
    return { entries, summary: value.summary, concurrencyStamp: this.stamp };
  }
}
