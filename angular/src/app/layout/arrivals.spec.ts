import { Subject } from 'rxjs';
import { QUIET, arrivals } from './arrivals';

describe('arrivals of tasks', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const listen = () => {
    const counts = new Subject<number | null>();
    const told: number[] = [];
    counts.pipe(arrivals()).subscribe((count) => told.push(count));
    return { counts, told };
  };

  it('are told when the number rises, not what one finds and not one’s own work', () => {
    const { counts, told } = listen();
    counts.next(null);
    counts.next(5);
    counts.next(4);
    counts.next(4);
    expect(told).toEqual([]);
    counts.next(6);
    expect(told).toEqual([6]);
  });

  it('are told at most once a while, the last of several at its end', () => {
    const { counts, told } = listen();
    for (const count of [0, 1, 2, 3]) {
      counts.next(count);
    }
    expect(told).toEqual([1]);
    vi.advanceTimersByTime(QUIET);
    expect(told).toEqual([1, 3]);
    vi.advanceTimersByTime(3 * QUIET);
    expect(told).toEqual([1, 3]);
  });

  it('go on after a time in which the number was not known', () => {
    const { counts, told } = listen();
    counts.next(2);
    counts.next(null);
    counts.next(3);
    expect(told).toEqual([3]);
  });
});
