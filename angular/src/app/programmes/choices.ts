/** What is chosen for a programme and its themes; pure functions, so that they can be tested without a page. */
import { NoticeChoices } from '@api/models/notice-choices';
import { NoticeContent } from '@api/models/notice-content';

/** An option of a choice; an empty value takes the choice back. */
export interface ChoiceOption {
  readonly value: string;
  readonly text: string;
  readonly disabled?: boolean;
}

/** A flow as its name and version say it. */
export interface NamedFlow {
  readonly key: string;
  readonly name: string;
  readonly version: number;
}

/** The choices with another flow for a kind; an empty key takes it back. Null where nothing is left. */
export function withFlow(
  choices: NoticeChoices | null | undefined,
  kind: string,
  chosenKey: string,
): NoticeChoices | null {
  const others = (choices?.flows ?? []).filter((flow) => flow.kind !== kind);
  return tidy(chosenKey ? [...others, { kind, chosenKey }] : others, choices?.schemeId ?? null);
}

/** The choices with another scheme; an empty id takes it back. */
export function withScheme(
  choices: NoticeChoices | null | undefined,
  schemeId: string,
): NoticeChoices | null {
  return tidy(choices?.flows ?? [], schemeId || null);
}

/** The definition chosen for a kind; empty where none is. */
export function flowOf(choices: NoticeChoices | null | undefined, kind: string): string {
  return choices?.flows?.find((flow) => flow.kind === kind)?.chosenKey ?? '';
}

/** The places of themes that choose something of their own. */
export function themesThatDiffer(content: NoticeContent): number[] {
  return content.themes.flatMap((theme, index) =>
    (theme.choices?.flows?.length ?? 0) > 0 || theme.choices?.schemeId ? [index] : [],
  );
}

/** The options of a select. What was chosen and is not offered any more stays visible, and cannot be chosen again. */
export function optionsOf(
  offered: readonly ChoiceOption[],
  none: string,
  chosen: string,
  goneText: string,
): ChoiceOption[] {
  const options = [{ value: '', text: none }, ...offered];
  return options.some((option) => option.value === chosen)
    ? options
    : [...options, { value: chosen, text: goneText, disabled: true }];
}

function tidy(flows: NonNullable<NoticeChoices['flows']>, schemeId: string | null): NoticeChoices | null {
  return flows.length === 0 && schemeId === null ? null : { flows, schemeId };
}
