import { trainError } from '../train-error.js';

/** Squares of larger numbers are no numbers any more. */
const LARGEST = 1e150;

/**
 * Stops where residuals grow without end, as they do with a learning rate far above 1.
 *
 * @throws TRAIN_OVERFLOW
 */
export function refuseDivergence(estimator: string, residual: number): void {
  if (!(Math.abs(residual) <= LARGEST)) throw trainError('TRAIN_OVERFLOW', { estimator });
}
