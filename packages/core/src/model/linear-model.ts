import type { Table } from '../table/table.js';
import { modelColumns } from './model-columns.js';

/** `intercept + sum coefficients[j] * x[j]`: least squares, ridge and lasso all become this. */
export interface LinearModel {
  readonly kind: 'linear';
  readonly features: readonly string[];
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/** Adds the terms in the order of the features, so that every machine gets the same bits. */
export function predictLinear(model: LinearModel, source: Table): Float64Array {
  const predictions = new Float64Array(source.rowCount).fill(model.intercept);
  modelColumns(model.features, source).forEach((values, j) => {
    const coefficient = model.coefficients[j];
    for (let i = 0; i < predictions.length; i++) predictions[i] += coefficient * values[i];
  });
  return predictions;
}
