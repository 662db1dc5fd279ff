import { HttpErrorResponse } from '@angular/common/http';
import { ApiProblem } from '@core';
import { Attempt } from './attempt';

describe('an attempt', () => {
  it('is busy while it runs, keeps what went wrong, and forgets it when it is tried again', async () => {
    const attempt = new Attempt();
    const during: boolean[] = [];
    await attempt.run(() => {
      during.push(attempt.running());
      return Promise.reject(
        new HttpErrorResponse({ status: 409, error: { status: 409, code: 'Test:Refused', title: '不行' } }),
      );
    });
    expect(during).toEqual([true]);
    expect(attempt.running()).toBe(false);
    expect(attempt.problem()).toBeInstanceOf(ApiProblem);
    expect(attempt.problem()?.isConflict).toBe(true);

    await attempt.run(() => {
      during.push(attempt.problem() === null);
      return Promise.resolve();
    });
    expect(during).toEqual([true, true]);
    expect(attempt.problem()).toBeNull();
  });

  it('may be dismissed', async () => {
    const attempt = new Attempt();
    await attempt.run(() => Promise.reject(new Error('x')));
    expect(attempt.problem()).not.toBeNull();
    attempt.dismiss();
    expect(attempt.problem()).toBeNull();
  });
});
