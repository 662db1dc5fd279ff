import { CountDto } from '@api/models/count-dto';
import { ProgrammeDateDto } from '@api/models/programme-date-dto';
import { ProgrammeDto } from '@api/models/programme-dto';
import { ReportingDutyDto } from '@api/models/reporting-duty-dto';

/** A count with those that are parts of it. */
export interface CountWithParts extends CountDto {
  readonly parts: readonly CountDto[];
}

export function countsWithParts(counts: readonly CountDto[]): CountWithParts[] {
  return counts
    .filter((count) => count.partOf === null)
    .map((count) => ({ ...count, parts: counts.filter((part) => part.partOf === count.order) }));
}

/** The programme's days: its date, stages, what is due and what is to be reported, in order. */
export function programmeDates(
  programme: ProgrammeDto,
  duties: readonly ReportingDutyDto[],
): ProgrammeDateDto[] {
  const day = (
    date: string | null | undefined,
    kind: ProgrammeDateDto['kind'],
    text: string,
    more: Partial<ProgrammeDateDto> = {},
  ): ProgrammeDateDto[] =>
    date
      ? [{ date, kind, text, precision: null, isSoft: false, taskInstances: 0, dueSoFar: 0, ...more }]
      : [];
  const dueDays = new Map<string, ProgrammeDateDto>();
  for (const theme of programme.themes) {
    const deadline = theme.deadline ?? programme.deadline;
    if (deadline) {
      const key = `${deadline.date} ${deadline.precision} ${deadline.isSoft}`;
      const before = dueDays.get(key);
      const instances =
        theme.assignments.filter((a) => !a.revokedAt).length + new Set(theme.leadOffices).size;
      dueDays.set(key, {
        date: deadline.date,
        kind: 'Due',
        text: before ? `${before.text}；${theme.title}` : theme.title,
        precision: deadline.precision,
        isSoft: deadline.isSoft,
        taskInstances: (before?.taskInstances ?? 0) + instances,
        dueSoFar: 0,
      });
    }
  }
  const dates = [
    ...day(programme.issueDate, 'Issued', programme.title),
    ...day(programme.claimAudience === 'None' ? null : programme.claimsCloseOn, 'ClaimsClose', ''),
    ...programme.phases.flatMap((phase) => [
      ...day(phase.start, 'PhaseStart', phase.name),
      ...day(phase.end, 'PhaseEnd', phase.name),
    ]),
    ...dueDays.values(),
    ...duties.flatMap((duty) => day(duty.dueOn, 'Report', duty.what)),
  ].sort((a, b) => a.date.localeCompare(b.date));
  let sum = 0;
  return dates.map((date) => ({ ...date, dueSoFar: (sum += date.taskInstances) }));
}
