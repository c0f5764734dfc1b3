import type { Table } from '@scorecast/core';
import { leafFinder } from '../trees/leaf-finder.js';
import type { BoostedTrees } from './boost-trees.js';

/**
 * What boosted ensembles of a boosting's first trees predict, all in one pass while it goes on.
 *
 * @param x The training rows' table; where it is among the tables, boosting has its predictions already.
 * @param counts How many trees each ensemble has, from 1.
 * @returns For each count, for each table, one prediction per row, the same bits as those of the model.
 */
export function stagedSums(
  { base, predictions, trees }: BoostedTrees,
  x: Table,
  counts: readonly number[],
  tables: readonly Table[],
): readonly (readonly Float64Array[])[] {
  const parts = tables.map((source) => ({
    find: source === x ? undefined : leafFinder([source]),
    leaves: new Int32Array(source.rowCount),
    sums: source === x ? predictions : new Float64Array(source.rowCount).fill(base),
  }));
  const answers = counts.map((): readonly Float64Array[] => []);
  let count = 0;
  for (const { tree } of trees) {
    for (const { find, leaves, sums } of parts) {
      find?.(tree, leaves);
      if (find !== undefined) for (let row = 0; row < sums.length; row++) sums[row] += tree.value[leaves[row]];
    }
    count++;
    for (const [i, wanted] of counts.entries()) {
      if (wanted === count) answers[i] = parts.map(({ sums }) => sums.slice());
    }
  }
  return answers;
}
