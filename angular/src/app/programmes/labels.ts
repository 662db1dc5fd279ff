import { AssignmentDto } from '@api/models/assignment-dto';
import { ClaimStatus } from '@api/models/claim-status';
import { DeadlineDto } from '@api/models/deadline-dto';
import { NoticeRegion } from '@api/models/notice-region';
import { ProgrammeStatus } from '@api/models/programme-status';
import { RegionRequestStatus } from '@api/models/region-request-status';
import { formatDate } from '@core';
import { Tone } from '@ui';

export function programmeTone(status: ProgrammeStatus): Tone {
  return status === 'Published' ? 'active' : 'neutral';
}

export function claimTone(status: ClaimStatus): Tone {
  const tones: Record<ClaimStatus, Tone> = {
    Draft: 'neutral',
    Submitted: 'attention',
    Withdrawn: 'neutral',
    Accepted: 'good',
    Declined: 'bad',
  };
  return tones[status];
}

export function requestTone(status: RegionRequestStatus): Tone {
  const tones: Record<RegionRequestStatus, Tone> = {
    Draft: 'neutral',
    Submitted: 'attention',
    Withdrawn: 'neutral',
    Returned: 'attention',
    Accepted: 'good',
    Refused: 'bad',
  };
  return tones[status];
}

/** 南通市（如皋市）. */
export function regionLabel(region: { name: string; partName?: string | null }): string {
  return region.partName ? `${region.name}（${region.partName}）` : region.name;
}

export function assignmentLabel(assignment: AssignmentDto): string {
  return regionLabel({ name: assignment.regionName, partName: assignment.partName });
}

/** A region of a draft under its own name; as the notice has it while it is open which one is meant. */
export function noticeRegionLabel(region: NoticeRegion, names: ReadonlyMap<string, string>): string {
  const name = region.regionId ? names.get(region.regionId) : undefined;
  return name ? regionLabel({ name, partName: region.partName }) : region.text;
}

/** 2023-09-30, with the word for “in principle” where the deadline is soft. */
export function deadlineLabel(deadline: DeadlineDto | null, softly: string): string {
  return deadline ? (deadline.isSoft ? `${softly} ` : '') + formatDate(deadline.date) : '';
}

/** The file's name as the server gives it (RFC 6266: filename*=UTF-8''…); null where there is none. */
export function fileNameOf(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  return encoded ? decodeURIComponent(encoded) : null;
}
