import { DeliverableStatus, PilotStatus, SubmissionStatus } from '@api/models';
import { Tone } from '@ui';

export const PILOT_STATUSES: readonly PilotStatus[] = [
  'Assigned',
  'Planning',
  'Running',
  'Submitted',
  'UnderAssessment',
  'Concluded',
  'Suspended',
  'Withdrawn',
];

/** Red before amber: the most urgent first. */
export const LIGHTS = ['Red', 'Amber', 'Yellow', 'Green'] as const;

export function toneOfPilot(status: PilotStatus): Tone {
  switch (status) {
    case 'Planning':
    case 'Running':
    case 'Submitted':
    case 'UnderAssessment':
      return 'active';
    case 'Concluded':
      return 'good';
    case 'Suspended':
      return 'attention';
    default:
      return 'neutral';
  }
}

export function toneOfDeliverable(status: DeliverableStatus | SubmissionStatus): Tone {
  switch (status) {
    case 'Submitted':
      return 'active';
    case 'Accepted':
      return 'good';
    case 'Returned':
      return 'attention';
    default:
      return 'neutral';
  }
}

/** Where a file is downloaded from; the server logs it. */
export function fileAddress(id: string): string {
  return `/api/files/${id}/content`;
}
