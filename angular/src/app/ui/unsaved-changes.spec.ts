import { provideHttpClient } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { SessionService } from '@core';
import { provideTexts } from '../../testing/texts';
import { Confirm } from './confirm';
import { unsavedChangesGuard } from './unsaved-changes';

function leave(unsaved: boolean, signedIn: boolean, answer: { reason: string } | null) {
  TestBed.configureTestingModule({ providers: [provideTexts(), provideRouter([]), provideHttpClient()] });
  vi.spyOn(TestBed.inject(SessionService), 'isAuthenticated').mockReturnValue(signedIn);
  const ask = vi.spyOn(TestBed.inject(Confirm), 'ask').mockResolvedValue(answer);
  const page = { hasUnsavedChanges: () => unsaved };
  const result = TestBed.runInInjectionContext(() =>
    unsavedChangesGuard(page, {} as never, {} as never, {} as never),
  );
  return { ask, result };
}

describe('unsavedChangesGuard', () => {
  it('lets go without asking when all is saved', async () => {
    const { ask, result } = leave(false, true, null);
    expect(await result).toBe(true);
    expect(ask).not.toHaveBeenCalled();
  });

  it.each([
    [{ reason: '' }, true],
    [null, false],
  ])('asks when something is not saved: %j → %s', async (answer, expected) => {
    const { ask, result } = leave(true, true, answer);
    expect(await result).toBe(expected);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('never stands between a time-out and the sign-in page', async () => {
    const { ask, result } = leave(true, false, null);
    expect(await result).toBe(true);
    expect(ask).not.toHaveBeenCalled();
  });
});
