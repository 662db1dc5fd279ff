import { FileMatchProblem, FileMatchesDto, MatchedSlotDto, PlaceFileDto } from '@api/models';

/** What to do where the slot holds something already; nothing is chosen for the person. */
export type PlaceMode = 'add' | 'replace';

/** One file on its way into the ledger. */
export interface Placement {
  readonly file: File;
  readonly itemId: string;
  readonly artefactKey: string;
  readonly mode: PlaceMode | '';
  /** Why its name led nowhere. */
  readonly problem: FileMatchProblem | null;
}

/** What keeps a file from being placed as it stands. */
export type PlacementGap = 'item' | 'artefact' | 'locked' | 'mode' | 'modesDiffer';

export function placementsOf(files: readonly File[], matches: FileMatchesDto): Placement[] {
  const slots = new Map(matches.slots.map((slot) => [slot.id, slot]));
  return files.map((file, index) => {
    const match = matches.files[index];
    const slot = match?.slotId ? slots.get(match.slotId) : undefined;
    return {
      file,
      itemId: slot?.ledgerItemId ?? '',
      artefactKey: slot?.artefactKey ?? '',
      mode: '',
      problem: match?.problem ?? null,
    };
  });
}

export function slotOf(
  placement: Pick<Placement, 'itemId' | 'artefactKey'>,
  matches: FileMatchesDto,
): MatchedSlotDto | null {
  return (
    matches.slots.find(
      (slot) => slot.ledgerItemId === placement.itemId && slot.artefactKey === placement.artefactKey,
    ) ?? null
  );
}

export function holdsSomething(slot: MatchedSlotDto | null): boolean {
  return slot !== null && (slot.fileNames.length > 0 || slot.hasText || slot.isNotApplicable);
}

/** What is still missing for one file, seen with all others: files of one slot share one answer. */
export function gapOf(
  placement: Placement,
  all: readonly Placement[],
  matches: FileMatchesDto,
): PlacementGap | null {
  if (!placement.itemId) {
    return 'item';
  }
  const slot = slotOf(placement, matches);
  if (!slot) {
    return 'artefact';
  }
  if (!slot.isFillable) {
    return 'locked';
  }
  if (!holdsSomething(slot)) {
    return null;
  }
  if (placement.mode === '') {
    return 'mode';
  }
  const differs = all.some(
    (other) => slotOf(other, matches)?.id === slot.id && other.mode !== '' && other.mode !== placement.mode,
  );
  return differs ? 'modesDiffer' : null;
}

/** The request, once every file has its place. */
export function requestOf(
  placements: readonly { readonly placement: Placement; readonly fileId: string }[],
  matches: FileMatchesDto,
): PlaceFileDto[] {
  return placements.flatMap(({ placement, fileId }) => {
    const slot = slotOf(placement, matches);
    return slot
      ? [
          {
            slotId: slot.id,
            fileId,
            replace: placement.mode === 'replace',
            draftStamp: slot.draftStamp,
          },
        ]
      : [];
  });
}
