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
import { BreakpointObserver } from '@angular/cdk/layout';
import { toSignal } from '@angular/core/rxjs-interop';
import { HttpClient } from '@angular/common/http';
import { MatDialog } from '@angular/material/dialog';
import { MatPaginatorModule, PageEvent } from '@angular/material/paginator';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { Api } from '@api/api';
import { discardItemListDraft } from '@api/fn/item-lists/discard-item-list-draft';
import { downloadItemListDraft } from '@api/fn/item-lists/download-item-list-draft';
import { getItemListDraft } from '@api/fn/item-lists/get-item-list-draft';
import { saveItemListDraft } from '@api/fn/item-lists/save-item-list-draft';
import { listRegions } from '@api/fn/regions/list-regions';
import { GroupPlacement } from '@api/models/group-placement';
import { GroupReading } from '@api/models/group-reading';
import { ItemGroup } from '@api/models/item-group';
import { ItemListContent } from '@api/models/item-list-content';
import { ItemListDraftDto } from '@api/models/item-list-draft-dto';
import { ItemProblemDto } from '@api/models/item-problem-dto';
import { RegionInfo } from '@api/models/region-info';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApiProblem, SessionService } from '@core';
import {
  AutosaveIndicator,
  Busy,
  Confirm,
  Conflict,
  DraftAutosave,
  EmptyState,
  Loading,
  MenuAction,
  PageHeader,
  ProblemView,
  StateChip,
  Toast,
  draftAutosave,
  problemText,
  warnBeforeUnload,
} from '@ui';
import { firstValueFrom, from, map } from 'rxjs';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { ItemsChanges } from './items-changes';
import { ItemsCheck } from './items-check';
import { saveFile } from './items-download';
import { ItemsIssue, ItemsIssueData, ItemsIssueResult } from './items-issue';
import { ItemsImport, ItemsImportData, ItemsImportResult } from './items-import';
import { ItemsStated } from './items-stated';
import {
  ItemRow,
  TakenCount,
  TextField,
  contentOf,
  countOf,
  emptyRow,
  imported,
  isTable,
  lockedIds,
  matching,
  moved,
  newKey,
  renumbered,
  rowOf,
  withCounts,
  withServerIds,
} from './items-model';

const NOTHING: ReadonlySet<string> = new Set();
const LONGEST: Record<TextField, number> = {
  number: 20,
  name: 300,
  code: 60,
  officeName: 100,
  mode: 40,
  kind: 40,
  groupKey: 20,
};

/** The draft of a list: what the notice states, the rows, whether they agree; issued when they do. */
@Component({
  selector: 'app-items-edit',
  imports: [
    AutosaveIndicator,
    Busy,
    EmptyState,
    ItemsChanges,
    ItemsCheck,
    ItemsStated,
    Loading,
    MatPaginatorModule,
    PageHeader,
    ProblemView,
    RouterLink,
    StateChip,
    TranslocoDirective,
  ],
  templateUrl: './items-edit.html',
  styleUrl: './items-edit.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ItemsEditPage {
  private readonly api = inject(Api);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly confirm = inject(Confirm);
  private readonly conflict = inject(Conflict);
  private readonly dialog = inject(MatDialog);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly http = inject(HttpClient);
  private readonly router = inject(Router);
  private readonly session = inject(SessionService);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);

  readonly id = input.required<string>();
  protected readonly draft = signal<ItemListDraftDto | null>(null);
  protected readonly head = signal<ItemListContent | null>(null);
  protected readonly rows = signal<readonly ItemRow[]>([]);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly issueProblem = signal('');
  protected readonly filter = signal('');
  protected readonly page = signal(0);
  protected readonly size = signal(50);
  protected readonly locked = signal<ReadonlySet<string>>(NOTHING);
  /** An earlier visit left changes on this device that the server never took. */
  protected readonly backup = signal(false);
  private readonly regions = signal<readonly RegionInfo[]>([]);
  private stamp = '';
  private gone = false;

  protected readonly autosave: DraftAutosave<{ head: ItemListContent; rows: readonly ItemRow[] }> =
    draftAutosave({
      key: `item-list:${inject(ActivatedRoute).snapshot.paramMap.get('id') ?? ''}`,
      save: (value) => from(this.save(value.head, value.rows)),
    });
  protected readonly phone = toSignal(
    inject(BreakpointObserver)
      .observe('(max-width: 600px)')
      .pipe(map((state) => state.matches)),
    { initialValue: false },
  );
  protected readonly mayIssue = computed(() => this.session.can('Programmes.IssueItemLists'));
  protected readonly isRevision = computed(() => (this.draft()?.baseVersion ?? 0) > 0);
  protected readonly appendOnly = computed(() => this.locked().size > 0);
  protected readonly found = computed(() => matching(this.rows(), this.filter()));
  protected readonly visible = computed(() =>
    this.found().slice(this.page() * this.size(), (this.page() + 1) * this.size()),
  );
  protected readonly order = computed(() => new Map(this.rows().map((row, index) => [row.uid, index + 1])));
  protected readonly offices = computed(() => [
    ...new Set(this.rows().flatMap((row) => (row.officeName ? [row.officeName] : []))),
  ]);
  protected readonly below = computed(() => {
    const own = this.session.region()?.code;
    return this.regions().filter((region) => region.code !== own);
  });
  private readonly regionNames = computed(
    () => new Map(this.regions().map((region) => [region.id, region.name])),
  );
  private readonly groupNames = computed(
    () => new Map((this.head()?.groups ?? []).map((group) => [group.key, group.name])),
  );
  protected readonly names = computed(() => new Map([...this.regionNames(), ...this.groupNames()]));
  protected readonly problemRows = computed(
    () =>
      new Set(
        (this.draft()?.check.problems ?? []).flatMap((found) =>
          found.order === null ? [] : [`${found.order}:${found.field ?? ''}`],
        ),
      ),
  );
  protected readonly actions = computed<MenuAction[]>(() => [
    { text: this.transloco.translate('programmes.items.renumber'), run: () => this.renumber() },
    {
      text: this.transloco.translate('programmes.items.downloadDraft'),
      run: () => void this.downloadDraft(),
    },
    {
      text: this.transloco.translate('programmes.items.discard'),
      danger: true,
      run: () => void this.discard(),
    },
  ]);

  constructor() {
    warnBeforeUnload(this);
    if (this.phone()) {
      // A card is as long as eight rows.
      this.size.set(20);
    }
    effect(() => {
      this.id();
      untracked(() => void this.open());
    });
    effect(() => {
      if (this.autosave.state() === 'conflict') {
        untracked(() => void this.decideConflict());
      }
    });
  }

  hasUnsavedChanges(): boolean {
    return !this.gone && this.autosave.hasUnsaved();
  }

  protected async open(): Promise<void> {
    this.problem.set(null);
    try {
      const [draft, regions] = await Promise.all([
        this.api.invoke(getItemListDraft, { id: this.id() }),
        this.api.invoke(listRegions),
      ]);
      this.regions.set(regions);
      this.show(draft);
      this.backup.set(this.autosave.backup() !== null);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected restore(): void {
    const backup = this.autosave.backup();
    this.backup.set(false);
    if (backup) {
      this.head.set(backup.value.head);
      this.rows.set(backup.value.rows.map(rowOf));
      this.changed();
    }
  }

  protected dropBackup(): void {
    this.autosave.discard();
    this.backup.set(false);
  }

  /* The head: what the notice states. */

  protected setHead(change: Partial<ItemListContent>): void {
    const head = this.head();
    if (head) {
      this.head.set({ ...head, ...change });
      this.changed();
    }
  }

  protected setCount(field: 'declaredTotal' | 'declaredOffices', text: string): void {
    this.setHead({ [field]: countOf(text) });
  }

  protected addMode(name: string): void {
    const modes = this.head()?.modes ?? [];
    const text = name.trim().slice(0, 40);
    if (text && modes.every((mode) => mode.name !== text)) {
      this.setHead({ modes: [...modes, { name: text, declaredCount: null }] });
    }
  }

  protected setModeCount(name: string, text: string): void {
    this.setHead({
      modes: (this.head()?.modes ?? []).map((mode) =>
        mode.name === name ? { ...mode, declaredCount: countOf(text) } : mode,
      ),
    });
  }

  protected removeMode(name: string): void {
    this.setHead({ modes: (this.head()?.modes ?? []).filter((mode) => mode.name !== name) });
  }

  protected addArtefact(name: string): void {
    const artefacts = this.head()?.artefacts ?? [];
    const text = name.trim().slice(0, 100);
    if (text) {
      this.setHead({ artefacts: [...artefacts, { key: newKey('a', artefacts), name: text }] });
    }
  }

  protected removeArtefact(key: string): void {
    this.setHead({ artefacts: (this.head()?.artefacts ?? []).filter((artefact) => artefact.key !== key) });
  }

  protected addGroup(name: string): void {
    const groups = this.head()?.groups ?? [];
    const text = name.trim().slice(0, 100);
    if (text) {
      const group: ItemGroup = {
        key: newKey('g', groups),
        name: text,
        regionIds: [],
        declaredCount: null,
        reading: null,
        placement: null,
      };
      this.setHead({ groups: [...groups, group] });
    }
  }

  protected setGroup(key: string, change: Partial<ItemGroup>): void {
    this.setHead({
      groups: (this.head()?.groups ?? []).map((group) =>
        group.key === key ? { ...group, ...change } : group,
      ),
    });
  }

  protected removeGroup(key: string): void {
    this.setHead({ groups: (this.head()?.groups ?? []).filter((group) => group.key !== key) });
  }

  protected addRegion(group: ItemGroup, regionId: string): void {
    if (regionId && !group.regionIds.includes(regionId)) {
      this.setGroup(group.key, { regionIds: [...group.regionIds, regionId] });
    }
  }

  protected removeRegion(group: ItemGroup, regionId: string): void {
    this.setGroup(group.key, { regionIds: group.regionIds.filter((id) => id !== regionId) });
  }

  protected groupCount(key: string, text: string): void {
    this.setGroup(key, { declaredCount: countOf(text) });
  }

  protected groupReading(key: string, value: string): void {
    this.setGroup(key, { reading: (value || null) as GroupReading | null });
  }

  protected groupPlacement(key: string, value: string): void {
    this.setGroup(key, { placement: (value || null) as GroupPlacement | null });
  }

  /** Counts of the notice that a person chose: each goes where they said. */
  protected takeCounts(counts: readonly TakenCount[]): void {
    const head = this.head();
    if (head) {
      this.setHead(withCounts(head, counts));
    }
  }

  /* The rows. */

  protected isLocked(row: ItemRow): boolean {
    return row.id !== null && this.locked().has(row.id);
  }

  protected hasMode(name: string): boolean {
    return this.head()?.modes.some((mode) => mode.name === name) ?? false;
  }

  protected longest(field: TextField): number {
    return LONGEST[field];
  }

  protected hasProblem(row: ItemRow, field: string): boolean {
    return this.problemRows().has(`${this.order().get(row.uid) ?? 0}:${field}`);
  }

  protected setCell(row: ItemRow, field: TextField, text: string): void {
    const value = text.trim();
    const required = field === 'number' || field === 'name' || field === 'officeName';
    const change = {
      [field]: required ? value : value || null,
      ...(field === 'groupKey' ? { regionIds: [] } : {}),
    };
    this.setRows(this.rows().map((other) => (other.uid === row.uid ? { ...other, ...change } : other)));
  }

  /** The row's group where its regions may differ in what they have: each of several, or some of them. */
  protected sharedGroup(row: ItemRow): ItemGroup | null {
    const group = this.head()?.groups.find((other) => other.key === row.groupKey);
    return group && group.regionIds.length > 1 ? group : null;
  }

  protected toggleRegion(row: ItemRow, regionId: string): void {
    const regionIds = row.regionIds.includes(regionId)
      ? row.regionIds.filter((id) => id !== regionId)
      : [...row.regionIds, regionId];
    this.setRows(this.rows().map((other) => (other.uid === row.uid ? { ...other, regionIds } : other)));
  }

  protected addRow(after?: ItemRow): void {
    const rows = this.rows();
    const at = after ? rows.findIndex((row) => row.uid === after.uid) + 1 : rows.length;
    const row = emptyRow(after ?? rows.at(-1));
    this.filter.set('');
    this.setRows([...rows.slice(0, at), row, ...rows.slice(at)]);
    this.page.set(Math.floor(at / this.size()));
    this.focusCell(row.uid, 'name');
  }

  protected removeRow(row: ItemRow): void {
    this.setRows(this.rows().filter((other) => other.uid !== row.uid));
  }

  protected moveRow(row: ItemRow, by: -1 | 1): void {
    this.setRows(moved(this.rows(), row.uid, by));
  }

  /** Enter and the arrows move between rows as in a spreadsheet; Enter in the last row begins a new one. */
  protected onKey(event: KeyboardEvent, row: ItemRow, field: TextField): void {
    // There the arrows choose among the proposals.
    const select = event.target instanceof HTMLSelectElement || field === 'officeName';
    const by =
      event.key === 'Enter' || (event.key === 'ArrowDown' && !select)
        ? 1
        : event.key === 'ArrowUp' && !select
          ? -1
          : 0;
    if (by === 0 || event.isComposing) {
      return;
    }
    event.preventDefault();
    const visible = this.visible();
    const next = visible[visible.findIndex((other) => other.uid === row.uid) + by];
    if (next) {
      this.focusCell(next.uid, field);
    } else if (event.key === 'Enter' && this.rows().at(-1)?.uid === row.uid) {
      this.addRow(row);
    }
  }

  /** Several cells pasted into one are a table: they are looked at before they come in. */
  protected onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (isTable(text)) {
      event.preventDefault();
      void this.bringIn(text);
    }
  }

  protected search(text: string): void {
    this.filter.set(text);
    this.page.set(0);
  }

  protected turnPage(event: PageEvent): void {
    this.size.set(event.pageSize);
    this.page.set(event.pageIndex);
  }

  protected goTo(problem: ItemProblemDto): void {
    const row = problem.order === null ? undefined : this.rows()[problem.order - 1];
    if (row && problem.order !== null) {
      this.filter.set('');
      this.page.set(Math.floor((problem.order - 1) / this.size()));
      this.focusCell(row.uid, (problem.field ?? 'name') as TextField);
    } else if (problem.groupKey !== null) {
      const group = this.host.nativeElement.querySelector<HTMLElement>(
        `[data-group="${CSS.escape(problem.groupKey)}"]`,
      );
      group?.closest('details')?.setAttribute('open', '');
      const field = group?.querySelector<HTMLElement>(`[data-field="${CSS.escape(problem.field ?? '')}"]`);
      field?.scrollIntoView({ block: 'center' });
      field?.focus();
    }
  }

  protected readonly openImport = (): Promise<void> => this.bringIn('');

  /* The draft. */

  protected readonly issue = async (): Promise<void> => {
    await this.settled();
    const draft = this.draft();
    const head = this.head();
    if (!draft || !head) {
      return;
    }
    this.issueProblem.set('');
    if (this.autosave.hasUnsaved()) {
      // The server would issue what it has, which is not what stands here.
      this.issueProblem.set(this.transloco.translate('programmes.items.notSaved'));
      this.host.nativeElement.querySelector<HTMLElement>('#items-check')?.scrollIntoView();
      return;
    }
    const opened = this.dialog.open<ItemsIssue, ItemsIssueData, ItemsIssueResult>(ItemsIssue, {
      data: {
        listId: draft.listId,
        title: head.title,
        locked: head.locked,
        count: this.rows().length,
        version: draft.baseVersion + 1,
        noticeDate: draft.noticeDate,
        stamp: this.stamp,
      },
      width: '36rem',
      maxWidth: '95vw',
      disableClose: true,
    });
    const result = await firstValueFrom(opened.afterClosed());
    if (!result) {
      return;
    }
    if (result.problem?.code === 'Programmes:ItemListIssuedAlready') {
      // There is no draft any more; what was issued stands on the list's page.
      this.gone = true;
      this.autosave.discard();
      this.toast.failure(result.problem);
      await this.router.navigate(['/programmes/items', draft.listId]);
      return;
    }
    if (result.problem) {
      this.issueProblem.set(problemText(result.problem, this.transloco));
      this.host.nativeElement.querySelector<HTMLElement>('#items-check')?.scrollIntoView();
      return;
    }
    this.gone = true;
    this.autosave.discard();
    this.toast.success(this.transloco.translate('programmes.items.issued'));
    await this.router.navigate(['/programmes/items', draft.listId]);
  };

  private async discard(): Promise<void> {
    const draft = this.draft();
    const confirmed =
      draft &&
      (await this.confirm.ask({
        title: this.transloco.translate('programmes.items.discardTitle', { title: draft.content.title }),
        message: this.transloco.translate(
          this.isRevision() ? 'programmes.items.discardRevision' : 'programmes.items.discardFirst',
          { count: this.rows().length },
        ),
        confirmLabel: this.transloco.translate('programmes.items.discard'),
        danger: true,
      }));
    if (!draft || !confirmed) {
      return;
    }
    await this.settled();
    try {
      await this.api.invoke(discardItemListDraft, {
        id: draft.listId,
        body: { concurrencyStamp: this.stamp },
      });
      this.gone = true;
      this.autosave.discard();
      await this.router.navigate(
        this.isRevision() ? ['/programmes/items', draft.listId] : ['/programmes', draft.programmeId],
      );
    } catch (error) {
      this.toast.failure(error);
    }
  }

  private async downloadDraft(): Promise<void> {
    await this.settled();
    const draft = this.draft();
    if (draft) {
      try {
        await saveFile(
          this.http,
          downloadItemListDraft.PATH.replace('{id}', draft.listId),
          {},
          `${draft.content.title}.xlsx`,
        );
      } catch (error) {
        this.toast.failure(error);
      }
    }
  }

  private renumber(): void {
    this.setRows(renumbered(this.rows(), this.locked()));
  }

  private async bringIn(text: string): Promise<void> {
    // The server compares the table with the draft as it has it.
    await this.settled();
    const draft = this.draft();
    if (!draft) {
      return;
    }
    const opened = this.dialog.open<ItemsImport, ItemsImportData, ItemsImportResult>(ItemsImport, {
      data: {
        listId: draft.listId,
        rows: this.rows(),
        text,
        appendOnly: this.appendOnly(),
        groupNames: this.groupNames(),
      },
      width: '72rem',
      maxWidth: '95vw',
    });
    const result = await firstValueFrom(opened.afterClosed());
    if (result) {
      this.filter.set('');
      this.setRows(imported(this.rows(), result.rows, result.mode, this.locked()));
    }
  }

  private setRows(rows: readonly ItemRow[]): void {
    this.rows.set(rows);
    this.page.update((page) => Math.max(0, Math.min(page, Math.ceil(this.found().length / this.size()) - 1)));
    this.changed();
  }

  private changed(): void {
    const head = this.head();
    if (head) {
      this.autosave.change({ head, rows: this.rows() });
    }
  }

  private async save(head: ItemListContent, rows: readonly ItemRow[]): Promise<void> {
    const saved = await this.api.invoke(saveItemListDraft, {
      id: this.id(),
      body: { content: contentOf(head, rows), concurrencyStamp: this.stamp },
    });
    this.stamp = saved.concurrencyStamp;
    this.rows.set(withServerIds(this.rows(), rows, saved.content.items));
    this.draft.set(saved);
    this.breadcrumb.setLeaf(saved.content.title);
  }

  /** Waits until the server has everything, for acts that need its state. */
  private async settled(): Promise<void> {
    while (this.autosave.hasUnsaved() && !['failed', 'conflict'].includes(this.autosave.state())) {
      this.autosave.flush();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** A colleague saved in between: both are named, nothing is decided silently. */
  private async decideConflict(): Promise<void> {
    const head = this.head();
    const problem = this.autosave.problem();
    if (!head || !problem?.isStale) {
      return;
    }
    try {
      const theirs = await this.api.invoke(getItemListDraft, { id: this.id() });
      const answer = await this.conflict.ask({
        fields: [
          {
            label: this.transloco.translate('programmes.items.field.title'),
            mine: head.title,
            theirs: theirs.content.title,
          },
          {
            label: this.transloco.translate('programmes.items.title'),
            mine: this.rows()
              .map((row) => `${row.number} ${row.name}`)
              .join('\n'),
            theirs: theirs.content.items.map((item) => `${item.number} ${item.name}`).join('\n'),
          },
        ],
      });
      if (answer === 'mine') {
        this.stamp = theirs.concurrencyStamp;
        this.autosave.flush();
      } else if (answer === 'theirs') {
        this.autosave.discard();
        this.show(theirs);
      }
    } catch (error) {
      this.toast.failure(error);
    }
  }

  private show(draft: ItemListDraftDto): void {
    this.draft.set(draft);
    this.head.set({ ...draft.content, items: [] });
    this.rows.set(draft.content.items.map(rowOf));
    this.locked.set(lockedIds(draft));
    this.stamp = draft.concurrencyStamp;
    this.breadcrumb.setLeaf(draft.content.title);
  }

  private focusCell(uid: number, field: TextField): void {
    // The cell may only come with the next rendering.
    setTimeout(() => {
      const cell = this.host.nativeElement.querySelector<HTMLElement>(
        `[data-cell="${String(uid)}:${field}"]`,
      );
      cell?.scrollIntoView({ block: 'nearest' });
      cell?.focus();
    });
  }
}
