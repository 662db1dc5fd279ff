import { HttpErrorResponse } from '@angular/common/http';
import { ApiProblem } from './api-problem';

describe('ApiProblem', () => {
  it('takes over what RFC 9457 says', () => {
    const problem = ApiProblem.from(
      new HttpErrorResponse({
        status: 409,
        error: {
          type: 'about:blank',
          title: '试点计划尚未发布',
          status: 409,
          code: 'Pilots:ProgrammeNotPublished',
          data: { number: '8号' },
          errors: { Name: ['必填'] },
          traceId: 'abc',
        },
      }),
    );
    expect(problem).toMatchObject({
      title: '试点计划尚未发布',
      status: 409,
      code: 'Pilots:ProgrammeNotPublished',
      data: { number: '8号' },
      errors: { Name: ['必填'] },
      traceId: 'abc',
    });
    expect(problem.isConflict).toBe(true);
    expect(problem.isStale).toBe(false);
  });

  it('knows a stale stamp by its code', () => {
    expect(ApiProblem.fromBody({ title: 'x', code: 'Platform:StaleStamp' }, 409).isStale).toBe(true);
    expect(ApiProblem.fromBody({ title: 'x', code: 'Platform:StaleStamp' }, 400).isStale).toBe(false);
  });

  it('keeps the status where a proxy answered with a page of its own', () => {
    expect(ApiProblem.fromBody('<html>Bad gateway</html>', 502)).toMatchObject({ status: 502, title: '' });
  });

  it('reads a problem out of text, as uploads get it', () => {
    expect(ApiProblem.fromBody('{"title":"文件过大","status":413}', 413).title).toBe('文件过大');
  });

  it('calls a lost connection unreachable', () => {
    const problem = ApiProblem.from(new HttpErrorResponse({ status: 0 }));
    expect(problem.isUnreachable).toBe(true);
    expect(problem.code).toBe('Client:Unreachable');
  });
});
