/** Conditions that need no language: one variable compared with one value. Everything else is written as text. */
export type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=' | 'has' | 'lacks';
export const COMPARISONS: readonly Comparison[] = ['=', '!=', '>', '>=', '<', '<='];
/** What can be asked of a list, such as the answer of a field that takes several options. */
export const LIST_COMPARISONS: readonly Comparison[] = ['has', 'lacks'];

export interface SimpleCondition {
  readonly variable: string;
  readonly comparison: Comparison;
  readonly value: string;
}

const SIMPLE = /^([A-Za-z]\w*)\s*(==|=|!=|>=|<=|>|<)\s*(?:"([^"\\]*)"|(-?\d+(?:\.\d+)?|true|false))$/;
// Nothing can be asked of a list that is not there yet, so that is asked first.
const HAS = /^([A-Za-z]\w*)\s*!=\s*null\s+and\s+contains\(\s*\1\s*,\s*"([^"\\]*)"\s*\)$/;
const LACKS = /^([A-Za-z]\w*)\s*=\s*null\s+or\s+not\s+contains\(\s*\1\s*,\s*"([^"\\]*)"\s*\)$/;

export function readSimpleCondition(text: string): SimpleCondition | null {
  const written = text.trim();
  for (const [pattern, comparison] of [
    [HAS, 'has'],
    [LACKS, 'lacks'],
  ] as const) {
    const list = pattern.exec(written);
    if (list) {
      return { variable: list[1] ?? '', comparison, value: list[2] ?? '' };
    }
  }
  const match = SIMPLE.exec(written);
  if (!match) {
    return null;
  }
  const comparison = match[2] === '==' ? '=' : match[2];
  return {
    variable: match[1] ?? '',
    comparison: comparison as Comparison,
    value: match[3] ?? match[4] ?? '',
  };
}

/** `type` decides whether the value is quoted. */
export function writeSimpleCondition({ variable, comparison, value }: SimpleCondition, type: string): string {
  const bare =
    (type === 'Number' && /^-?\d+(\.\d+)?$/.test(value)) ||
    (type === 'Boolean' && (value === 'true' || value === 'false'));
  const written = bare ? value : `"${value.replaceAll('"', '').replaceAll('\\', '')}"`;
  switch (comparison) {
    case 'has':
      return `${variable} != null and contains(${variable}, ${written})`;
    case 'lacks':
      return `${variable} = null or not contains(${variable}, ${written})`;
    default:
      return `${variable} ${comparison} ${written}`;
  }
}
