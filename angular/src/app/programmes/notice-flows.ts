import { NgTemplateOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Api } from '@api/api';
import { getNoticeOptions } from '@api/functions';
import { FlowKindDto } from '@api/models/flow-kind-dto';
import { NoticeChoices } from '@api/models/notice-choices';
import { NoticeContent } from '@api/models/notice-content';
import { NoticeOptionsDto } from '@api/models/notice-options-dto';
import { ThemeChoicesDto } from '@api/models/theme-choices-dto';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApiProblem, SessionService } from '@core';
import { Loading, ProblemView } from '@ui';
import { ChoiceOption, flowOf, optionsOf, themesThatDiffer, withFlow, withScheme } from './choices';
import { fieldId } from './notice-state';

/** A choice made in the draft; no index for the whole programme. */
export interface ChoiceChange {
  readonly index: number | null;
  readonly choices: NoticeChoices | null;
}

/** One thing to choose: the flow of a kind, or the scheme. */
interface ChoiceSelect {
  /** Null for the scheme. */
  readonly kind: string | null;
  readonly label: string;
  readonly id: string;
  readonly value: string;
  readonly options: readonly ChoiceOption[];
  readonly mayChoose: boolean;
  readonly isGone: boolean;
  /** The version whose picture shows the flow; null where it is not known. */
  readonly versionId: string | null;
}

/** The whole programme, where index is null, or one theme. */
interface Part {
  readonly index: number | null;
  readonly title: string;
  readonly rows: readonly ChoiceSelect[];
}

/** 流程与评估方案 of a draft: what is usual stands preselected; the office may take another for all themes or for one. */
@Component({
  selector: 'app-notice-flows',
  imports: [Loading, NgTemplateOutlet, ProblemView, RouterLink, TranslocoDirective],
  templateUrl: './notice-flows.html',
  styleUrl: './notice-flows.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NoticeFlows {
  private readonly api = inject(Api);
  private readonly transloco = inject(TranslocoService);
  protected readonly session = inject(SessionService);

  readonly content = input.required<NoticeContent>();
  /** What each theme would take, as the server sees it: says also what is retired by now. */
  readonly preview = input.required<readonly ThemeChoicesDto[]>();
  readonly changed = output<ChoiceChange>();

  protected readonly options = signal<NoticeOptionsDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  /** A theme that is about to be given something of its own. */
  protected readonly opened = signal<string | null>(null);

  protected readonly whole = computed<Part>(() => this.partOf(null));
  protected readonly different = computed<Part[]>(() => {
    const content = this.content();
    const own = new Set(themesThatDiffer(content));
    return content.themes.flatMap((theme, index) =>
      own.has(index) || theme.key === this.opened() ? [this.partOf(index)] : [],
    );
  });
  protected readonly alike = computed(() => {
    const shown = new Set(this.different().map((part) => part.index));
    return this.content().themes.filter((_, index) => !shown.has(index));
  });
  protected readonly noScheme = computed(
    () =>
      !this.content().choices?.schemeId && this.content().themes.some((theme) => !theme.choices?.schemeId),
  );

  constructor() {
    void this.load();
  }

  protected async load(): Promise<void> {
    this.problem.set(null);
    try {
      this.options.set(await this.api.invoke(getNoticeOptions));
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected openTheme(event: Event): void {
    this.opened.set((event.target as HTMLSelectElement).value || null);
  }

  /** Templates know no types. */
  protected asRow(row: unknown): ChoiceSelect {
    return row as ChoiceSelect;
  }

  protected choose(index: number | null, row: ChoiceSelect, event: Event): void {
    const value = (event.target as HTMLSelectElement).value;
    const choices = this.choicesAt(index);
    this.tell(index, row.kind === null ? withScheme(choices, value) : withFlow(choices, row.kind, value));
  }

  protected likeProgramme(index: number | null): void {
    this.opened.set(null);
    this.tell(index, null);
  }

  private tell(index: number | null, choices: NoticeChoices | null): void {
    // A theme that chooses nothing any more stays in view until another is opened.
    this.opened.set(index === null ? this.opened() : (this.content().themes[index]?.key ?? null));
    this.changed.emit({ index, choices });
  }

  private choicesAt(index: number | null): NoticeChoices | null {
    return (index === null ? this.content().choices : this.content().themes[index]?.choices) ?? null;
  }

  private partOf(index: number | null): Part {
    const theme = index === null ? null : this.content().themes[index];
    return {
      index,
      title: theme
        ? `${theme.number} ${theme.title}`
        : this.transloco.translate('programmes.flows.wholeProgramme'),
      rows: [
        ...(this.options()?.kinds ?? []).map((kind) => this.flowRow(index, kind)),
        this.schemeRow(index),
      ],
    };
  }

  private flowRow(index: number | null, kind: FlowKindDto): ChoiceSelect {
    const ofProgramme = flowOf(this.content().choices, kind.key);
    const value = index === null ? ofProgramme : flowOf(this.choicesAt(index), kind.key);
    const usual = kind.options.find((option) => option.key === kind.key);
    const offered = index === null ? kind.options.filter((option) => option !== usual) : kind.options;
    const taken = value || ofProgramme || kind.key;
    return {
      kind: kind.key,
      label: kind.name,
      id: fieldId(`${this.pathOf(index)}.flows[${kind.key}]`),
      value,
      options: optionsOf(
        offered.map((option) => ({ value: option.key, text: this.named(option) })),
        index === null
          ? this.transloco.translate('programmes.flows.usualNamed', { name: usual ? this.named(usual) : '—' })
          : this.transloco.translate('programmes.flows.sameAsProgramme'),
        value,
        this.transloco.translate('programmes.flows.goneShort', { name: this.nameOf(value) }),
      ),
      mayChoose: this.options()?.mayChooseFlows ?? false,
      isGone: value !== '' && !kind.options.some((option) => option.key === value),
      versionId: kind.options.find((option) => option.key === taken)?.versionId ?? null,
    };
  }

  private schemeRow(index: number | null): ChoiceSelect {
    const value = this.choicesAt(index)?.schemeId ?? '';
    const schemes = this.options()?.schemes ?? [];
    return {
      kind: null,
      label: this.transloco.translate('programmes.flows.scheme'),
      id: fieldId(`${this.pathOf(index)}.schemeId`),
      value,
      options: optionsOf(
        schemes.map((scheme) => ({ value: scheme.id, text: this.named(scheme) })),
        this.transloco.translate(
          index === null ? 'programmes.flows.schemeLater' : 'programmes.flows.sameAsProgramme',
        ),
        value,
        this.transloco.translate('programmes.flows.schemeGone'),
      ),
      mayChoose: this.options()?.mayChooseSchemes ?? false,
      isGone: value !== '' && !schemes.some((scheme) => scheme.id === value),
      versionId: null,
    };
  }

  private pathOf(index: number | null): string {
    return index === null ? 'choices' : `themes[${index}].choices`;
  }

  private named(what: { readonly name: string; readonly version: number }): string {
    return this.transloco.translate('programmes.flows.named', { name: what.name, version: what.version });
  }

  /** The name of what is retired by now: only the server still knows it. */
  private nameOf(key: string): string {
    for (const theme of this.preview()) {
      for (const flow of theme.flows) {
        const index = this.content().themes.findIndex((t) => t.key === theme.themeKey);
        const own = flowOf(this.content().themes[index]?.choices, flow.kind);
        if (flow.isGone && (own || flowOf(this.content().choices, flow.kind)) === key) {
          return flow.name;
        }
      }
    }
    return key;
  }
}

/** The flows and the scheme of every theme to be, in words. */
@Component({
  selector: 'app-notice-flows-preview',
  imports: [TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <details open>
        <summary>{{ t('programmes.flows.preview', { count: themes().length }) }}</summary>
        <ul>
          @for (theme of themes(); track theme.themeKey) {
            <li>
              <strong>{{ theme.number }} {{ theme.title }}</strong>
              <ul>
                @for (flow of theme.flows; track flow.kind) {
                  <li [class.warning]="flow.isGone">
                    {{ flow.kindName }}：{{
                      flow.isGone
                        ? t('programmes.flows.goneShort', { name: flow.name })
                        : flow.version === null
                          ? t('programmes.flows.none')
                          : t('programmes.flows.named', { name: flow.name, version: flow.version })
                    }}
                    @if (flow.source === 'Theme') {
                      <span class="quiet">{{ t('programmes.flows.source.Theme') }}</span>
                    }
                  </li>
                }
                <li [class.warning]="!theme.scheme || theme.scheme.isGone">
                  {{ t('programmes.flows.scheme') }}：{{
                    !theme.scheme
                      ? t('programmes.flows.schemeOpen')
                      : theme.scheme.isGone
                        ? t('programmes.flows.schemeGone')
                        : t('programmes.flows.named', {
                            name: theme.scheme.name,
                            version: theme.scheme.version,
                          })
                  }}
                  @if (theme.scheme?.source === 'Theme') {
                    <span class="quiet">{{ t('programmes.flows.source.Theme') }}</span>
                  }
                </li>
              </ul>
            </li>
          }
        </ul>
      </details>
    </ng-container>
  `,
  styles: `
    ul {
      display: grid;
      gap: 8px;
      margin: 8px 0 0;
      padding: 0;
      list-style: none;
    }

    ul ul {
      display: flex;
      flex-wrap: wrap;
      gap: 0 16px;
      margin: 0;
    }

    .warning {
      color: var(--attention);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NoticeFlowsPreview {
  readonly themes = input.required<readonly ThemeChoicesDto[]>();
}
