import type { Criterion } from './criterion.js';
import { binColumns, distinctValues, type BinnedColumns } from './binned-columns.js';

/** Training rows in the form in which trees grow fast; made once for all trees of a forest. */
export interface TreeData {
  readonly rowCount: number;
  /** The features as they came. */
  readonly values: readonly Float64Array[];
  /** The targets as they came. */
  readonly targets: Float64Array;
  readonly criterion: Criterion;
  /** All rows by ascending target, where absolute errors count. */
  readonly byTarget: Int32Array | undefined;
  /** Columns of many different values, with their sorted order; all columns where absolute errors count. */
  readonly ordered: readonly OrderedColumn[];
  /** Columns of few different values, and those of level codes. */
  readonly binned: BinnedColumns;
  /** The features that are parted by sets of levels. */
  readonly nominal: ReadonlySet<number>;
}

/** Of each column: how many levels it has, where its values are codes of levels, or else undefined. */
export type LevelCounts = readonly (number | undefined)[];

/** A column of any values. */
export interface OrderedColumn {
  readonly feature: number;
  readonly values: Float64Array;
  /** All rows by ascending value, equal values by row; missing values at the end. */
  readonly order: Int32Array;
}

/** A column with more different values than this is sorted. */
const MOST_BINS = 256;

/**
 * Sorts or encodes the columns. A column of one value is nowhere: it can never be cut.
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
  const { ordered, ranked, indicators } = sortKinds(values, byMedian ? 0 : MOST_BINS, levelCounts);
  return {
    rowCount: targets.length,
    values,
    targets,
    criterion,
    byTarget: byMedian ? sortedRows(targets) : undefined,
    ordered: ordered.map((feature) => ({ feature, values: values[feature], order: sortedRows(values[feature]) })),
    binned: binColumns(values, ranked, indicators),
    nominal: new Set(ranked.filter((feature) => levelCounts[feature] !== undefined)),
  };
}

/**
 * Which columns are of which kind. An indicator has two values and no gap: two levels are parted by a threshold as well as
 * by a set.
 */
function sortKinds(
  values: readonly Float64Array[],
  mostBins: number,
  levelCounts: LevelCounts,
): Readonly<Record<'ordered' | 'ranked' | 'indicators', readonly number[]>> {
  const kinds = { ordered: new Array<number>(), ranked: new Array<number>(), indicators: new Array<number>() };
  values.forEach((column, feature) => {
    const { length } = distinctValues(column);
    const hasGaps = column.some(Number.isNaN);
    if (length + (hasGaps ? 1 : 0) < 2) return;
    const levelCount = levelCounts[feature];
    if (levelCount === undefined && length > mostBins) kinds.ordered.push(feature);
    else if (length === 2 && !hasGaps && (levelCount ?? 2) === 2) kinds.indicators.push(feature);
    else kinds.ranked.push(feature);
  });
  return kinds;
}

function sortedRows(values: Float64Array): Int32Array {
  const rows = Int32Array.from(values.keys());
  const present = rows.filter((row) => !Number.isNaN(values[row])).sort((a, b) => values[a] - values[b] || a - b);
  const missing = rows.filter((row) => Number.isNaN(values[row]));
  rows.set(present);
  rows.set(missing, present.length);
  return rows;
}
