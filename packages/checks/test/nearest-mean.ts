import { errorFactory, numericColumns, type NeighboursModel, type Table } from '@scorecast/core';
import type { CheckedEstimator } from '../src/index.js';

const toyError = errorFactory({
  TOY: { status: 422, exitCode: 3, message: (d: { what: string }) => `toy: ${d.what} (expected something else)` },
});

/** What the toy's fit may use besides its data. */
export interface ToyContext {
  readonly seed: number;
}

/** An estimator that keeps every promise: the mean of the five nearest rows. */
export function toy(params: unknown = {}): CheckedEstimator<ToyContext> {
  return { name: 'toy', complexity: 2, params: Object.freeze(readParams(params)), fit };
}

function readParams(given: unknown): { neighbours: number } {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw toyError('TOY', { what: 'no object' });
  }
  for (const [name, value] of Object.entries(given)) {
    if (name !== 'neighbours') throw toyError('TOY', { what: name });
    if (!Number.isInteger(value) || value < 1) throw toyError('TOY', { what: `neighbours ${String(value)}` });
  }
  return { neighbours: 5, ...given };
}

function fit(x: Table, y: Float64Array): NeighboursModel {
  const columns = numericColumns(x);
  if (x.rowCount === 0) throw toyError('TOY', { what: 'no rows' });
  if (x.rowCount !== y.length) throw toyError('TOY', { what: `${y.length} targets for ${x.rowCount} rows` });
  const wrong = y.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw toyError('TOY', { what: `row ${wrong + 1}` });
  for (const { name, values, levelCount } of columns) {
    if (levelCount !== undefined) throw toyError('TOY', { what: `codes in "${name}"` });
    const row = values.findIndex((value) => !Number.isFinite(value));
    if (row >= 0) throw toyError('TOY', { what: `"${name}", row ${row + 1}` });
  }
  const rows = new Float64Array(columns.length * y.length);
  columns.forEach(({ values }, j) => values.forEach((value, i) => (rows[i * columns.length + j] = value + 0)));
  return {
    kind: 'neighbours',
    features: columns.map((column) => column.name),
    k: Math.min(5, y.length),
    weights: 'uniform',
    p: 2,
    rows,
    targets: y.map((value) => value + 0),
  };
}
