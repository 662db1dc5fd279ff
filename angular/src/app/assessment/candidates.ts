import { Observable, from, map, shareReplay } from 'rxjs';
import { Api } from '@api/api';
import { listAssessorCandidates } from '@api/functions';
import { PersonOption } from '../workflows/models';

/** Assessors who may still join a panel: none of it, and none with a conflict of interest. */
export function newcomers(
  api: Api,
  assessmentId: string,
): (search: string) => Observable<readonly PersonOption[]> {
  // Asked for once; a search only narrows what was answered. A failure is asked for again.
  let all: Observable<readonly PersonOption[]> | null = null;
  return (search) => {
    all ??= from(api.invoke(listAssessorCandidates, { id: assessmentId })).pipe(
      map((candidates) =>
        candidates
          .filter((candidate) => !candidate.hasConflict && !candidate.isOnPanel)
          .map(({ id, name }) => ({ id, name })),
      ),
      shareReplay({ bufferSize: 1, refCount: false }),
    );
    return all.pipe(map((people) => people.filter((person) => person.name.includes(search))));
  };
}
