import { mean, type LinearModel, type Table } from '@scorecast/core';
import type { Estimator } from '../../src/estimator.js';
import { readParams, real, type ParamValues } from '../../src/params.js';
import { trainingColumns } from '../../src/training-data.js';

/** The params of {@link bestColumn}. */
export const bestColumnParams = {
  shrinkage: real({ about: 'how far the slope is drawn towards zero; 1 is all the way', default: 0, min: 0, max: 1 }),
};

/** The values of {@link bestColumnParams}. */
export type BestColumnParams = ParamValues<typeof bestColumnParams>;

/**
 * A straight line through the one column that explains most of the target.
 *
 * @param params `shrinkage` (default 0, from 0 to 1).
 * @throws TRAIN_PARAM, TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws what {@link trainingColumns} throws.
 * @example
 * const x = table([numericColumn('luck', [5, 1, 5]), numericColumn('hours', [1, 2, 3])]);
 * const model = bestColumn().fit(x, Float64Array.of(12, 14, 16), { random: keyedRandom(42) });
 * Array.from(model.coefficients); // => [0, 2]
 */
export function bestColumn(params: Partial<BestColumnParams> = {}): Estimator<BestColumnParams, LinearModel> {
  const name = 'best-column';
  const checked = readParams(name, bestColumnParams, params);
  return { name, complexity: 1, params: checked, fit: (x, y) => fitLine(name, checked, x, y) };
}

function fitLine(name: string, { shrinkage }: BestColumnParams, x: Table, y: Float64Array): LinearModel {
  const columns = trainingColumns(name, x, y);
  const slopes = columns.map((values) => slopeThrough(values, y));
  const explained = slopes.map((slope, j) => slope * covariance(columns[j], y));
  const best = explained.indexOf(Math.max(...explained));
  const coefficients = Float64Array.from(slopes, (slope, j) => (j === best ? (1 - shrinkage) * slope + 0 : 0));
  const intercept = best < 0 ? mean(y) : mean(y) - coefficients[best] * mean(columns[best]);
  return { kind: 'linear', features: x.columns.map((column) => column.name), coefficients, intercept };
}

function slopeThrough(values: Float64Array, y: Float64Array): number {
  const variance = covariance(values, values);
  return variance > 0 ? covariance(values, y) / variance : 0;
}

function covariance(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  return mean(a.map((value, i) => (value - meanA) * (b[i] - meanB)));
}
