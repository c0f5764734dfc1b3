import {
  takeRows,
  transformAll,
  type ColumnImportance,
  type Importance,
  type Pipeline,
  type Table,
} from '@scorecast/core';
import { coefficientImportance } from './coefficient-importance.js';
import { impurityImportance } from './impurity-importance.js';
import { permutationImportance } from './permutation-importance.js';

/** So many test rows say what a feature is worth; more would only take longer. */
const ROWS = { least: 200, most: 1000 };

/** About so many predictions are made, where that leaves enough rows: a few seconds for the slowest models. */
const PREDICTIONS = 20_000;

const REPEATS = 5;

/**
 * What a trained pipeline rests on: by shuffling test rows, and by what the model itself says of its columns, where it
 * says anything.
 *
 * @param train The features of the training rows.
 * @param test Features and targets of the test rows, in random order: the first 200 to 1000 are used, fewer the more
 * features there are.
 */
export function measureImportance(
  pipeline: Pipeline,
  train: Table,
  test: { readonly features: Table; readonly target: Float64Array },
  seed: number,
): Importance {
  const affordable = Math.floor(PREDICTIONS / (REPEATS * test.features.columns.length));
  const wanted = Math.min(Math.max(affordable, ROWS.least), ROWS.most);
  const rows = Int32Array.from({ length: Math.min(wanted, test.target.length) }, (_, row) => row);
  const target = test.target.subarray(0, rows.length);
  const permutation = permutationImportance(pipeline, takeRows(test.features, rows), target, {
    repeats: REPEATS,
    seed,
  });
  const columns = columnImportance(pipeline, train);
  return { permutation, ...(columns === undefined ? {} : { columns }) };
}

function columnImportance({ model, transformers }: Pipeline, train: Table): ColumnImportance | undefined {
  if (model.kind === 'linear') return coefficientImportance(model, transformAll(transformers, train));
  return model.kind === 'tree-ensemble' ? impurityImportance(model) : undefined;
}
