import { Language } from './preferences.service';

/** Dates are China's, whatever the clock of the machine says. */
export const CHINA = 'Asia/Shanghai';

const DATE_ONLY = /^(\d{4})-(\d{2})-(\d{2})$/;

interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A due date stays the day it names; an instant becomes its day in China. */
function civilDate(value: string | Date): CivilDate | null {
  const match = typeof value === 'string' ? DATE_ONLY.exec(value) : null;
  if (match) {
    return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  }
  const instant = asInstant(value);
  if (!instant) {
    return null;
  }
  const parts = chinaParts(instant);
  return { year: Number(parts['year']), month: Number(parts['month']), day: Number(parts['day']) };
}

/** The server's instants are UTC; some serialisers leave the Z away. */
function asInstant(value: string | Date): Date | null {
  const date =
    typeof value === 'string' ? new Date(/(Z|[+-]\d{2}:\d{2})$/.test(value) ? value : `${value}Z`) : value;
  return Number.isNaN(date.getTime()) ? null : date;
}

function chinaParts(instant: Date): Record<string, string> {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: CHINA,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  return Object.fromEntries(parts.map((part) => [part.type, part.value]));
}

const two = (value: number) => String(value).padStart(2, '0');

/** In running text: 2023年9月30日, or 30 September 2023. */
export function formatDateText(value: string | Date | null | undefined, language: Language): string {
  const date = value ? civilDate(value) : null;
  if (!date) {
    return '';
  }
  if (language === 'zh-Hans') {
    return `${date.year}年${date.month}月${date.day}日`;
  }
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.UTC(date.year, date.month - 1, date.day),
  );
}

/** In tables: 2023-09-30. */
export function formatDate(value: string | Date | null | undefined): string {
  const date = value ? civilDate(value) : null;
  return date ? `${date.year}-${two(date.month)}-${two(date.day)}` : '';
}

/** An instant on China's clock: 2023-09-30 10:32. */
export function formatInstant(value: string | Date | null | undefined): string {
  const instant = value ? asInstant(value) : null;
  return instant ? `${formatDate(instant)} ${formatTime(instant)}` : '';
}

/** The time of day on China's clock: 10:32. */
export function formatTime(value: string | Date): string {
  const instant = asInstant(value);
  if (!instant) {
    return '';
  }
  const parts = chinaParts(instant);
  return `${parts['hour']}:${parts['minute']}`;
}

export function formatNumber(value: number, language: Language, fractionDigits?: number): string {
  return new Intl.NumberFormat(language === 'zh-Hans' ? 'zh-CN' : 'en-GB', {
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits ?? 2,
  }).format(value);
}

/** A count never stands without its unit: 27 项. */
export function formatCount(value: number, unit: string, language: Language): string {
  return `${formatNumber(value, language)} ${unit}`.trim();
}

export function formatPercent(value: number, language: Language, fractionDigits = 1): string {
  return `${formatNumber(value * 100, language, fractionDigits)}%`;
}

export function formatFileSize(bytes: number, language: Language): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${formatNumber(size, language, unit === 0 ? 0 : 1)} ${units[unit]}`;
}
