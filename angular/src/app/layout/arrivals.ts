import { OperatorFunction, filter, map, pairwise, pipe, throttleTime } from 'rxjs';

/** Whoever reads by ear is not interrupted more often than this, in milliseconds. */
export const QUIET = 60_000;

/**
 * When something worth saying arrived: the number rose above what it was. The first number is what one finds, a lower
 * one is one's own work, and unknown (null) is no number; of several rises within a while the first and the last are told.
 */
export function arrivals(): OperatorFunction<number | null, number> {
  return pipe(
    filter((count: number | null): count is number => count !== null),
    pairwise(),
    filter(([before, now]) => now > before),
    map(([, now]) => now),
    throttleTime(QUIET, undefined, { leading: true, trailing: true }),
  );
}
