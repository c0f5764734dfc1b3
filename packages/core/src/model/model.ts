import type { Table } from '../table/table.js';
import { predictLinear, type LinearModel } from './linear-model.js';
import { predictNeighbours, type NeighboursModel } from './neighbours-model.js';
import { predictTrees, type TreeEnsemble } from './tree-ensemble.js';

/** A fitted model: frozen data with a `kind`. However it was learned, it is one of these few things. */
export type Model = LinearModel | NeighboursModel | TreeEnsemble;

/**
 * Predicts one number per row. The columns must be numeric and be those of training, in the same order.
 *
 * @returns `source.rowCount` predictions, in the target's unit, not clipped.
 * @throws TABLE_NOT_NUMERIC, MODEL_FEATURES
 */
export function predict(model: Model, source: Table): Float64Array {
  switch (model.kind) {
    case 'linear':
      return predictLinear(model, source);
    case 'neighbours':
      return predictNeighbours(model, source);
    case 'tree-ensemble':
      return predictTrees(model, source);
    default:
      return model satisfies never;
  }
}
