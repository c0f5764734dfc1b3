import type { Recorded } from '@scorecast/track';
import type { Trained } from '../training/run-training.js';
import type { Production } from './production.js';

/** A training and what became of its record. */
export interface RecordedTraining {
  readonly trained: Trained;
  /** undefined where no record was wanted. */
  readonly recorded: Recorded | undefined;
  /** Which version is in production now, where that is known. */
  readonly production?: Production;
  /** Where it was recorded, as users know it. */
  readonly uri?: string;
  /** Why it is not known. */
  readonly unsettled?: string;
}
