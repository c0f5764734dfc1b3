import type { Column } from '@scorecast/core';
import { trainError } from '../train-error.js';
import type { Fold } from '../splits/fold.js';
import type { LearningData } from './prepare-fold.js';

/**
 * Checks that there is something to learn: the schema's features and nothing else, a finite target per row, and more
 * than one value in every column.
 *
 * @throws TRAIN_TABLE, TRAIN_ROW_TARGET, TRAIN_ONE_VALUE
 */
export function checkTrainingData({ schema, features, target }: LearningData): void {
  const expected = schema.features.map((feature) => feature.name);
  const found = features.columns.map((column) => column.name);
  if (found.length !== expected.length || found.some((name, i) => name !== expected[i])) {
    throw trainError('TRAIN_TABLE', { expected, found, rows: features.rowCount, targets: target.length });
  }
  if (target.length !== features.rowCount) {
    throw trainError('TRAIN_TABLE', { expected, found, rows: features.rowCount, targets: target.length });
  }
  const wrong = target.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw trainError('TRAIN_ROW_TARGET', { row: wrong + 1, value: target[wrong] });
  for (const column of features.columns) refuseOneValue(column, 'leave it out of the schema');
  refuseOneValue({ kind: 'numeric', name: schema.target.name, values: target }, 'check that it is the right column');
}

/**
 * R2 means nothing on one row: every fold and the test part need two.
 *
 * @throws TRAIN_ROWS
 */
export function checkPartSizes(split: Fold, folds: number): void {
  const [train, test] = [split.train.length, split.test.length];
  if (test < 2 || train < 2 * folds) throw trainError('TRAIN_ROWS', { train, test, folds });
}

/**
 * What groups can come to, although the parts are large enough: a fold that tests on a single row, or nothing to learn
 * in the training part.
 *
 * @throws TRAIN_FOLD_ROWS; TRAIN_ONE_VALUE for a target that has one value in the training part.
 */
export function checkFolds(folds: readonly Fold[], train: Pick<LearningData, 'schema' | 'target'>): void {
  const rows = Math.min(...folds.map(({ test }) => test.length));
  if (rows < 2) throw trainError('TRAIN_FOLD_ROWS', { rows, folds: folds.length });
  const { name } = train.schema.target;
  const advice = 'bring more rows in which it differs';
  refuseOneValue({ kind: 'numeric', name, values: train.target }, advice, ' of the training part');
}

function refuseOneValue(column: Column, advice: string, where = ''): void {
  const cells = column.kind === 'numeric' ? column.values : column.codes;
  const isPresent = (cell: number) => (column.kind === 'numeric' ? !Number.isNaN(cell) : cell >= 0);
  const first = cells.find(isPresent);
  if (first !== undefined && cells.some((cell) => isPresent(cell) && cell !== first)) return;
  const value = first === undefined || column.kind === 'numeric' ? first : column.levels[first];
  throw trainError('TRAIN_ONE_VALUE', { column: column.name, value, rows: cells.length, where, advice });
}
