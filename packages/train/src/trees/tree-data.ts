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
  /** Columns of few different values. */
  readonly binned: BinnedColumns;
}

/** A column of any values. */
export interface OrderedColumn {
  readonly feature: number;
  readonly values: Float64Array;
  /** All rows by ascending value, equal values by row; missing values at the end. */
  readonly order: Int32Array;
}

/** A column with more different values than this is sorted. */
const MOST_BINS = 256;

/** Sorts or encodes the columns. A column of one value is nowhere: it can never be cut. */
export function prepareTreeData(
  values: readonly Float64Array[],
  targets: Float64Array,
  criterion: Criterion = 'squared_error',
): TreeData {
  const byMedian = criterion === 'absolute_error';
  const { ordered, ranked, indicators } = sortKinds(values, byMedian ? 0 : MOST_BINS);
  return {
    rowCount: targets.length,
    values,
    targets,
    criterion,
    byTarget: byMedian ? sortedRows(targets) : undefined,
    ordered: ordered.map((feature) => ({ feature, values: values[feature], order: sortedRows(values[feature]) })),
    binned: binColumns(values, ranked, indicators),
  };
}

/** Which columns are of which kind. An indicator has two values and no gap. */
function sortKinds(
  values: readonly Float64Array[],
  mostBins: number,
): Readonly<Record<'ordered' | 'ranked' | 'indicators', readonly number[]>> {
  const kinds = { ordered: new Array<number>(), ranked: new Array<number>(), indicators: new Array<number>() };
  values.forEach((column, feature) => {
    const { length } = distinctValues(column);
    const hasGaps = column.some(Number.isNaN);
    if (length + (hasGaps ? 1 : 0) < 2) return;
    if (length > mostBins) kinds.ordered.push(feature);
    else if (length === 2 && !hasGaps) kinds.indicators.push(feature);
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
