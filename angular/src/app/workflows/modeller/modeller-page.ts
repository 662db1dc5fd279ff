import { BreakpointObserver } from '@angular/cdk/layout';
import { DOCUMENT } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  Injector,
  OnInit,
  afterRenderEffect,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom, tap } from 'rxjs';
import { CatalogueDto, DefinitionDto, DefinitionListItemDto, FieldKind } from '@api/models';
import { ApiProblem, PreferencesService, SessionService } from '@core';
import {
  AutosaveIndicator,
  Busy,
  Confirm,
  Conflict,
  DraftAutosave,
  DraftBackup,
  DraftBackupNotice,
  HasUnsavedChanges,
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
import { BreadcrumbService } from '../../layout/breadcrumb.service';
import { EditDefinitionDialog } from '../edit-definition-dialog';
import { FlowPicture } from '../flow/flow-picture';
import { Definition, Finding } from '../models';
import { WorkflowsApi } from '../workflows-api';
import { FindingsList } from './findings-list';
import { FlowEditor } from './flow-editor';
import { localFindings } from './local-checks';
import { outlineOf } from './outline';
import { PropertiesPanel } from './properties-panel';
import { PublishData, PublishDialog } from './publish-dialog';
import { RefusedElement, refusedElements } from './refusals';
import { readForm } from './settings';
import { Simulator } from './simulator';
import { loadModellerStyles } from './styles';
import { TableEditor } from './table-editor';

type View = 'canvas' | 'table' | 'simulation';
const VIEWS: readonly View[] = ['canvas', 'table', 'simulation'];
const CHECK_AFTER = 1200;
const EXPORT_AFTER = 400;

/** Where an office draws its flow: canvas and table of one model, settings beside them, findings under them. */
@Component({
  selector: 'app-modeller-page',
  imports: [
    AutosaveIndicator,
    Busy,
    DraftBackupNotice,
    FindingsList,
    FlowPicture,
    Loading,
    PageHeader,
    ProblemView,
    PropertiesPanel,
    RouterLink,
    Simulator,
    StateChip,
    TableEditor,
    TranslocoDirective,
  ],
  templateUrl: './modeller-page.html',
  styleUrl: './modeller-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ModellerPage implements OnInit, HasUnsavedChanges {
  private readonly api = inject(WorkflowsApi);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly confirm = inject(Confirm);
  private readonly conflict = inject(Conflict);
  private readonly dialog = inject(MatDialog);
  private readonly dom = inject(DOCUMENT);
  private readonly injector = inject(Injector);
  private readonly preferences = inject(PreferencesService);
  private readonly router = inject(Router);
  private readonly session = inject(SessionService);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);

  readonly id = input.required<string>();

  private readonly canvas = viewChild<ElementRef<HTMLElement>>('canvas');
  private readonly panel = viewChild<ElementRef<HTMLElement>>('panel');
  private readonly findingsBox = viewChild<ElementRef<HTMLElement>>('findingsBox');
  private readonly refusalBox = viewChild<ElementRef<HTMLElement>>('refusalBox');
  protected readonly views = VIEWS;
  /** On a phone the table is what one can work with. */
  protected readonly view = signal<View>(
    inject(BreakpointObserver).isMatched('(max-width: 600px)') ? 'table' : 'canvas',
  );
  protected readonly definition = signal<Definition | null>(null);
  protected readonly catalogue = signal<CatalogueDto | null>(null);
  protected readonly editor = signal<FlowEditor | null>(null);
  protected readonly loadProblem = signal<ApiProblem | null>(null);
  protected readonly checkProblem = signal<string | null>(null);
  protected readonly openProblem = signal<string | null>(null);
  /** A file that was not imported, and why. */
  protected readonly refusal = signal<{ file: string; elements: readonly RefusedElement[] } | null>(null);
  protected readonly backup = signal<DraftBackup<string> | null>(null);
  protected readonly checking = signal(false);
  protected readonly publishing = signal(false);
  /** The model as last written, for simulating. */
  protected readonly currentXml = signal('');
  private readonly checked = signal<{ revision: number; findings: readonly Finding[] } | null>(null);
  /** The server's findings while they are of this very model; what can be seen at once until then. */
  protected readonly findings = computed<readonly Finding[]>(() => {
    const editor = this.editor();
    if (!editor) {
      return [];
    }
    const checked = this.checked();
    return checked && checked.revision === editor.revision() ? checked.findings : localFindings(editor);
  });
  protected readonly editable = computed(() => {
    const definition = this.definition();
    return definition !== null && definition.isOwn && definition.version.status === 'Draft';
  });
  protected readonly published = computed(() =>
    this.definition()?.versions.find((version) => version.status === 'Published'),
  );
  protected readonly actions = computed<MenuAction[]>(() => {
    const published = this.published();
    const text = (key: string) => this.transloco.translate(`workflows.modeller.${key}`) as string;
    const rename = {
      text: this.transloco.translate('workflows.definitions.edit') as string,
      run: () => void this.rename(),
    };
    if (!this.editable()) {
      return this.definition()?.isOwn && this.session.can('Workflows.Design') ? [rename] : [];
    }
    return [
      rename,
      ...(published
        ? [
            {
              text: text('compare'),
              run: () =>
                void this.router.navigate(['/workflows/versions', this.definition()?.version.id, 'compare'], {
                  queryParams: { with: published.id },
                }),
            },
          ]
        : []),
      { text: text('importFile'), run: () => this.dom.getElementById('workflow-import')?.click() },
      { text: text('exportFile'), run: () => void this.exportFile() },
    ];
  });
  protected readonly nameOf = computed(() => {
    const editor = this.editor();
    editor?.revision();
    return (id: string): string => {
      const element = editor?.element(id)?.businessObject;
      return (element?.get('name') as string | undefined) || id;
    };
  });
  /** The form of a step, for simulating it. */
  protected readonly formOf = computed(() => {
    const editor = this.editor();
    editor?.revision();
    return (id: string) => {
      const element = editor?.element(id)?.businessObject;
      return element?.$type === 'bpmn:UserTask'
        ? readForm(element).fields.map(({ required, ...field }) => ({
            ...field,
            kind: field.kind as FieldKind,
            options: [...field.options],
            isRequired: required,
          }))
        : [];
    };
  });
  protected autosave!: DraftAutosave<string>;
  private stamp = '';
  /** What was written about the version, kept until it is published. */
  private note = '';
  private baseline = 0;
  private checkTimer: ReturnType<typeof setTimeout> | undefined;
  private exportTimer: ReturnType<typeof setTimeout> | undefined;
  private starting = false;

  constructor() {
    warnBeforeUnload(this);
    effect(() => {
      const canvas = this.canvas()?.nativeElement;
      const definition = this.definition();
      if (canvas && definition && untracked(this.editable) && !this.starting) {
        this.starting = true;
        void this.start(canvas, definition);
      }
    });
    effect(() => {
      const editor = this.editor();
      const revision = editor?.revision() ?? 0;
      if (editor && revision !== this.baseline) {
        this.noteChange(editor);
      }
    });
    effect(() => {
      const editor = this.editor();
      const ids = (severity: Finding['severity']) =>
        this.findings()
          .filter((finding) => finding.severity === severity)
          .flatMap((finding) => (finding.elementId ? [finding.elementId] : []));
      const errors = ids('Error');
      const warnings = ids('Warning');
      untracked(() => {
        editor?.mark(errors, 'has-error');
        editor?.mark(
          warnings.filter((id) => !errors.includes(id)),
          'has-warning',
        );
      });
    });
    afterRenderEffect(() => {
      this.refusalBox()?.nativeElement.focus();
    });
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.checkTimer);
      clearTimeout(this.exportTimer);
      this.editor()?.destroy();
    });
  }

  ngOnInit(): void {
    this.autosave = draftAutosave<string>({
      key: `workflow-definition:${this.id()}`,
      injector: this.injector,
      save: (xml) =>
        this.api.saveDraft(this.id(), xml, this.stamp).pipe(
          tap((saved) => {
            this.stamp = saved.concurrencyStamp;
          }),
        ),
    });
    this.backup.set(this.autosave.backup());
    this.load();
  }

  hasUnsavedChanges(): boolean {
    return this.autosave.hasUnsaved();
  }

  protected load(): void {
    this.loadProblem.set(null);
    this.api.definition(this.id()).subscribe({
      next: (definition) => {
        this.stamp = definition.version.concurrencyStamp;
        this.currentXml.set(definition.version.xml);
        this.definition.set(definition);
        this.breadcrumb.setLeaf(definition.name);
      },
      error: (error: unknown) => {
        this.loadProblem.set(ApiProblem.from(error));
      },
    });
    this.api.catalogue().subscribe({
      next: (catalogue) => {
        this.catalogue.set(catalogue);
      },
      error: (error: unknown) => {
        this.toast.failure(error);
      },
    });
  }

  protected show(view: View): void {
    this.view.set(view);
  }

  /** Arrow keys move between the tabs, as tab lists do. */
  protected moveTab(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const next = VIEWS[(VIEWS.indexOf(this.view()) + step + VIEWS.length) % VIEWS.length] ?? 'canvas';
      this.show(next);
      this.dom.getElementById(`tab-${next}`)?.focus();
    }
  }

  protected editElement(id: string): void {
    this.editor()?.select(id);
    // The panel has changed with the next rendering.
    setTimeout(() => {
      const box = this.panel()?.nativeElement;
      box?.scrollIntoView({ block: 'nearest' });
      box?.querySelector<HTMLElement>('input, select, textarea')?.focus();
    });
  }

  protected async restore(xml: string): Promise<void> {
    await this.replaceModel(xml);
    this.backup.set(null);
    this.autosave.change(xml);
  }

  protected dropBackup(): void {
    this.autosave.discard();
    this.backup.set(null);
  }

  protected async importFile(event: Event): Promise<void> {
    const chooser = event.target as HTMLInputElement;
    const file = chooser.files?.[0];
    chooser.value = '';
    if (!file) {
      return;
    }
    this.refusal.set(null);
    try {
      const xml = await file.text();
      // What the engine does not execute cannot be saved: the draft stays as it is, and the file's faults are named.
      const elements = refusedElements(await firstValueFrom(this.api.check(xml)), xml, this.transloco);
      if (elements.length > 0) {
        this.refusal.set({ file: file.name, elements });
        return;
      }
      const yes = await this.confirm.ask({
        title: this.transloco.translate('workflows.modeller.importFile'),
        message: this.transloco.translate('workflows.modeller.importText', { file: file.name }),
        confirmLabel: this.transloco.translate('workflows.modeller.importGo'),
        danger: true,
      });
      if (yes) {
        await this.replaceModel(xml);
        if (this.openProblem() === null) {
          this.autosave.change(xml);
          this.toast.success(this.transloco.translate('workflows.modeller.imported', { file: file.name }));
        }
      }
    } catch (error) {
      this.toast.failure(error);
    }
  }

  protected readonly beginDraft = async (): Promise<void> => {
    await firstValueFrom(this.api.beginDraft(this.id()));
    this.load();
  };

  /** Somebody of the same region saved in between: both models as text, nothing decided silently. */
  protected readonly resolveConflict = async (): Promise<void> => {
    const editor = this.editor();
    if (!editor) {
      return;
    }
    const fresh = await firstValueFrom(this.api.definition(this.id()));
    const typeName = (type: string) => this.transloco.translate(`workflows.type.${type}`) as string;
    const mine = await editor.xml();
    const answer = await this.conflict.ask({
      fields: [
        {
          label: this.transloco.translate('workflows.modeller.model'),
          mine: outlineOf(mine, typeName),
          theirs: outlineOf(fresh.version.xml, typeName),
        },
      ],
    });
    if (answer === 'mine') {
      this.stamp = fresh.version.concurrencyStamp;
      this.autosave.flush();
    } else if (answer === 'theirs') {
      this.autosave.discard();
      this.stamp = fresh.version.concurrencyStamp;
      await this.replaceModel(fresh.version.xml);
    }
  };

  private async rename(): Promise<void> {
    try {
      const row = await firstValueFrom(this.api.definitionRow(this.id()));
      const opened = this.dialog.open<EditDefinitionDialog, DefinitionListItemDto, DefinitionDto>(
        EditDefinitionDialog,
        { data: row, width: '34rem', maxWidth: '95vw' },
      );
      const saved = await firstValueFrom(opened.afterClosed());
      if (saved) {
        const { name } = saved.definition;
        // The drawing stays as it is on the page: only its name changed.
        this.definition.update((definition) => definition && { ...definition, name });
        this.breadcrumb.setLeaf(name);
        this.toast.success(this.transloco.translate('workflows.definitions.edited'));
      }
    } catch (error) {
      this.toast.failure(error);
    }
  }

  protected async publish(): Promise<void> {
    const editor = this.editor();
    const definition = this.definition();
    if (!editor || !definition) {
      return;
    }
    const errors = this.findings().filter((finding) => finding.severity === 'Error');
    if (errors.length > 0) {
      this.toast.success(this.transloco.translate('workflows.publish.mendFirst', { count: errors.length }));
      this.findingsBox()?.nativeElement.querySelector('h2')?.focus();
      return;
    }
    const opened = this.dialog.open<PublishDialog, PublishData, string>(PublishDialog, {
      data: {
        name: definition.name,
        // A draft has no number until it is published.
        version: 1 + Math.max(0, ...definition.versions.map((version) => version.number)),
        warnings: this.findings().length,
        note: this.note,
      },
      width: '34rem',
      maxWidth: '95vw',
    });
    const note = await firstValueFrom(opened.afterClosed());
    if (!note) {
      return;
    }
    this.note = note;
    this.publishing.set(true);
    try {
      // What is on the canvas is what is published, also within the autosave's pause.
      const saved = await firstValueFrom(this.api.saveDraft(this.id(), await editor.xml(), this.stamp));
      this.stamp = saved.concurrencyStamp;
      this.autosave.discard();
      await firstValueFrom(this.api.publish(this.id(), note, this.stamp));
      this.toast.success(this.transloco.translate('workflows.publish.done', { name: definition.name }));
      await this.router.navigateByUrl('/workflows/definitions');
    } catch (error) {
      const problem = ApiProblem.from(error);
      if (problem.isStale) {
        // The autosave finds the same conflict and offers both versions.
        this.autosave.change(await editor.xml());
        this.autosave.flush();
      }
      this.toast.failure(problem);
    } finally {
      this.publishing.set(false);
    }
  }

  private async start(canvas: HTMLElement, definition: Definition): Promise<void> {
    try {
      const [{ createModeler }] = await Promise.all([
        import('./modeler-factory'),
        loadModellerStyles(this.dom),
      ]);
      const text = (key: string) => this.transloco.translate(key) as string;
      const modeler = createModeler(canvas, {
        chinese: () => this.preferences.language() === 'zh-Hans',
        kind: (key) => this.transloco.translate(`workflows.kind.${key}`),
        append: (key) =>
          this.transloco.translate('workflows.modeller.append', { kind: text(`workflows.kind.${key}`) }),
        annotation: () => text('workflows.type.textAnnotation'),
      });
      const editor = new FlowEditor(modeler);
      await editor.open(definition.version.xml);
      this.baseline = editor.revision();
      this.editor.set(editor);
      // The wheel turns the palette where it is higher than the canvas, and not the drawing.
      canvas.querySelector('.djs-palette')?.classList.add('djs-scrollable');
      editor.fit();
      this.check(editor, definition.version.xml);
    } catch (error) {
      this.openProblem.set(error instanceof Error ? error.message : String(error));
    }
  }

  private async replaceModel(xml: string): Promise<void> {
    const editor = this.editor();
    if (!editor) {
      return;
    }
    this.openProblem.set(null);
    const before = await editor.xml();
    try {
      await editor.open(xml);
      editor.fit();
      this.currentXml.set(xml);
      this.baseline = editor.revision();
      this.check(editor, xml);
    } catch (error) {
      // What cannot be opened leaves what was there.
      this.openProblem.set(error instanceof Error ? error.message : String(error));
      await editor.open(before);
      this.baseline = editor.revision();
    }
  }

  private noteChange(editor: FlowEditor): void {
    clearTimeout(this.exportTimer);
    clearTimeout(this.checkTimer);
    this.exportTimer = setTimeout(() => {
      void editor.xml().then((xml) => {
        this.currentXml.set(xml);
        this.autosave.change(xml);
        this.checkTimer = setTimeout(() => {
          this.check(editor, xml);
        }, CHECK_AFTER);
      });
    }, EXPORT_AFTER);
  }

  private check(editor: FlowEditor, xml: string): void {
    const revision = editor.revision();
    this.checking.set(true);
    this.api.check(xml).subscribe({
      next: (findings) => {
        this.checkProblem.set(null);
        this.checked.set({ revision, findings });
        this.checking.set(false);
      },
      error: (error: unknown) => {
        this.checkProblem.set(problemText(ApiProblem.from(error), this.transloco));
        this.checking.set(false);
      },
    });
  }

  private async exportFile(): Promise<void> {
    const xml = (await this.editor()?.xml()) ?? this.currentXml();
    const address = URL.createObjectURL(new Blob([xml], { type: 'application/xml' }));
    const link = this.dom.createElement('a');
    link.href = address;
    link.download = `${this.definition()?.key ?? 'flow'}.bpmn`;
    link.click();
    URL.revokeObjectURL(address);
  }
}
