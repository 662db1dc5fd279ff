import { Observable, Subject, of, throwError } from 'rxjs';
import { ApiProblem } from '@core';
import { DraftAutosave } from './draft-autosave';

const KEY = 'pilot-draft:u1:plan:7';

describe('DraftAutosave', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function create(save: (value: string) => Observable<unknown>): DraftAutosave<string> {
    return new DraftAutosave<string>({ key: 'plan:7', save, delay: 1000 }, () => 'u1', localStorage);
  }

  it('saves once, after a pause, with the last value', () => {
    const save = vi.fn<(value: string) => Observable<unknown>>(() => of(null));
    const autosave = create(save);
    autosave.change('甲');
    vi.advanceTimersByTime(900);
    autosave.change('甲乙');
    expect(autosave.state()).toBe('pending');
    vi.advanceTimersByTime(1000);
    expect(save.mock.calls).toEqual([['甲乙']]);
    expect(autosave.state()).toBe('saved');
    expect(autosave.savedAt()).not.toBeNull();
    expect(autosave.hasUnsaved()).toBe(false);
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it('keeps a copy on the device until the server has taken it', () => {
    const autosave = create(() => throwError(() => new ApiProblem({ title: '', status: 0 })));
    autosave.change('甲');
    vi.advanceTimersByTime(1000);
    expect(autosave.state()).toBe('failed');
    expect(autosave.hasUnsaved()).toBe(true);
    expect(create(() => of(null)).backup()?.value).toBe('甲');
  });

  it('does not repeat a 409 but keeps what is typed afterwards', () => {
    const save = vi.fn(() => throwError(() => new ApiProblem({ title: '', status: 409 })));
    const autosave = create(save);
    autosave.change('甲');
    vi.advanceTimersByTime(1000);
    autosave.change('甲乙');
    vi.advanceTimersByTime(5000);
    expect(autosave.state()).toBe('conflict');
    expect(save).toHaveBeenCalledTimes(1);
    expect(autosave.backup()?.value).toBe('甲乙');
  });

  it('sends again what was typed while a save was running', () => {
    const first = new Subject<null>();
    const save = vi
      .fn<(value: string) => Observable<unknown>>()
      .mockReturnValueOnce(first)
      .mockReturnValue(of(null));
    const autosave = create(save);
    autosave.change('甲');
    vi.advanceTimersByTime(1000);
    autosave.change('甲乙');
    vi.advanceTimersByTime(1000);
    expect(save).toHaveBeenCalledTimes(1);
    first.complete();
    expect(save.mock.calls).toEqual([['甲'], ['甲乙']]);
    expect(autosave.state()).toBe('saved');
  });

  it('forgets a discarded draft', () => {
    const autosave = create(() => of(null));
    autosave.change('甲');
    autosave.discard();
    vi.advanceTimersByTime(5000);
    expect(autosave.backup()).toBeNull();
    expect(autosave.state()).toBe('idle');
  });
});
