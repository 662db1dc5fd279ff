import { NgTemplateOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Api } from '@api/api';
import { activateRegion, addRegion, listRegionTree } from '@api/functions';
import { RegionNodeDto } from '@api/models';
import { ApiProblem, SessionService } from '@core';
import {
  Busy,
  Confirm,
  EmptyState,
  ErrorSummary,
  Field,
  Loading,
  PageHeader,
  ProblemView,
  StateChip,
  Toast,
  UiForm,
  UiInput,
} from '@ui';
import { RegionsOffices } from './regions-offices';

/** The tree below one's own region, read level by level; beside it the chosen region with its offices. */
@Component({
  selector: 'app-regions-page',
  imports: [
    Busy,
    EmptyState,
    ErrorSummary,
    Field,
    Loading,
    NgTemplateOutlet,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    RegionsOffices,
    StateChip,
    TranslocoDirective,
    UiForm,
    UiInput,
  ],
  template: `
    <ng-container *transloco="let t">
      <ui-page-header [title]="t('regions.title')" />
      @if (problem(); as failed) {
        <ui-problem-view [problem]="failed" (retry)="loadRoots()" />
      } @else if (roots(); as list) {
        <div class="regions">
          <nav class="card" [attr.aria-label]="t('regions.tree')">
            <ng-container [ngTemplateOutlet]="branch" [ngTemplateOutletContext]="{ $implicit: list }" />
          </nav>
          <div class="stack">
            @if (selected(); as region) {
              <section class="card" [attr.aria-label]="region.name">
                <div class="button-row">
                  <h2>{{ region.name }}</h2>
                  <ui-state-chip
                    [text]="region.isActive ? t('regions.active') : t('regions.inactive')"
                    [tone]="region.isActive ? 'good' : 'neutral'"
                  />
                </div>
                <p class="quiet facts">
                  {{ t('regions.code') }} {{ region.code }}
                  @if (region.isAdded) {
                    <span> · {{ t('regions.added') }}</span>
                  }
                </p>
                @if (mayManage()) {
                  <div class="button-row">
                    @if (!region.isActive) {
                      <button type="button" class="button" [uiAction]="activate">
                        {{ t('regions.activate') }}
                      </button>
                    }
                    @if (childLevel(); as level) {
                      <button
                        type="button"
                        class="button"
                        [attr.aria-expanded]="adding()"
                        (click)="toggleAdding()"
                      >
                        {{ t('regions.add.' + level) }}
                      </button>
                    }
                  </div>
                }
                @if (adding()) {
                  <form [formGroup]="form" [uiForm]="formProblem()" (uiSubmit)="add()">
                    <ui-error-summary />
                    <ui-field
                      [label]="t('regions.code')"
                      [help]="t('regions.codeHelp', { prefix: region.code })"
                      [control]="form.controls.code"
                    >
                      <input uiInput formControlName="code" autocomplete="off" />
                    </ui-field>
                    <ui-field [label]="t('regions.name')" [control]="form.controls.name">
                      <input uiInput formControlName="name" autocomplete="off" />
                    </ui-field>
                    <ui-field [label]="t('regions.shortName')" [control]="form.controls.shortName">
                      <input uiInput formControlName="shortName" autocomplete="off" />
                    </ui-field>
                    <div class="button-row">
                      <button type="submit" class="button primary" [uiBusy]="saving()">
                        {{ t('regions.save') }}
                      </button>
                      <button type="button" class="button" (click)="toggleAdding()">
                        {{ t('regions.cancel') }}
                      </button>
                    </div>
                  </form>
                }
              </section>
              <app-regions-offices
                [regionId]="region.id"
                [regionName]="region.name"
                [editable]="mayManage()"
              />
            } @else {
              <ui-empty-state [title]="t('regions.chooseTitle')" [text]="t('regions.chooseText')" />
            }
          </div>
        </div>
      } @else {
        <ui-loading [lines]="8" />
      }

      <ng-template #branch let-nodes>
        <ul>
          @for (node of $any(nodes); track node.id) {
            <li>
              <div class="node">
                @if (node.hasChildren) {
                  <button
                    type="button"
                    class="fold"
                    [attr.aria-expanded]="isOpen(node)"
                    [attr.aria-label]="t('regions.fold', { name: node.name })"
                    (click)="toggle(node)"
                  >
                    <span aria-hidden="true">{{ isOpen(node) ? '▾' : '▸' }}</span>
                  </button>
                } @else {
                  <span class="fold" aria-hidden="true"></span>
                }
                <button
                  type="button"
                  class="button link"
                  [attr.aria-current]="node.id === selected()?.id ? 'true' : null"
                  (click)="choose(node)"
                >
                  {{ node.name }}
                </button>
                @if (!node.isActive) {
                  <span class="quiet">{{ t('regions.inactive') }}</span>
                }
              </div>
              @if (isOpen(node)) {
                @if (childrenOf(node); as below) {
                  <ng-container
                    [ngTemplateOutlet]="branch"
                    [ngTemplateOutletContext]="{ $implicit: below }"
                  />
                } @else {
                  <ui-loading [lines]="2" />
                }
              }
            </li>
          }
        </ul>
      </ng-template>
    </ng-container>
  `,
  styles: `
    .regions {
      display: grid;
      grid-template-columns: minmax(16rem, 1fr) 2fr;
      gap: 16px;
      align-items: start;
    }

    ul {
      margin: 0;
      padding-left: 12px;
      list-style: none;
    }

    nav > ul {
      padding: 0;
    }

    .facts {
      margin: 4px 0 12px;
    }

    form {
      margin-top: 16px;
    }

    .node {
      display: flex;
      gap: 4px;
      align-items: center;
      min-height: 2rem;
    }

    .fold {
      flex: none;
      width: 1.75rem;
      height: 1.75rem;
      border: 0;
      background: none;
      font: inherit;
    }

    [aria-current='true'] {
      font-weight: 600;
    }

    @media (width <= 700px) {
      .regions {
        grid-template-columns: 1fr;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RegionsPage {
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly session = inject(SessionService);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);

  protected readonly roots = signal<readonly RegionNodeDto[] | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  private readonly children = signal<Readonly<Record<string, readonly RegionNodeDto[]>>>({});
  private readonly open = signal<ReadonlySet<string>>(new Set());
  protected readonly selected = signal<RegionNodeDto | null>(null);
  protected readonly adding = signal(false);
  protected readonly saving = signal(false);
  protected readonly formProblem = signal<ApiProblem | null>(null);
  protected readonly mayManage = computed(() => this.session.can('Regions.Manage'));
  /** What may stand below the chosen region: a zone below a province or city, a town below a county. */
  protected readonly childLevel = computed<'County' | 'Town' | null>(() => {
    switch (this.selected()?.level) {
      case 'Province':
      case 'City':
        return 'County';
      case 'County':
        return 'Town';
      default:
        return null;
    }
  });
  protected readonly form = new FormGroup({
    code: new FormControl('', { nonNullable: true, validators: Validators.required }),
    name: new FormControl('', { nonNullable: true, validators: Validators.required }),
    shortName: new FormControl('', { nonNullable: true, validators: Validators.required }),
  });

  constructor() {
    void this.loadRoots();
  }

  protected readonly activate = async (): Promise<void> => {
    const region = this.selected();
    if (!region) {
      return;
    }
    const sure = await this.confirm.ask({
      title: this.transloco.translate('regions.activateTitle', { name: region.name }),
      message: this.transloco.translate('regions.activateText'),
      affected: [region.name],
      confirmLabel: this.transloco.translate('regions.activate'),
    });
    if (sure) {
      this.replace(await this.api.invoke(activateRegion, { id: region.id }));
      this.toast.success(this.transloco.translate('regions.activated', { name: region.name }));
    }
  };

  protected isOpen(node: RegionNodeDto): boolean {
    return this.open().has(node.id);
  }

  protected childrenOf(node: RegionNodeDto): readonly RegionNodeDto[] | null {
    return this.children()[node.id] ?? null;
  }

  protected choose(node: RegionNodeDto): void {
    this.adding.set(false);
    this.selected.set(node);
  }

  protected async loadRoots(): Promise<void> {
    this.problem.set(null);
    try {
      const roots = await this.api.invoke(listRegionTree, {});
      this.roots.set(roots);
      const [own, ...others] = roots;
      if (own && others.length === 0) {
        this.choose(own);
        await this.toggle(own);
      }
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected async toggle(node: RegionNodeDto): Promise<void> {
    const open = new Set(this.open());
    if (open.delete(node.id)) {
      this.open.set(open);
      return;
    }
    this.open.set(open.add(node.id));
    if (!this.childrenOf(node) && node.hasChildren) {
      await this.loadChildren(node.id);
    }
  }

  protected toggleAdding(): void {
    this.formProblem.set(null);
    this.form.reset();
    this.adding.update((adding) => !adding);
  }

  protected async add(): Promise<void> {
    const parent = this.selected();
    const level = this.childLevel();
    if (!parent || !level) {
      return;
    }
    this.saving.set(true);
    this.formProblem.set(null);
    try {
      const added = await this.api.invoke(addRegion, {
        parentId: parent.id,
        body: { ...this.form.getRawValue(), level },
      });
      this.toggleAdding();
      await this.loadChildren(parent.id);
      this.open.update((open) => new Set(open).add(parent.id));
      this.replace({ ...parent, hasChildren: true });
      this.toast.success(this.transloco.translate('regions.addedNow', { name: added.name }));
    } catch (error) {
      this.formProblem.set(ApiProblem.from(error));
    } finally {
      this.saving.set(false);
    }
  }

  private async loadChildren(parentId: string): Promise<void> {
    try {
      const below = await this.api.invoke(listRegionTree, { parentId });
      this.children.update((children) => ({ ...children, [parentId]: below }));
    } catch (error) {
      this.toast.failure(error);
      this.open.update((open) => new Set([...open].filter((id) => id !== parentId)));
    }
  }

  private replace(node: RegionNodeDto): void {
    const swap = (nodes: readonly RegionNodeDto[]) =>
      nodes.map((other) => (other.id === node.id ? node : other));
    this.roots.update((roots) => roots && swap(roots));
    this.children.update((children) =>
      Object.fromEntries(Object.entries(children).map(([parent, nodes]) => [parent, swap(nodes)])),
    );
    this.selected.update((selected) => (selected?.id === node.id ? node : selected));
  }
}
