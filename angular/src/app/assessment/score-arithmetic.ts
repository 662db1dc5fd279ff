/** One indicator as the arithmetic needs it. */
export interface Weighted {
  readonly weight: number;
  readonly maxPoints: number;
}

/** The weighted total so far; the same rule as the server's, for what is not saved yet. */
export function weightedTotal(indicators: readonly Weighted[], points: readonly (number | null)[]): number {
  const sum = indicators.reduce(
    (total, indicator, i) => total + ((points[i] ?? 0) * indicator.weight) / indicator.maxPoints,
    0,
  );
  return roundHalfUp(sum);
}

/** The sum of weights in hundredths first: 33.33 + 66.67 is 100, not 99.99999. */
export function weightSum(weights: readonly (number | null)[]): number {
  return weights.reduce<number>((total, weight) => total + Math.round((weight ?? 0) * 100), 0) / 100;
}

/** Two decimals; binary noise such as 86.00499999 must not turn a half down. */
export function roundHalfUp(value: number): number {
  return Math.round(Number((value * 100).toFixed(6))) / 100;
}

/** What is wrong with points as typed, or null. */
export function pointsError(value: number | null, maxPoints: number): 'range' | 'step' | null {
  if (value === null) {
    return null;
  }
  if (!(value >= 0 && value <= maxPoints)) {
    return 'range';
  }
  return Number.isInteger(value * 2) ? null : 'step';
}

/** One assessor's points as the total under a ruling needs them. */
export interface CountedSheet {
  /** In the order of the indicators. */
  readonly points: readonly number[];
}

/** The total if these points stood in the place of what was given; null leaves an indicator as it is. The server's rule. */
export function ruledTotal(
  indicators: readonly Weighted[],
  sheets: readonly CountedSheet[],
  ruled: readonly (number | null)[],
): number {
  const sum = sheets.reduce(
    (total, sheet) =>
      total +
      indicators.reduce(
        (part, indicator, i) =>
          part + ((ruled[i] ?? sheet.points[i] ?? 0) * indicator.weight) / indicator.maxPoints,
        0,
      ),
    0,
  );
  return sheets.length === 0 ? 0 : roundHalfUp(sum / sheets.length);
}
