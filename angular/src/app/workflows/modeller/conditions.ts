/** Conditions that need no language: one variable compared with one value. Everything else is written as text. */
export type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=';
export const COMPARISONS: readonly Comparison[] = ['=', '!=', '>', '>=', '<', '<='];

export interface SimpleCondition {
  readonly variable: string;
  readonly comparison: Comparison;
  readonly value: string;
}

const SIMPLE = /^([A-Za-z]\w*)\s*(==|=|!=|>=|<=|>|<)\s*(?:"([^"\\]*)"|(-?\d+(?:\.\d+)?|true|false))$/;

export function readSimpleCondition(text: string): SimpleCondition | null {
  const match = SIMPLE.exec(text.trim());
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
  return `${variable} ${comparison} ${bare ? value : `"${value.replaceAll('"', '').replaceAll('\\', '')}"`}`;
}
