import { quantile, table, type Column, type Table } from '@scorecast/core';

/**
 * What least squares leaves of the target on the rows that it is fitted to: levels as 0/1 columns, gaps filled with the
 * median (or left all zero). The columns are made orthogonal one after another (Gram-Schmidt); one that is left with
 * nothing is dropped.
 */
export function leastSquaresResiduals({ rowCount, columns }: Table, target: Float64Array): Float64Array {
  const basis: Float64Array[] = [];
  const inputs = [new Float64Array(rowCount).fill(1), ...columns.flatMap(numbers)];
  for (const input of inputs) {
    const left = residual(input, basis);
    if (squared(left) > 1e-9 * squared(input)) basis.push(left);
  }
  return residual(target, basis);
}

/** The R2 of least squares on the rows that it is fitted to. */
export function leastSquaresR2(features: Table, target: Float64Array): number {
  const centred = leastSquaresResiduals(table([], target.length), target);
  return 1 - squared(leastSquaresResiduals(features, target)) / squared(centred);
}

function numbers(column: Column): Float64Array[] {
  if (column.kind === 'categorical') {
    return column.levels.map((_, level) => Float64Array.from(column.codes, (code) => (code === level ? 1 : 0)));
  }
  const median = quantile(
    column.values.filter((value) => !Number.isNaN(value)),
    0.5,
  );
  return [column.values.map((value) => (Number.isNaN(value) ? median : value))];
}

function residual(values: Float64Array, basis: readonly Float64Array[]): Float64Array {
  let left = values;
  for (const direction of basis) {
    const share = dot(left, direction) / squared(direction);
    left = left.map((value, i) => value - share * direction[i]);
  }
  return left;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

function squared(values: Float64Array): number {
  return dot(values, values);
}
