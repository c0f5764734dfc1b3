import type { Table, Tree } from '@scorecast/core';
import { leafFinder, type FindLeaves } from '../trees/leaf-finder.js';
import { addLeafValues } from './add-leaf-values.js';
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
  const parts = tables.map((source): Part => {
    if (source === x) return { find: undefined, leaves: new Int32Array(0), sums: predictions };
    const sums = new Float64Array(source.rowCount).fill(base);
    return { find: leafFinder([source]), leaves: new Int32Array(source.rowCount), sums };
  });
  const answers = counts.map((): readonly Float64Array[] => []);
  let count = 0;
  for (const { tree } of trees) {
    for (const part of parts) addTree(part, tree);
    count++;
    if (counts.includes(count)) {
      const sums = parts.map((part) => part.sums.slice());
      counts.forEach((wanted, i) => (answers[i] = wanted === count ? sums : answers[i]));
    }
  }
  return answers;
}

/** A table and what its rows are predicted so far. */
interface Part {
  /** Undefined for the training rows, to which boosting itself adds its trees. */
  readonly find: FindLeaves | undefined;
  readonly leaves: Int32Array;
  readonly sums: Float64Array;
}

function addTree({ find, leaves, sums }: Part, tree: Tree): void {
  if (find === undefined) return;
  find(tree, leaves);
  addLeafValues(sums, tree.value, leaves);
}
