import { NgTemplateOutlet } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Api } from '@api/api';
import { discardNotice } from '@api/fn/notices/discard-notice';
import { getNotice } from '@api/fn/notices/get-notice';
import { getNoticeLinks } from '@api/fn/notices/get-notice-links';
import { publishNotice } from '@api/fn/notices/publish-notice';
import { saveNotice } from '@api/fn/notices/save-notice';
import { listRegions } from '@api/fn/regions/list-regions';
import { ClaimAudience } from '@api/models/claim-audience';
import { DeadlineDto } from '@api/models/deadline-dto';
import { DeliverableKind } from '@api/models/deliverable-kind';
import { DuePrecision } from '@api/models/due-precision';
import { NoticeContent } from '@api/models/notice-content';
import { NoticeDto } from '@api/models/notice-dto';
import { NoticeLinksDto } from '@api/models/notice-links-dto';
import { NoticeQuestionDto } from '@api/models/notice-question-dto';
import { NoticeRegion } from '@api/models/notice-region';
import { NoticeTheme } from '@api/models/notice-theme';
import { ReformToolKit } from '@api/models/reform-tool-kit';
import { RegionInfo } from '@api/models/region-info';
import { ThemeFacts } from '@api/models/theme-facts';
import { ThemeGapDto } from '@api/models/theme-gap-dto';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApiProblem, AppInstantPipe, SessionService } from '@core';
import {
  AutosaveIndicator,
  Busy,
  Confirm,
  Conflict,
  DraftAutosave,
  draftAutosave,
  DraftBackup,
  DraftBackupNotice,
  Loading,
  MenuAction,
  PageHeader,
  ProblemView,
  StateChip,
  Toast,
  warnBeforeUnload,
} from '@ui';
import { Observable, from, tap } from 'rxjs';
import { noticeRegionLabel } from './labels';
import { NoticeCalendar } from './notice-calendar';
import { ChoiceChange, NoticeFlows, NoticeFlowsPreview } from './notice-flows';
import { NoticeFactsSection } from './notice-facts';
import { NO_THEME_FACTS } from './notice-facts-state';
import { NoticeGaps } from './notice-gaps';
import { NoticeLinks } from './notice-links';
import { NoticeSource } from './notice-source';
import { NoticeTargets } from './notice-targets';
import {
  fieldId,
  freshKey,
  keyAt,
  mergedWithNext,
  moved,
  namesIn,
  nextNumber,
  replacedAt,
  splitAt,
  withoutAt,
} from './notice-state';

/** What autosave sends. */
interface Draft {
  readonly content: NoticeContent;
  readonly answers: Readonly<Record<string, string>>;
}

@Component({
  selector: 'app-notice-wizard',
  imports: [
    AppInstantPipe,
    AutosaveIndicator,
    Busy,
    DraftBackupNotice,
    Loading,
    NgTemplateOutlet,
    NoticeCalendar,
    NoticeFactsSection,
    NoticeFlows,
    NoticeFlowsPreview,
    NoticeGaps,
    NoticeLinks,
    NoticeSource,
    NoticeTargets,
    PageHeader,
    ProblemView,
    RouterLink,
    StateChip,
    TranslocoDirective,
  ],
  templateUrl: './notice-wizard.html',
  styleUrl: './notice-wizard.scss',
  host: { '(document:keydown.alt.n)': 'nextQuestion($event)' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NoticeWizardPage {
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly conflict = inject(Conflict);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly router = inject(Router);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  protected readonly session = inject(SessionService);

  readonly id = input.required<string>();
  protected readonly notice = signal<NoticeDto | null>(null);
  protected readonly content = signal<NoticeContent | null>(null);
  protected readonly answers = signal<Readonly<Record<string, string>>>({});
  protected readonly regions = signal<readonly RegionInfo[]>([]);
  protected readonly problem = signal<ApiProblem | null>(null);
  /** Field errors of the last attempt to publish, by the server's path. */
  protected readonly fieldErrors = signal<readonly { path: string; text: string }[]>([]);
  protected readonly chosen = signal<string | null>(null);
  /** What themes may be linked to; empty until it is known. */
  protected readonly links = signal<NoticeLinksDto>({ targets: [], suggestions: [] });
  protected readonly autosave = this.makeAutosave();
  protected readonly backup = signal<DraftBackup<Draft> | null>(null);

  protected readonly precisions: readonly DuePrecision[] = ['Day', 'Month', 'Quarter', 'HalfYear', 'Year'];
  protected readonly kinds: readonly DeliverableKind[] = [
    'ItemList',
    'NormDocument',
    'TechnicalStandard',
    'Evidence',
  ];
  protected readonly audiences: readonly ClaimAudience[] = ['None', 'AllRegions', 'InvitedRegions'];
  protected readonly toolKits: readonly ReformToolKit[] = [
    'ToleranceAcceptance',
    'NotificationCommitment',
    'CompositeLicence',
    'LicenceSeparation',
    'BusinessPermitItem',
    'AdministrativeFiling',
    'IntegratedService',
    'CentralisedLicensing',
    'Devolution',
    'ApprovalSupervisionLink',
    'IntermediaryMarket',
    'CrossRegionService',
  ];
  protected readonly fieldId = fieldId;

  protected readonly openQuestions = computed(() => this.notice()?.questions.filter((q) => q.isOpen) ?? []);
  protected readonly settledQuestions = computed(
    () => this.notice()?.questions.filter((q) => !q.isOpen) ?? [],
  );
  protected readonly children = computed(() => {
    const own = this.session.region()?.code;
    return this.regions().filter((region) => region.code !== own);
  });
  private readonly names = computed(() => new Map(this.regions().map((region) => [region.id, region.name])));
  /** What suggestions are made of: other titles and texts have others. */
  private readonly subjects = computed(() =>
    this.notice()?.status === 'Draft'
      ? JSON.stringify(this.notice()?.content.themes.map((theme) => [theme.title, theme.description]))
      : null,
  );
  protected readonly published = computed(() => this.notice()?.status === 'Published');

  constructor() {
    warnBeforeUnload(this);
    effect(() => {
      this.id();
      untracked(() => void this.open());
    });
    effect(() => {
      if (this.subjects() !== null) {
        untracked(() => void this.loadLinks());
      }
    });
    effect(() => {
      if (this.autosave.state() === 'conflict') {
        untracked(() => void this.decideConflict());
      }
    });
  }

  hasUnsavedChanges(): boolean {
    return this.autosave.hasUnsaved();
  }

  protected async open(): Promise<void> {
    this.problem.set(null);
    try {
      const [notice, regions] = await Promise.all([
        this.api.invoke(getNotice, { id: this.id() }),
        this.api.invoke(listRegions),
      ]);
      this.regions.set(regions);
      this.accept(notice);
      this.backup.set(this.published() ? null : this.autosave.backup());
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  private async loadLinks(): Promise<void> {
    try {
      this.links.set(await this.api.invoke(getNoticeLinks, { id: this.id() }));
    } catch (error) {
      this.toast.failure(error);
    }
  }

  protected restore(kept: Draft): void {
    this.backup.set(null);
    this.answers.set(kept.answers);
    this.change(kept.content);
  }

  protected dropBackup(): void {
    this.autosave.discard();
    this.backup.set(null);
  }

  protected label(region: NoticeRegion): string {
    return noticeRegionLabel(region, this.names());
  }

  /** Shows where a value was read. */
  protected choose(key: string | null | undefined): void {
    this.chosen.set(key ?? null);
  }

  /** A passage was chosen in the source: its field gets the focus. */
  protected chooseField(key: string): void {
    this.chosen.set(key);
    const field = this.host.nativeElement.querySelector<HTMLElement>(`[data-source="${CSS.escape(key)}"]`);
    field?.closest('details')?.setAttribute('open', '');
    field?.scrollIntoView({ block: 'center' });
    field?.focus();
  }

  protected goTo(question: NoticeQuestionDto): void {
    this.choose(keyAt(this.notice()?.passages ?? [], question.start));
    this.focusField(question.field ?? '');
  }

  protected focusField(path: string): void {
    const field = this.host.nativeElement.querySelector<HTMLElement>('#' + CSS.escape(fieldId(path)));
    field?.closest('details')?.setAttribute('open', '');
    field?.focus();
  }

  protected answer(question: NoticeQuestionDto, text: string): void {
    const content = this.content();
    if (content) {
      this.answers.update((answers) => ({ ...answers, [question.key]: text.trim() }));
      this.change(content);
      this.autosave.flush();
      // On to the next question: the list can be finished without leaving the keyboard.
      const open = this.openQuestions();
      const next = open[open.findIndex((q) => q.key === question.key) + 1];
      if (next) {
        this.focusQuestion(next.key);
      }
    }
  }

  protected factsOf(theme: NoticeTheme): ThemeFacts {
    return theme.facts ?? NO_THEME_FACTS;
  }

  protected setThemeFacts(index: number, change: Partial<ThemeFacts>): void {
    const theme = this.content()?.themes[index];
    if (theme) {
      this.setTheme(index, { facts: { ...this.factsOf(theme), ...change } });
    }
  }

  protected jumpTo(gap: ThemeGapDto): void {
    this.choose(this.content()?.themes.find((theme) => theme.key === gap.themeKey)?.sourceKey);
    this.focusField(gap.field);
  }

  /** Leaves gaps open for a reason, or takes that back. */
  protected decideGaps(keys: readonly string[], reason: string): void {
    const content = this.content();
    if (content) {
      this.answers.update((answers) => ({
        ...answers,
        ...Object.fromEntries(keys.map((key) => [key, reason])),
      }));
      this.change(content);
      this.autosave.flush();
    }
  }

  /** What a day of a duty begins with: the programme's end, or its date. */
  protected usualDate(content: NoticeContent): string {
    return content.deadline?.date ?? content.issueDate ?? new Date().toISOString().slice(0, 10);
  }

  /** Puts the focus on a question's answer, or on the way to its field. */
  protected focusQuestion(key: string): void {
    this.host.nativeElement
      .querySelector<HTMLElement>(`[data-question="${CSS.escape(key)}"] :is(input, button)`)
      ?.focus();
  }

  /** The first open question, wherever one is on the page. */
  protected nextQuestion(event: Event): void {
    const next = this.openQuestions()[0];
    if (next) {
      event.preventDefault();
      this.focusQuestion(next.key);
    }
  }

  protected set<K extends keyof NoticeContent>(key: K, value: NoticeContent[K]): void {
    const content = this.content();
    if (content) {
      this.change({ ...content, [key]: value });
    }
  }

  protected setDeadline(change: Partial<DeadlineDto>): void {
    this.set('deadline', this.deadlineWith(this.content()?.deadline ?? null, change));
  }

  protected setTheme(index: number, change: Partial<NoticeTheme>): void {
    this.set('themes', replacedAt(this.content()?.themes ?? [], index, change));
  }

  protected setThemeDeadline(index: number, change: Partial<DeadlineDto>): void {
    const theme = this.content()?.themes[index];
    if (theme) {
      this.setTheme(index, { deadline: this.deadlineWith(theme.deadline, change) });
    }
  }

  protected setPhase(index: number, change: Partial<NoticeContent['phases'][number]>): void {
    this.set('phases', replacedAt(this.content()?.phases ?? [], index, change));
  }

  protected dropPhase(index: number): void {
    this.set('phases', withoutAt(this.content()?.phases ?? [], index));
  }

  protected addPhase(): void {
    this.set('phases', [
      ...(this.content()?.phases ?? []),
      { name: '', start: null, end: null, sourceKey: null },
    ]);
  }

  protected addTheme(): void {
    const themes = this.content()?.themes ?? [];
    this.set('themes', [
      ...themes,
      {
        key: freshKey(themes.map((theme) => theme.key)),
        number: nextNumber(themes.map((theme) => theme.number)),
        title: '',
        description: '',
        regions: [],
        deliverables: [],
        leadOffices: [],
        deadline: null,
        sourceKey: null,
        assistingOffices: [],
        toolKits: [],
      },
    ]);
    const index = themes.length;
    setTimeout(() => {
      this.focusField(`themes[${index}].title`);
    });
  }

  protected setChoices({ index, choices }: ChoiceChange): void {
    if (index === null) {
      this.set('choices', choices);
    } else {
      this.setTheme(index, { choices });
    }
    // What would be created is shown at once.
    this.autosave.flush();
  }

  protected moveTheme(index: number, by: number): void {
    this.set('themes', moved(this.content()?.themes ?? [], index, index + by));
  }

  protected mergeTheme(index: number): void {
    this.set('themes', mergedWithNext(this.content()?.themes ?? [], index));
    this.toast.announce(this.transloco.translate('programmes.wizard.merged'));
  }

  protected splitTheme(index: number): void {
    const themes = this.content()?.themes ?? [];
    this.set('themes', splitAt(themes, index, freshKey(themes.map((theme) => theme.key))));
    setTimeout(() => {
      this.focusField(`themes[${index + 1}].title`);
    });
  }

  protected setOffices(index: number, field: 'leadOffices' | 'assistingOffices', text: string): void {
    this.setTheme(index, { [field]: namesIn(text) });
  }

  protected toggleToolKit(index: number, kit: ReformToolKit, use: boolean): void {
    const kits = this.content()?.themes[index]?.toolKits ?? [];
    this.setTheme(index, { toolKits: use ? [...kits, kit] : kits.filter((k) => k !== kit) });
  }

  /** Whether the office changed the theme since it was read. */
  protected isEdited(theme: NoticeTheme): boolean {
    const original = this.notice()?.original.themes.find((t) => t.key === theme.key);
    return JSON.stringify(original) !== JSON.stringify(theme);
  }

  protected readonly keepAsDraft = async (): Promise<void> => {
    this.autosave.flush();
    await this.router.navigate(['/programmes']);
  };

  protected async dropTheme(index: number): Promise<void> {
    const theme = this.content()?.themes[index];
    const yes =
      theme &&
      (await this.confirm.ask({
        title: this.transloco.translate('programmes.wizard.dropTheme', { title: theme.title }),
        message: this.transloco.translate('programmes.wizard.dropThemeText'),
        affected: theme.regions.map((region) => this.label(region)),
        confirmLabel: this.transloco.translate('programmes.wizard.drop'),
        danger: true,
      }));
    if (yes) {
      this.set('themes', withoutAt(this.content()?.themes ?? [], index));
    }
  }

  protected addRegion(index: number | null, regionId: string): void {
    const region = this.regions().find((r) => r.id === regionId);
    const named = this.regionsAt(index);
    if (region && !named.some((r) => r.regionId === regionId)) {
      this.setRegions(index, [...named, { text: region.name, regionId, partName: null, sourceKey: null }]);
    }
  }

  protected resolveRegion(index: number | null, place: number, regionId: string): void {
    this.setRegions(index, replacedAt(this.regionsAt(index), place, { regionId: regionId || null }));
    this.autosave.flush();
  }

  protected dropRegion(index: number | null, place: number): void {
    this.setRegions(index, withoutAt(this.regionsAt(index), place));
    this.autosave.flush();
  }

  protected addDeliverable(index: number): void {
    const theme = this.content()?.themes[index];
    if (theme) {
      this.setTheme(index, {
        deliverables: [...theme.deliverables, { name: '', kind: 'NormDocument', sourceKey: null }],
      });
    }
  }

  protected setDeliverable(
    index: number,
    place: number,
    change: Partial<NoticeTheme['deliverables'][number]>,
  ): void {
    this.setTheme(index, {
      deliverables: replacedAt(this.content()?.themes[index]?.deliverables ?? [], place, change),
    });
  }

  protected dropDeliverable(index: number, place: number): void {
    this.setTheme(index, {
      deliverables: withoutAt(this.content()?.themes[index]?.deliverables ?? [], place),
    });
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value;
  }

  protected checkedOf(event: Event): boolean {
    return (event.target as HTMLInputElement).checked;
  }

  protected precisionOf(event: Event): DuePrecision {
    return this.precisions.find((precision) => precision === this.valueOf(event)) ?? 'Day';
  }

  protected kindOf(event: Event): DeliverableKind {
    return this.kinds.find((kind) => kind === this.valueOf(event)) ?? 'NormDocument';
  }

  protected audienceOf(event: Event): ClaimAudience {
    return this.audiences.find((audience) => audience === this.valueOf(event)) ?? 'None';
  }

  protected asRegions(named: unknown): readonly NoticeRegion[] {
    return named as readonly NoticeRegion[];
  }

  protected readonly publish = async (): Promise<void> => {
    const notice = this.notice();
    if (!notice || this.autosave.hasUnsaved()) {
      this.autosave.flush();
      this.toast.announce(this.transloco.translate('programmes.wizard.savingFirst'));
      return;
    }
    const { preview } = notice;
    const yes = await this.confirm.ask({
      title: this.transloco.translate('programmes.wizard.publishTitle', {
        title: notice.content.title ?? '',
      }),
      message: this.transloco.translate('programmes.wizard.publishText', {
        themes: preview.themes,
        assignments: preview.assignments,
        regions: preview.regions.length,
      }),
      affected: preview.regions.map((region) =>
        this.transloco.translate('programmes.wizard.regionShare', {
          name: region.name,
          count: region.assignments,
        }),
      ),
      confirmLabel: this.transloco.translate('programmes.wizard.publish'),
    });
    if (!yes) {
      return;
    }
    this.fieldErrors.set([]);
    try {
      const made = await this.api.invoke(publishNotice, {
        id: notice.id,
        body: { concurrencyStamp: notice.concurrencyStamp },
      });
      this.toast.success(this.transloco.translate('programmes.wizard.published', { ...made }));
      await this.router.navigate(['/programmes', made.programmeId]);
    } catch (error) {
      const problem = ApiProblem.from(error);
      this.fieldErrors.set(
        Object.entries(problem.errors).flatMap(([path, texts]) => texts.map((text) => ({ path, text }))),
      );
      if (!problem.hasFieldErrors) {
        throw problem;
      }
      setTimeout(() => this.host.nativeElement.querySelector<HTMLElement>('.publish-errors')?.focus());
    }
  };

  protected readonly actions = computed<MenuAction[]>(() =>
    this.published()
      ? []
      : [
          {
            text: this.transloco.translate('programmes.revision.open'),
            run: () => void this.router.navigate(['/programmes/notices', this.id(), 'revision']),
          },
          { text: this.discardLabel(), danger: true, run: () => void this.discard() },
        ],
  );

  private discardLabel(): string {
    return this.transloco.translate('programmes.wizard.discard');
  }

  private makeAutosave(): DraftAutosave<Draft> {
    const id = this.id;
    return draftAutosave<Draft>({
      // The id is an input: known by the time something is kept, not yet when the page is made.
      get key() {
        return `notice:${id()}`;
      },
      save: (draft) => this.save(draft),
    });
  }

  private async discard(): Promise<void> {
    const notice = this.notice();
    const yes =
      notice &&
      (await this.confirm.ask({
        title: this.transloco.translate('programmes.wizard.discardTitle'),
        message: this.transloco.translate('programmes.wizard.discardText'),
        affected: [notice.content.title ?? notice.sourceName ?? ''].filter((name) => name !== ''),
        confirmLabel: this.transloco.translate('programmes.wizard.discard'),
        danger: true,
      }));
    if (!notice || !yes) {
      return;
    }
    try {
      await this.api.invoke(discardNotice, {
        id: notice.id,
        body: { concurrencyStamp: notice.concurrencyStamp },
      });
      this.autosave.discard();
      await this.router.navigate(['/programmes']);
    } catch (error) {
      this.toast.failure(error);
    }
  }

  private deadlineWith(before: DeadlineDto | null, change: Partial<DeadlineDto>): DeadlineDto | null {
    const next = { ...(before ?? { date: '', precision: 'Day' as const, isSoft: false }), ...change };
    return next.date ? next : null;
  }

  private regionsAt(index: number | null): readonly NoticeRegion[] {
    return (index === null ? this.content()?.regions : this.content()?.themes[index]?.regions) ?? [];
  }

  private setRegions(index: number | null, regions: NoticeRegion[]): void {
    if (index === null) {
      this.set('regions', regions);
    } else {
      this.setTheme(index, { regions });
    }
  }

  private change(content: NoticeContent): void {
    this.content.set(content);
    this.autosave.change({ content, answers: this.answers() });
  }

  private save(draft: Draft): Observable<NoticeDto> {
    return from(
      this.api.invoke(saveNotice, {
        id: this.id(),
        body: {
          content: draft.content,
          answers: Object.entries(draft.answers).map(([key, text]) => ({ key, text })),
          concurrencyStamp: this.notice()?.concurrencyStamp ?? '',
        },
      }),
    ).pipe(
      tap((saved) => {
        this.notice.set(saved);
        // The server puts regions in administrative order; what was typed meanwhile is newer and stays.
        if (this.content() === draft.content) {
          this.content.set(saved.content);
        }
      }),
    );
  }

  private accept(notice: NoticeDto): void {
    this.notice.set(notice);
    this.content.set(notice.content);
    this.answers.set(
      Object.fromEntries([
        ...notice.questions.flatMap((q) => (q.answer ? [[q.key, q.answer] as const] : [])),
        ...notice.preview.gaps.flatMap((gap) => (gap.decision ? [[gap.key, gap.decision] as const] : [])),
      ]),
    );
  }

  private async decideConflict(): Promise<void> {
    const mine = this.content();
    if (!mine) {
      return;
    }
    try {
      const theirs = await this.api.invoke(getNotice, { id: this.id() });
      if (theirs.status === 'Published') {
        this.autosave.discard();
        this.accept(theirs);
        return;
      }
      const answer = await this.conflict.ask({
        fields: [
          {
            label: this.transloco.translate('programmes.field.title'),
            mine: mine.title ?? '',
            theirs: theirs.content.title ?? '',
          },
          {
            label: this.transloco.translate('programmes.field.documentNumber'),
            mine: mine.documentNumber ?? '',
            theirs: theirs.content.documentNumber ?? '',
          },
          {
            label: this.transloco.translate('programmes.wizard.themes'),
            mine: this.asText(mine),
            theirs: this.asText(theirs.content),
          },
        ],
      });
      if (answer === 'mine') {
        this.notice.set(theirs);
        this.autosave.flush();
      } else if (answer === 'theirs') {
        this.autosave.discard();
        this.accept(theirs);
      }
    } catch (error) {
      this.toast.failure(error);
    }
  }

  private asText(content: NoticeContent): string {
    return content.themes
      .map((theme) => `${theme.number} ${theme.title}：${theme.regions.map((r) => this.label(r)).join('、')}`)
      .join('\n');
  }
}
