import { TranslocoService } from '@jsverse/transloco';
import { ApiProblem } from '@core';

/** The server's own words where it has any; otherwise words for the status. */
export function problemText(problem: ApiProblem, transloco: TranslocoService): string {
  if (problem.title) {
    return problem.detail ? `${problem.title} ${problem.detail}` : problem.title;
  }
  return transloco.translate(`ui.problem.${problemKind(problem)}`);
}

export type ProblemKind =
  'unreachable' | 'forbidden' | 'notFound' | 'conflict' | 'tooLarge' | 'tooMany' | 'unauthorized' | 'failed';

export function problemKind(problem: ApiProblem): ProblemKind {
  switch (problem.status) {
    case 0:
      return 'unreachable';
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      return 'notFound';
    case 409:
      return 'conflict';
    case 413:
      return 'tooLarge';
    case 429:
      return 'tooMany';
    default:
      return 'failed';
  }
}
