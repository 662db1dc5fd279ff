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
import { MatTabsModule } from '@angular/material/tabs';
import { HttpClient } from '@angular/common/http';
import { Router, RouterLink } from '@angular/router';
import { Api } from '@api/api';
import { revokeAssignment } from '@api/fn/assignments/revoke-assignment';
import { copyProgramme } from '@api/fn/programmes/copy-programme';
import { downloadAssignmentTable } from '@api/fn/programmes/download-assignment-table';
import { downloadTaskSheet } from '@api/fn/programmes/download-task-sheet';
import { saveProgrammeTemplate } from '@api/fn/programmes/save-programme-template';
import { closeProgramme } from '@api/fn/programmes/close-programme';
import { listItemLists } from '@api/fn/item-lists/list-item-lists';
import { getProgramme } from '@api/fn/programmes/get-programme';
import { getProgrammeNotice } from '@api/fn/programmes/get-programme-notice';
import { AssignmentDto } from '@api/models/assignment-dto';
import { ItemListListItemDto } from '@api/models/item-list-list-item-dto';
import { ProgrammeDto } from '@api/models/programme-dto';
import { ThemeDto } from '@api/models/theme-dto';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import {
  ApiProblem,
  AppDatePipe,
  AppDateTextPipe,
  AppInstantPipe,
  SessionService,
  formatDateText,
  PreferencesService,
} from '@core';
import {
  Busy,
  Confirm,
  Definition,
  DefinitionList,
  EmptyState,
  Loading,
  MenuAction,
  PageHeader,
  ProblemView,
  StateChip,
  StatusLight,
  Timeline,
  TimelineEntry,
  Toast,
} from '@ui';
import { firstValueFrom } from 'rxjs';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { ItemsSection } from './items-section';
import { assignmentLabel, claimTone, deadlineLabel, fileNameOf, programmeTone } from './labels';

@Component({
  selector: 'app-programme-detail',
  imports: [
    AppDatePipe,
    AppDateTextPipe,
    AppInstantPipe,
    Busy,
    DefinitionList,
    EmptyState,
    ItemsSection,
    Loading,
    MatTabsModule,
    PageHeader,
    ProblemView,
    RouterLink,
    StateChip,
    StatusLight,
    Timeline,
    TranslocoDirective,
  ],
  templateUrl: './programme-detail.html',
  styleUrl: './programme-detail.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProgrammeDetailPage {
  private readonly api = inject(Api);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly confirm = inject(Confirm);
  private readonly http = inject(HttpClient);
  private readonly router = inject(Router);
  private readonly preferences = inject(PreferencesService);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  protected readonly session = inject(SessionService);

  readonly id = input.required<string>();
  protected readonly programme = signal<ProgrammeDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly itemLists = signal<readonly ItemListListItemDto[]>([]);
  protected readonly itemListsProblem = signal<ApiProblem | null>(null);
  protected readonly noticeText = signal<string | null>(null);
  protected readonly noticeProblem = signal<ApiProblem | null>(null);

  protected readonly programmeTone = programmeTone;
  protected readonly claimTone = claimTone;
  protected readonly assignmentLabel = assignmentLabel;

  protected readonly mayDecide = computed(
    () => (this.programme()?.isIssuer ?? false) && this.session.can('Programmes.DecideClaims'),
  );
  protected readonly mayEditItems = computed(
    () =>
      (this.programme()?.isIssuer ?? false) &&
      this.programme()?.status === 'Published' &&
      this.session.can('Programmes.EditItemLists'),
  );
  protected readonly mayClaim = computed(
    () => (this.programme()?.mayClaim ?? false) && this.session.can('Programmes.Claim'),
  );
  protected readonly facts = computed<Definition[]>(() => {
    const programme = this.programme();
    if (!programme) {
      return [];
    }
    const t = (key: string) => this.transloco.translate(key);
    const date = (value: string | null) =>
      value ? formatDateText(value, this.preferences.language()) : null;
    return [
      { term: t('programmes.field.documentNumber'), text: programme.documentNumber },
      { term: t('programmes.field.issuingBody'), text: programme.issuingBody },
      { term: t('programmes.field.issueDate'), text: date(programme.issueDate) },
      {
        term: t('programmes.field.deadline'),
        text: deadlineLabel(programme.deadline, t('programmes.softly')),
      },
      {
        term: t('programmes.detail.scope'),
        text: this.transloco.translate('programmes.detail.scopeText', {
          themes: programme.themes.length,
          assignments: programme.assignmentCount,
          regions: programme.regionCount,
        }),
      },
      {
        term: t('programmes.detail.instances'),
        text: this.transloco.translate('programmes.detail.instancesText', {
          count: programme.taskInstanceCount,
        }),
      },
      ...(programme.claimAudience === 'None'
        ? []
        : [{ term: t('programmes.field.claimsCloseOn'), text: date(programme.claimsCloseOn) }]),
    ];
  });
  protected readonly phases = computed<TimelineEntry[]>(() => {
    const language = this.preferences.language();
    const day = (value: string | null) => (value ? formatDateText(value, language) : '');
    return (this.programme()?.phases ?? []).map((phase) => ({
      when: [day(phase.start), day(phase.end)].filter((text) => text !== '').join(' — '),
      title: phase.name,
      current: phase.isCurrent,
    }));
  });
  protected readonly actions = computed<MenuAction[]>(() => {
    const programme = this.programme();
    if (!programme?.isIssuer) {
      return [];
    }
    const copies: MenuAction[] = this.session.can('Programmes.Manage')
      ? [
          { text: this.transloco.translate('programmes.detail.copy'), run: () => void this.copy() },
          {
            text: this.transloco.translate('programmes.detail.saveTemplate'),
            run: () => void this.saveTemplate(),
          },
        ]
      : [];
    return programme.status === 'Published' && this.session.can('Programmes.Publish')
      ? [
          ...copies,
          {
            text: this.transloco.translate('programmes.detail.close'),
            danger: true,
            run: () => void this.close(),
          },
        ]
      : copies;
  });

  protected readonly assignmentTableDocx = () => this.download(downloadAssignmentTable.PATH, 'Docx');
  protected readonly assignmentTableXlsx = () => this.download(downloadAssignmentTable.PATH, 'Xlsx');
  protected readonly taskSheetDocx = () => this.download(downloadTaskSheet.PATH, 'Docx');
  protected readonly taskSheetXlsx = () => this.download(downloadTaskSheet.PATH, 'Xlsx');

  constructor() {
    effect(() => {
      this.id();
      untracked(() => void this.load());
    });
  }

  protected async load(): Promise<void> {
    this.problem.set(null);
    try {
      this.show(await this.api.invoke(getProgramme, { id: this.id() }));
      await this.loadItemLists();
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected itemListsOf(theme: ThemeDto): readonly ItemListListItemDto[] {
    return this.itemLists().filter((list) => list.themeId === theme.id);
  }

  protected async loadItemLists(): Promise<void> {
    this.itemListsProblem.set(null);
    try {
      const page = await this.api.invoke(listItemLists, { programmeId: this.id(), maxResultCount: 200 });
      this.itemLists.set(page.items);
    } catch (error) {
      this.itemListsProblem.set(ApiProblem.from(error));
    }
  }

  protected async openTab(index: number): Promise<void> {
    if (index === 2 && this.noticeText() === null) {
      await this.loadNotice();
    }
  }

  protected async loadNotice(): Promise<void> {
    this.noticeProblem.set(null);
    try {
      this.noticeText.set((await this.api.invoke(getProgrammeNotice, { id: this.id() })).text);
    } catch (error) {
      this.noticeProblem.set(ApiProblem.from(error));
    }
  }

  protected async revoke(theme: ThemeDto, assignment: AssignmentDto): Promise<void> {
    const confirmed = await this.confirm.ask({
      title: this.transloco.translate('programmes.detail.revokeTitle', {
        region: assignmentLabel(assignment),
      }),
      message: this.transloco.translate('programmes.detail.revokeText', { theme: theme.title }),
      affected: [assignmentLabel(assignment)],
      confirmLabel: this.transloco.translate('programmes.detail.revoke'),
      danger: true,
      reasonLabel: this.transloco.translate('programmes.detail.revokeReason'),
    });
    if (!confirmed) {
      return;
    }
    try {
      await this.api.invoke(revokeAssignment, {
        id: assignment.id,
        body: { reason: confirmed.reason, concurrencyStamp: assignment.concurrencyStamp },
      });
      this.toast.success(this.transloco.translate('programmes.detail.revoked'));
    } catch (error) {
      this.toast.failure(error);
    }
    await this.load();
  }

  // The generated function would read the file as text: only its address is of use here.
  private async download(path: string, format: 'Docx' | 'Xlsx'): Promise<void> {
    const file = await firstValueFrom(
      this.http.get(path.replace('{id}', this.id()), {
        params: { format },
        responseType: 'blob',
        observe: 'response',
      }),
    );
    const url = URL.createObjectURL(file.body ?? new Blob());
    const link = document.createElement('a');
    link.href = url;
    link.download =
      fileNameOf(file.headers.get('Content-Disposition')) ??
      `${this.programme()?.title ?? ''}.${format.toLowerCase()}`;
    link.click();
    URL.revokeObjectURL(url);
    this.toast.success(this.transloco.translate('programmes.detail.downloaded'));
  }

  private async copy(): Promise<void> {
    const programme = this.programme();
    const yes =
      programme &&
      (await this.confirm.ask({
        title: this.transloco.translate('programmes.detail.copy'),
        message: this.transloco.translate('programmes.detail.copyText', { title: programme.title }),
        confirmLabel: this.transloco.translate('programmes.detail.copyConfirm'),
      }));
    if (!programme || !yes) {
      return;
    }
    try {
      const draft = await this.api.invoke(copyProgramme, { id: programme.id, body: { years: 1 } });
      await this.router.navigate(['/programmes/notices', draft.id]);
    } catch (error) {
      this.toast.failure(error);
    }
  }

  private async saveTemplate(): Promise<void> {
    const programme = this.programme();
    const given =
      programme &&
      (await this.confirm.ask({
        title: this.transloco.translate('programmes.detail.saveTemplate'),
        message: this.transloco.translate('programmes.detail.templateText'),
        confirmLabel: this.transloco.translate('programmes.detail.templateConfirm'),
        reasonLabel: this.transloco.translate('programmes.detail.templateName'),
      }));
    if (!programme || !given) {
      return;
    }
    try {
      await this.api.invoke(saveProgrammeTemplate, { id: programme.id, body: { name: given.reason } });
      this.toast.success(this.transloco.translate('programmes.detail.templateSaved'));
    } catch (error) {
      this.toast.failure(error);
    }
  }

  private async close(): Promise<void> {
    const programme = this.programme();
    const confirmed =
      programme &&
      (await this.confirm.ask({
        title: this.transloco.translate('programmes.detail.closeTitle', { title: programme.title }),
        message: this.transloco.translate('programmes.detail.closeText', { count: programme.regionCount }),
        confirmLabel: this.transloco.translate('programmes.detail.close'),
        danger: true,
      }));
    if (!programme || !confirmed) {
      return;
    }
    try {
      this.show(
        await this.api.invoke(closeProgramme, {
          id: programme.id,
          body: { concurrencyStamp: programme.concurrencyStamp },
        }),
      );
      this.toast.success(this.transloco.translate('programmes.detail.closed'));
    } catch (error) {
      this.toast.failure(error);
    }
  }

  private show(programme: ProgrammeDto): void {
    this.programme.set(programme);
    this.breadcrumb.setLeaf(programme.title);
  }
}
