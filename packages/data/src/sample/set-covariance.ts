import { mean } from '@scorecast/core';

/** A square matrix by rows. */
type Matrix = readonly (readonly number[])[];

/**
 * Mixes columns, row by row, so that their sample covariances (divisor n - 1) become the given ones: `L K^-1 x`, where
 * `K K'` are their covariances and `L L'` the wanted ones (Cholesky factors). What was orthogonal to all stays so.
 *
 * @param columns Linearly independent columns; changed in place.
 * @param wanted A positive definite matrix.
 */
export function setCovariance(columns: readonly Float64Array[], wanted: Matrix): void {
  const from = cholesky(covariance(columns));
  const to = cholesky(wanted);
  const mixed = columns.map(() => 0);
  for (let i = 0; i < columns[0].length; i++) {
    columns.forEach((column, c) => (mixed[c] = (column[i] - dot(from[c], mixed, c)) / from[c][c]));
    columns.forEach((column, c) => (column[i] = dot(to[c], mixed, c + 1)));
  }
}

/** The sample covariances (divisor n - 1) of columns. */
export function covariance(columns: readonly Float64Array[]): Matrix {
  const means = columns.map((column) => mean(column));
  return columns.map((a, i) =>
    columns.map((b, j) => {
      let sum = 0;
      for (let row = 0; row < a.length; row++) sum += (a[row] - means[i]) * (b[row] - means[j]);
      return sum / (a.length - 1);
    }),
  );
}

/** The lower triangular matrix L with `L L' = matrix`, for a positive definite matrix. */
function cholesky(matrix: Matrix): Matrix {
  const lower = matrix.map((row) => row.map(() => 0));
  matrix.forEach((row, i) => {
    for (let j = 0; j < i; j++) lower[i][j] = (row[j] - dot(lower[i], lower[j], j)) / lower[j][j];
    lower[i][i] = Math.sqrt(row[i] - dot(lower[i], lower[i], i));
  });
  return lower;
}

function dot(a: readonly number[], b: readonly number[], length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[i] * b[i];
  return sum;
}
