import type { BinnedColumns } from './binned-columns.js';
import type { NodeRows } from './open-node.js';
import type { Sample } from './sample.js';

/** Of each bin the tally and the sum of a node's rows, one behind the other. */
export type Histogram = Float64Array;

/** The histograms of nodes under growth. Nodes of few rows have none: their bins would mostly be empty. */
export interface Histograms {
  /** Adds up a node's rows; undefined where it is too small. */
  fill(node: NodeRows): Histogram | undefined;
  /**
   * Makes the histograms of the children from that of a cut node. Only the smaller child adds up its rows: what they
   * leave of the node's are those of the other one, exactly, since all sums are integers.
   *
   * @param isUsed Whether a child's histogram will be looked at.
   */
  divide<N extends NodeRows>(
    histogram: Histogram,
    left: N,
    right: N,
    isUsed: (child: N) => boolean,
  ): { readonly left: Histogram | undefined; readonly right: Histogram | undefined };
  /** Takes a histogram back that is not needed any more. */
  release(histogram: Histogram): void;
}

/** With fewer rows for each bin of a column, a node is better off without. Found by measurement. */
export const LEAST_DENSITY = 1;

/** Histograms of the sample. */
export function histograms({ bins, binCount, width }: BinnedColumns, { rows, tallies, sums }: Sample): Histograms {
  const unused: Histogram[] = [];

  /** Hot: every row of every large node comes by once. */
  const addRows = (histogram: Histogram, { start, end }: NodeRows, sign: 1 | -1) => {
    for (let i = start; i < end; i++) {
      const row = rows[i];
      const tally = sign * tallies[row];
      const sum = sign * sums[row];
      for (let at = row * width; at < (row + 1) * width; at++) {
        const place = 2 * bins[at];
        histogram[place] += tally;
        histogram[place + 1] += sum;
      }
    }
  };
  const isDense = ({ start, end }: NodeRows) => width > 0 && (end - start) * width >= LEAST_DENSITY * binCount;
  const fill = (node: NodeRows) => {
    if (!isDense(node)) return undefined;
    const histogram = unused.pop()?.fill(0) ?? new Float64Array(2 * binCount);
    addRows(histogram, node, 1);
    return histogram;
  };
  const release = (histogram: Histogram) => void unused.push(histogram);
  return {
    fill,
    divide: (whole, left, right, isUsed) => {
      const isLeftSmall = left.end - left.start <= right.end - right.start;
      const [small, large] = isLeftSmall ? [left, right] : [right, left];
      const part = isUsed(small) ? fill(small) : undefined;
      let rest: Histogram | undefined = whole;
      if (!isUsed(large) || !isDense(large)) {
        release(whole);
        rest = undefined;
      } else if (part === undefined) {
        addRows(whole, small, -1);
      } else {
        for (let at = 0; at < whole.length; at++) whole[at] -= part[at];
      }
      return isLeftSmall ? { left: part, right: rest } : { left: rest, right: part };
    },
    release,
  };
}
