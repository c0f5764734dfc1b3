import type { LinearModel, Table } from '@scorecast/core';
import type { CenteredFactor } from '../linear-algebra/centered-factor.js';
import { trainError } from '../train-error.js';

/**
 * The linear model whose coefficients were found on centred columns: the intercept makes the means meet.
 *
 * @throws TRAIN_OVERFLOW when the training numbers were too large for their squares.
 */
export function uncenteredModel(
  estimator: string,
  x: Table,
  { means, targetMean, factor }: CenteredFactor,
  coefficients: Float64Array,
): LinearModel {
  let intercept = targetMean;
  for (let j = 0; j < means.length; j++) intercept -= means[j] * coefficients[j];
  if (!Number.isFinite(intercept) || !factor.every(Number.isFinite)) throw trainError('TRAIN_OVERFLOW', { estimator });
  return {
    kind: 'linear',
    features: x.columns.map((column) => column.name),
    // Adding 0 turns -0 into 0: JSON knows only one zero, and a bundle must come back the same.
    coefficients: coefficients.map((value) => value + 0),
    intercept: intercept + 0,
  };
}
