import type { CategoricalColumn, NumericColumn } from '@scorecast/core';
import { trainError } from '../train-error.js';

/**
 * The values that are not missing.
 *
 * @throws TRAIN_EMPTY_COLUMN when all are.
 */
export function presentValues({ name, values }: NumericColumn): Float64Array {
  const present = values.filter((value) => !Number.isNaN(value));
  if (present.length === 0) throw trainError('TRAIN_EMPTY_COLUMN', { column: name });
  return present;
}

/**
 * How many rows have each level, in the order of the levels.
 *
 * @throws TRAIN_EMPTY_COLUMN when every row's level is missing.
 */
export function levelCounts({ name, codes, levels }: CategoricalColumn): Int32Array {
  const counts = new Int32Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  if (counts.every((count) => count === 0)) throw trainError('TRAIN_EMPTY_COLUMN', { column: name });
  return counts;
}
