import { factorColumns, type CenteredFactor } from './centered-factor.js';
import { minimumNormSolution } from './minimum-norm-solution.js';

/**
 * The coefficients that leave the smallest residual, the shortest ones where there are many. Directions in which the
 * columns differ by no more than rounding count as zero, by the rule that scikit-learn's `LinearRegression` has.
 */
export function leastSquaresSolution(training: CenteredFactor): Float64Array {
  const { columns, target } = factorColumns(training);
  const cutoff = Number.EPSILON * Math.max(training.rowCount, columns.length);
  return minimumNormSolution(columns, target.subarray(0, columns.length), cutoff);
}
