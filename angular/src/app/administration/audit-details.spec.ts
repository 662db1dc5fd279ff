import { describe, expect, it } from 'vitest';
import { describeDetails } from './audit-details';

describe('describeDetails', () => {
  it('shows before and after of a changed row', () => {
    expect(describeDetails('{"DisplayName":["王一","王二"],"OfficeId":[null,"7"]}')).toEqual([
      'DisplayName: 王一 → 王二',
      'OfficeId: — → 7',
    ]);
  });

  it('shows facts of a request and leaves out what is not known', () => {
    expect(describeDetails('{"status":200,"note":null}')).toEqual(['status: 200']);
  });

  it('shows what is no JSON as it stands', () => {
    expect(describeDetails('broken')).toEqual(['broken']);
  });
});
