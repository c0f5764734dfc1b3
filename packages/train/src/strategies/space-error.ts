import type { ScorecastError } from '@scorecast/core';
import { trainError } from '../train-error.js';

/** A search space that cannot be drawn from. */
export function spaceError(where: string, found: string, expected: string): ScorecastError {
  return trainError('TRAIN_SPACE', { where, found, expected });
}
