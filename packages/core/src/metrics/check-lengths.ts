import { statsError } from '../stats/stats-error.js';

/** @throws STATS_LENGTH unless both lists have the same length, at least 1. */
export function checkLengths(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): void {
  if (yTrue.length !== yPred.length || yTrue.length === 0) {
    throw statsError('STATS_LENGTH', { left: yTrue.length, right: yPred.length });
  }
}
