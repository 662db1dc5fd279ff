import { AssessmentStatus, ObjectionState, ResultState } from '@api/models';
import { Tone } from '@ui';

export const STATUS_TONES: Record<AssessmentStatus, Tone> = {
  AwaitingPanel: 'attention',
  Scoring: 'active',
  ThirdScoring: 'active',
  Scored: 'attention',
  Published: 'good',
};

export const RESULT_TONES: Record<ResultState, Tone> = {
  Open: 'active',
  UnderObjection: 'attention',
  WindowOver: 'neutral',
  Final: 'good',
};

export const OBJECTION_TONES: Record<ObjectionState, Tone> = {
  Waiting: 'attention',
  Upheld: 'good',
  Dismissed: 'neutral',
  Withdrawn: 'neutral',
};
