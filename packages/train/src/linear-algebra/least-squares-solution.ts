import { factorColumns, type CenteredFactor } from './centered-factor.js';
import { minimumNormSolution } from './minimum-norm-solution.js';

/** With fewer rows than this, rounding can exceed one unit per row; scikit-learn's rule has no such floor. */
const LEAST_UNITS = 100;

/**
 * The coefficients that leave the smallest residual, the shortest ones where there are many. Directions in which the
 * columns differ by no more than rounding count as zero: less than one unit in the last place per row (or column).
 */
export function leastSquaresSolution(training: CenteredFactor): Float64Array {
  const { columns, target } = factorColumns(training);
  const cutoff = Number.EPSILON * Math.max(training.rowCount, columns.length, LEAST_UNITS);
  return minimumNormSolution(columns, target.subarray(0, columns.length), cutoff);
}
