import { MaturityLevel } from '@api/models';
import { Tone } from '@ui';

/** The three steps, lowest first. */
export const MATURITY_LEVELS: readonly MaturityLevel[] = ['Exploring', 'Mature', 'Exemplary'];

export const MATURITY_TONES: Record<MaturityLevel, Tone> = {
  Exploring: 'neutral',
  Mature: 'active',
  Exemplary: 'good',
};
