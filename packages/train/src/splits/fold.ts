import { trainError } from '../train-error.js';

/** Row indices from 0: those to learn from and those to test on. No row is in both. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Cuts rows in a given order into folds, each row in one test part; the first `n % folds` test parts get one row more.
 * Both parts of a fold are in ascending order, as scikit-learn's.
 *
 * @throws TRAIN_FOLDS unless there are from 2 folds to one per row.
 */
export function cutFolds(order: Int32Array, folds: number): readonly Fold[] {
  const rows = order.length;
  if (!Number.isInteger(folds) || folds < 2 || folds > rows) throw trainError('TRAIN_FOLDS', { folds, rows });
  const foldOf = new Int32Array(rows);
  const sizes = Array.from({ length: folds }, (_, fold) => Math.floor(rows / folds) + (fold < rows % folds ? 1 : 0));
  let start = 0;
  sizes.forEach((size, fold) => {
    for (let at = start; at < start + size; at++) foldOf[order[at]] = fold;
    start += size;
  });
  return foldsByNumber(foldOf, folds);
}

/** The folds that test on the rows of each number from 0 to `folds - 1`; both parts in ascending order. */
export function foldsByNumber(foldOf: Int32Array, folds: number): readonly Fold[] {
  const sizes = new Int32Array(folds);
  for (const fold of foldOf) sizes[fold]++;
  return Array.from(sizes, (size, fold) => gather(foldOf, fold, size));
}

function gather(foldOf: Int32Array, fold: number, size: number): Fold {
  const train = new Int32Array(foldOf.length - size);
  const test = new Int32Array(size);
  let trainCount = 0;
  let testCount = 0;
  for (let row = 0; row < foldOf.length; row++) {
    if (foldOf[row] === fold) test[testCount++] = row;
    else train[trainCount++] = row;
  }
  return { train, test };
}
