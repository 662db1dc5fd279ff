/** Durations as people say them; whatever else ISO 8601 allows stays text. */
export type DurationUnit = 'minutes' | 'hours' | 'days' | 'workingDays' | 'weeks' | 'months';
export const DURATION_UNITS: readonly DurationUnit[] = [
  'workingDays',
  'days',
  'weeks',
  'months',
  'hours',
  'minutes',
];

export interface SimpleDuration {
  readonly amount: number;
  readonly unit: DurationUnit;
}

export function readDuration(text: string, working: boolean): SimpleDuration | null {
  const match = /^P(?:(\d+)([DWM])|T(\d+)([HM]))$/.exec(text.trim());
  if (!match) {
    return null;
  }
  const [, dayAmount, dayUnit, timeAmount, timeUnit] = match;
  if (timeAmount) {
    return { amount: Number(timeAmount), unit: timeUnit === 'H' ? 'hours' : 'minutes' };
  }
  const amount = Number(dayAmount);
  if (dayUnit === 'D') {
    return { amount, unit: working ? 'workingDays' : 'days' };
  }
  // Weeks and months have no working-day meaning.
  return working ? null : { amount, unit: dayUnit === 'W' ? 'weeks' : 'months' };
}

export function writeDuration({ amount, unit }: SimpleDuration): { text: string; working: boolean } {
  const whole = Math.max(1, Math.round(amount));
  switch (unit) {
    case 'minutes':
      return { text: `PT${whole}M`, working: false };
    case 'hours':
      return { text: `PT${whole}H`, working: false };
    case 'weeks':
      return { text: `P${whole}W`, working: false };
    case 'months':
      return { text: `P${whole}M`, working: false };
    case 'days':
      return { text: `P${whole}D`, working: false };
    case 'workingDays':
      return { text: `P${whole}D`, working: true };
  }
}
