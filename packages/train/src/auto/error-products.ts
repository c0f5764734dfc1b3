/** Predictions of several candidates for the same rows, and what they should have been. */
export interface JointPredictions {
  /** One list per candidate. */
  readonly predictions: readonly Float64Array[];
  readonly target: Float64Array;
}

/** A candidate's share in an ensemble: `intercept + sum weights[j] * predictions[j]`. */
export interface Combination {
  readonly weights: Float64Array;
  readonly intercept: number;
}

/**
 * The products of the candidates' errors, `sum over rows (y - p_i) (y - p_j)`: with them the squared error of any
 * average is known without looking at the rows again.
 *
 * @returns A symmetric matrix, row by row.
 */
export function errorProducts({ predictions, target }: JointPredictions): Float64Array {
  const errors = predictions.map((values) => target.map((value, row) => value - values[row]));
  return products(errors);
}

/** The products of lists of equal length with each other, row by row. */
export function products(lists: readonly Float64Array[]): Float64Array {
  const count = lists.length;
  const matrix = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      const value = dot(lists[i], lists[j]);
      matrix[i * count + j] = value;
      matrix[j * count + i] = value;
    }
  }
  return matrix;
}

/** Hot: a plain loop. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
