import { describe, expect, it } from 'vitest';
import { AuditWords, describeDetails } from './audit-details';

const words: AuditWords = {
  property: (name) => ({ DisplayName: '姓名', Status: '状态', status: '响应状态' })[name],
  value: (code) => ({ Submitted: '已报送', Accepted: '审核通过' })[code],
  line: (name, value) => `${name}：${value}`,
  yes: '是',
  no: '否',
  instant: (value) => `〈${value}〉`,
};

describe('describeDetails', () => {
  it('shows before and after of a changed row in words', () => {
    expect(
      describeDetails('{"Status":["Submitted","Accepted"],"OfficeId":[null,"7"]}', 'RowChanged', words),
    ).toEqual(['状态：已报送 → 审核通过', 'OfficeId：— → 7']);
  });

  it('shows the values of a new row without an empty before, and leaves out what other columns say', () => {
    expect(
      describeDetails(
        '{"Id":[null,"1"],"TenantPath":[null,"/32/"],"DisplayName":[null,"王一"],"IsDemo":[null,true]}',
        'RowCreated',
        words,
      ),
    ).toEqual(['姓名：王一', 'IsDemo：是']);
  });

  it('shows what a deleted row was', () => {
    expect(describeDetails('{"DisplayName":["王一",null]}', 'RowDeleted', words)).toEqual(['姓名：王一']);
  });

  it('shows facts of a request and leaves out what is not known', () => {
    expect(describeDetails('{"status":200,"note":null}', 'Request', words)).toEqual(['响应状态：200']);
  });

  it('takes two roles of a security event for a list, not for before and after', () => {
    expect(describeDetails('{"roles":["a","b"]}', 'Security', words)).toEqual(['roles：a、b']);
  });

  it('shows instants on the clock and empty lists as a dash', () => {
    expect(describeDetails('{"Since":["2026-11-22T00:23:12.49Z",[]]}', 'RowChanged', words)).toEqual([
      'Since：〈2026-11-22T00:23:12.49Z〉 → —',
    ]);
  });

  it('shows what is no JSON as it stands', () => {
    expect(describeDetails('broken', 'Request', words)).toEqual(['broken']);
  });
});
