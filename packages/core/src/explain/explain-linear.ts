import type { LinearModel } from '../model/linear-model.js';
import { modelColumns } from '../model/model-columns.js';
import type { Table } from '../table/table.js';
import type { Contributions } from './contributions.js';

/**
 * The Shapley values of a linear model's columns: `coefficient * (x - mean of x)`; the base is the prediction for the
 * means.
 *
 * @param columns Rows in the model's columns.
 * @param means One per column.
 */
export function explainLinear(model: LinearModel, columns: Table, means: Float64Array): Contributions {
  let base = model.intercept;
  model.coefficients.forEach((coefficient, j) => (base += coefficient * means[j]));
  const values = modelColumns(model.features, columns).map((xs, j) =>
    xs.map((x) => model.coefficients[j] * (x - means[j])),
  );
  return { base, values };
}
