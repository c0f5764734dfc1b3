import type { Criterion } from './criterion.js';
import { encodeColumns, type EncodedColumns, type LevelCounts } from './encode-columns.js';
import { sortedRows } from './sorted-rows.js';

/** Training rows in the form in which trees grow fast; made once for all trees of a forest. */
export interface TreeData extends EncodedColumns {
  readonly rowCount: number;
  /** The features as they came. */
  readonly values: readonly Float64Array[];
  /** The targets as they came. */
  readonly targets: Float64Array;
  readonly criterion: Criterion;
  /** All rows by ascending target, where absolute errors count. */
  readonly byTarget: Int32Array | undefined;
}

/** A column with more different values than this is sorted. */
const MOST_BINS = 256;

/**
 * Sorts or encodes the columns.
 *
 * @param options.criterion Default `squared_error`.
 * @param options.levelCounts By default no column has level codes; where absolute errors count, none may.
 */
export function prepareTreeData(
  values: readonly Float64Array[],
  targets: Float64Array,
  { criterion = 'squared_error', levelCounts = [] }: { criterion?: Criterion; levelCounts?: LevelCounts } = {},
): TreeData {
  const byMedian = criterion === 'absolute_error';
  return {
    rowCount: targets.length,
    values,
    targets,
    criterion,
    byTarget: byMedian ? sortedRows(targets) : undefined,
    ...encodeColumns(values, byMedian ? 0 : MOST_BINS, levelCounts),
  };
}
