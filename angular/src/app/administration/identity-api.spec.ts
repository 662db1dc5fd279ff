import { describe, expect, it } from 'vitest';
import { auditParams } from './identity-api';

const query = { skipCount: 0, maxResultCount: 20, sorting: null };

describe('auditParams', () => {
  it('turns days in China into instants, the last day included', () => {
    expect(auditParams({ ...query, filters: { from: '2026-03-01', to: '2026-03-02' } })).toMatchObject({
      from: '2026-02-28T16:00:00.000Z',
      to: '2026-03-02T16:00:00.000Z',
    });
  });

  it.each(['2026/3/1', '2026.03.01', '2026年3月1日', '20260301'])('understands %s', (from) => {
    expect(auditParams({ ...query, filters: { from } })).toMatchObject({ from: '2026-02-28T16:00:00.000Z' });
  });

  it('sends what is no date as it is, so that the server says what is wrong', () => {
    expect(auditParams({ ...query, filters: { from: 'soon' } })).toMatchObject({ from: 'soon' });
  });
});
