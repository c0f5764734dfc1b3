import { factorColumns, type CenteredFactor } from './centered-factor.js';

/**
 * The elastic net's coefficients: each in turn is set to its best value given the others, round after round. With
 * `l1Ratio` 1 they are the lasso's.
 *
 * Works on the triangular factor, where column j has only j + 1 rows, with the same iterates as on the data. The rule to
 * stop is scikit-learn's: once no coefficient moves much, the duality gap decides.
 *
 * Source: J. Friedman, T. Hastie and R. Tibshirani, "Regularization Paths for Generalized Linear Models via Coordinate
 * Descent", J. Stat. Softw. 33 (2010).
 *
 * @param onUnsettled Called where `maxIterations` rounds were made without the rule to stop being met.
 */
export function coordinateDescent(
  training: CenteredFactor,
  { alpha, l1Ratio, maxIterations, tolerance }: DescentParams,
  onUnsettled?: () => void,
): Float64Array {
  const { columns, target } = factorColumns(training);
  const penalty = { l1: alpha * l1Ratio * training.rowCount, l2: alpha * (1 - l1Ratio) * training.rowCount };
  const squaredLengths = columns.map((column, j) => dot(column, column, j + 1));
  const goal = tolerance * dot(target, target, target.length);
  const residual = target.slice();
  const coefficients = new Float64Array(columns.length);
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    let largest = 0;
    let largestStep = 0;
    columns.forEach((column, j) => {
      if (squaredLengths[j] === 0) return;
      const before = coefficients[j];
      const pull = dot(column, residual, j + 1) + squaredLengths[j] * before;
      const after = shrink(pull, penalty.l1) / (squaredLengths[j] + penalty.l2);
      const step = after - before;
      if (step !== 0) for (let i = 0; i <= j; i++) residual[i] -= step * column[i];
      coefficients[j] = after;
      largest = Math.max(largest, Math.abs(after));
      largestStep = Math.max(largestStep, Math.abs(step));
    });
    const settled = largest === 0 || largestStep / largest < tolerance;
    if (settled && dualityGap(columns, target, residual, coefficients, penalty) <= goal) return coefficients;
  }
  onUnsettled?.();
  return coefficients;
}

/** `l1Ratio` is the share of `alpha` that absolute coefficients cost; squared ones cost half of the rest. */
interface DescentParams {
  readonly alpha: number;
  readonly l1Ratio: number;
  readonly maxIterations: number;
  readonly tolerance: number;
}

/** Nearer to zero by the penalty, and zero where that is nearer than the penalty. */
function shrink(pull: number, penalty: number): number {
  if (pull > penalty) return pull - penalty;
  return pull < -penalty ? pull + penalty : 0;
}

/**
 * An upper bound of how far the objective, times the number of rows, is above its minimum. The squared penalty counts as
 * rows of data whose target is 0: they lengthen the residual and lower every column's pull.
 */
function dualityGap(
  columns: readonly Float64Array[],
  target: Float64Array,
  residual: Float64Array,
  coefficients: Float64Array,
  penalty: { readonly l1: number; readonly l2: number },
): number {
  let steepest = 0;
  let absoluteSum = 0;
  columns.forEach((column, j) => {
    steepest = Math.max(steepest, Math.abs(dot(column, residual, j + 1) - penalty.l2 * coefficients[j]));
    absoluteSum += Math.abs(coefficients[j]);
  });
  const scale = steepest > penalty.l1 ? penalty.l1 / steepest : 1;
  const squares =
    dot(residual, residual, residual.length) + penalty.l2 * dot(coefficients, coefficients, coefficients.length);
  return (squares * (1 + scale ** 2)) / 2 + penalty.l1 * absoluteSum - scale * dot(residual, target, target.length);
}

function dot(left: Float64Array, right: Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += left[i] * right[i];
  return sum;
}
