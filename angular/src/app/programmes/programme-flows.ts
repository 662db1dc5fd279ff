import { NgTemplateOutlet } from '@angular/common';
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
import { RouterLink } from '@angular/router';
import { Api } from '@api/api';
import {
  chooseProgrammeFlow,
  chooseProgrammeScheme,
  getProgrammeFlows,
  getProgrammeSchemes,
} from '@api/functions';
import { FlowInForceDto } from '@api/models/flow-in-force-dto';
import { ProgrammeFlowsDto } from '@api/models/programme-flows-dto';
import { ProgrammeSchemesDto } from '@api/models/programme-schemes-dto';
import { SchemeScopeDto } from '@api/models/scheme-scope-dto';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApiProblem, AppInstantPipe, SessionService, formatInstant } from '@core';
import { Conflict, Loading, ProblemView, StateChip, Toast } from '@ui';
import { ChoiceRow } from './choice-row';
import { ChoiceOption, optionsOf } from './choices';

type Save = (value: string) => Promise<void>;

/** A kind of work with the flow that it takes, ready to be shown. */
interface FlowRow extends FlowInForceDto {
  readonly name: string;
  readonly options: readonly ChoiceOption[];
  readonly save: Save;
}

interface SchemeRow extends SchemeScopeDto {
  readonly options: readonly ChoiceOption[];
  readonly save: Save;
}

/** The programme, or one theme, with what it takes. */
interface Scope {
  readonly id: string | null;
  readonly title: string;
  readonly flows: readonly FlowRow[];
  readonly scheme: SchemeRow | null;
}

/** 流程与评估方案: what new work of the programme and its themes takes, and what was chosen for it. */
@Component({
  selector: 'app-programme-flows',
  imports: [
    AppInstantPipe,
    ChoiceRow,
    Loading,
    NgTemplateOutlet,
    ProblemView,
    RouterLink,
    StateChip,
    TranslocoDirective,
  ],
  templateUrl: './programme-flows.html',
  styleUrl: './programme-flows.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProgrammeFlows {
  private readonly api = inject(Api);
  private readonly conflict = inject(Conflict);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  protected readonly session = inject(SessionService);

  readonly programmeId = input.required<string>();
  protected readonly flows = signal<ProgrammeFlowsDto | null>(null);
  protected readonly schemes = signal<ProgrammeSchemesDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  /** A theme that is about to be given something of its own. */
  protected readonly opened = signal<string | null>(null);

  private readonly scopes = computed<Scope[]>(() =>
    (this.flows()?.scopes ?? []).map((scope) => {
      const scheme = this.schemes()?.scopes.find((s) => s.themeId === scope.themeId);
      return {
        id: scope.themeId,
        title:
          scope.themeId === null
            ? this.transloco.translate('programmes.flows.wholeProgramme')
            : `${scope.number} ${scope.title}`,
        flows: scope.flows.map((flow) => {
          const options = this.flowOptions(scope.themeId, flow);
          return {
            ...flow,
            name: this.kindName(flow.kind),
            options,
            save: this.saveFlow(scope.themeId, flow, options),
          };
        }),
        scheme: scheme
          ? {
              ...scheme,
              options: this.schemeOptions(scheme),
              save: this.saveScheme(scheme, this.schemeOptions(scheme)),
            }
          : null,
      };
    }),
  );
  protected readonly whole = computed(() => this.scopes().find((scope) => scope.id === null) ?? null);
  /** The themes that differ, in order, and the one that was opened to differ. */
  protected readonly different = computed(() =>
    this.scopes().filter((scope) => scope.id !== null && (this.differs(scope) || scope.id === this.opened())),
  );
  protected readonly alike = computed(() =>
    this.scopes().filter((scope) => scope.id !== null && !this.different().includes(scope)),
  );
  protected readonly mayChoose = computed(
    () => (this.flows()?.mayChoose ?? false) || (this.schemes()?.mayChoose ?? false),
  );

  constructor() {
    effect(() => {
      this.programmeId();
      untracked(() => void this.load());
    });
  }

  protected async load(): Promise<void> {
    this.problem.set(null);
    try {
      const [flows, schemes] = await Promise.all([
        this.api.invoke(getProgrammeFlows, { id: this.programmeId() }),
        this.session.can('Assessment.View')
          ? this.api.invoke(getProgrammeSchemes, { programmeId: this.programmeId() })
          : null,
      ]);
      this.schemes.set(schemes);
      this.flows.set(flows);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  /** Templates know no types. */
  protected asScope(scope: unknown): Scope {
    return scope as Scope;
  }

  protected openTheme(event: Event): void {
    this.opened.set((event.target as HTMLSelectElement).value || null);
  }

  /** Of a theme a reader is shown only what differs. */
  protected flowsShown(scope: Scope): readonly FlowRow[] {
    return scope.id === null || this.mayChoose()
      ? scope.flows
      : scope.flows.filter((flow) => flow.choice !== null);
  }

  protected schemeShown(scope: Scope): boolean {
    return scope.scheme !== null && (scope.id === null || this.mayChoose() || scope.scheme.choice !== null);
  }

  private kindName(kind: string): string {
    return this.flows()?.kinds.find((k) => k.key === kind)?.name ?? kind;
  }

  private flowOptions(themeId: string | null, flow: FlowInForceDto): readonly ChoiceOption[] {
    const kind = this.flows()?.kinds.find((k) => k.key === flow.kind);
    const options = (kind?.options ?? []).map((option) => ({
      value: option.key,
      text: this.named(option.name, option.version),
    }));
    const usual = options.find((option) => option.value === flow.kind);
    return optionsOf(
      themeId === null ? options.filter((option) => option !== usual) : options,
      themeId === null
        ? this.transloco.translate('programmes.flows.usualNamed', { name: usual?.text ?? '—' })
        : this.transloco.translate('programmes.flows.sameAsProgramme'),
      flow.choice?.chosenKey ?? '',
      this.gone(flow.choice?.chosenName ?? ''),
    );
  }

  private schemeOptions(scope: SchemeScopeDto): readonly ChoiceOption[] {
    const options = (this.schemes()?.options ?? []).map((option) => ({
      value: option.id,
      text: this.named(option.name, option.version),
    }));
    return optionsOf(
      options,
      this.transloco.translate(
        scope.themeId === null ? 'programmes.flows.schemeLater' : 'programmes.flows.sameAsProgramme',
      ),
      scope.choice?.schemeId ?? '',
      this.gone(scope.choice?.name ?? ''),
    );
  }

  private saveFlow(themeId: string | null, flow: FlowInForceDto, options: readonly ChoiceOption[]): Save {
    return (value) =>
      this.keeping(
        async (concurrencyStamp) => {
          this.flows.set(
            await this.api.invoke(chooseProgrammeFlow, {
              id: this.programmeId(),
              body: { themeId, kind: flow.kind, chosenKey: value || null, concurrencyStamp },
            }),
          );
        },
        flow.choice?.concurrencyStamp ?? null,
        () => {
          const now = this.scopes()
            .find((scope) => scope.id === themeId)
            ?.flows.find((f) => f.kind === flow.kind);
          return {
            stamp: now?.choice?.concurrencyStamp ?? null,
            theirs: now?.flow ? this.named(now.flow.name, now.flow.version) : '',
            by: now?.choice ? this.by(now.choice.chosenBy, now.choice.chosenAt) : null,
          };
        },
        this.kindName(flow.kind),
        options.find((option) => option.value === value)?.text ?? '',
      );
  }

  private saveScheme(scope: SchemeScopeDto, options: readonly ChoiceOption[]): Save {
    return (value) =>
      this.keeping(
        async (concurrencyStamp) => {
          this.schemes.set(
            await this.api.invoke(chooseProgrammeScheme, {
              programmeId: this.programmeId(),
              body: { themeId: scope.themeId, schemeId: value || null, concurrencyStamp },
            }),
          );
        },
        scope.choice?.concurrencyStamp ?? null,
        () => {
          const now = this.schemes()?.scopes.find((s) => s.themeId === scope.themeId);
          return {
            stamp: now?.choice?.concurrencyStamp ?? null,
            theirs: now?.scheme?.name ?? '',
            by: now?.choice ? this.by(now.choice.chosenBy, now.choice.chosenAt) : null,
          };
        },
        this.transloco.translate('programmes.flows.scheme'),
        options.find((option) => option.value === value)?.text ?? '',
      );
  }

  protected by(name: string, at: string): string {
    return this.transloco.translate(name ? 'programmes.flows.chosenBy' : 'programmes.flows.chosenAt', {
      name,
      at: formatInstant(at),
    });
  }

  /** Keeps a choice; where somebody else chose meanwhile, shows both and asks. */
  private async keeping(
    keep: (stamp: string | null) => Promise<void>,
    stamp: string | null,
    fresh: () => { stamp: string | null; theirs: string; by: string | null },
    label: string,
    mine: string,
  ): Promise<void> {
    try {
      await keep(stamp);
    } catch (error) {
      const problem = ApiProblem.from(error);
      if (!problem.isStale) {
        throw problem;
      }
      await this.load();
      const now = fresh();
      const answer = await this.conflict.ask({
        ...(now.by ? { savedBy: now.by } : {}),
        fields: [{ label, mine, theirs: now.theirs }],
      });
      if (answer !== 'mine') {
        return;
      }
      await keep(now.stamp);
    }
    this.toast.success(this.transloco.translate('programmes.flows.saved'));
  }

  private differs(scope: Scope): boolean {
    return scope.flows.some((flow) => flow.choice !== null) || (scope.scheme?.choice ?? null) !== null;
  }

  private named(name: string, version: number): string {
    return this.transloco.translate('programmes.flows.named', { name, version });
  }

  private gone(name: string): string {
    return this.transloco.translate('programmes.flows.goneShort', { name });
  }
}
