import { formatCount, formatDate, formatDateText, formatFileSize, formatInstant, formatTime } from './format';

describe('formats', () => {
  it('writes dates as text and for tables', () => {
    expect(formatDateText('2023-09-30', 'zh-Hans')).toBe('2023年9月30日');
    expect(formatDateText('2023-09-30', 'en')).toBe('30 September 2023');
    expect(formatDate('2023-09-30')).toBe('2023-09-30');
  });

  it('shows instants on China’s clock', () => {
    expect(formatInstant('2023-09-29T16:30:00Z')).toBe('2023-09-30 00:30');
    expect(formatDateText('2023-09-29T16:30:00Z', 'zh-Hans')).toBe('2023年9月30日');
  });

  it('takes an instant without Z for UTC', () => {
    expect(formatTime('2023-09-30T02:32:00')).toBe('10:32');
  });

  it('gives counts their unit', () => {
    expect(formatCount(27, '项', 'zh-Hans')).toBe('27 项');
  });

  it('leaves nothing for nothing', () => {
    expect(formatDate(null)).toBe('');
    expect(formatInstant('not a date')).toBe('');
  });

  it('writes sizes', () => {
    expect(formatFileSize(512, 'zh-Hans')).toBe('512 B');
    expect(formatFileSize(1_500_000, 'zh-Hans')).toBe('1.4 MB');
  });
});
