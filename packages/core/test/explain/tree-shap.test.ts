import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedLeaf, treeExplainer } from '../../src/explain/tree-shap.js';
import { childOf, leafOf, type Tree } from '../../src/index.js';
import { anyRow, anyTree, COLUMNS } from './any-tree.js';

/** What the tree predicts where only the columns of a set are known: elsewhere both ways count, by training rows. */
function expectation(tree: Tree, row: Float64Array, known: number, node = 0): number {
  const column = tree.feature[node];
  if (column < 0) return tree.value[node];
  if ((known >> column) & 1) return expectation(tree, row, known, childOf(tree, node, row[column]));
  const left = tree.cover[tree.left[node]];
  const both = left + tree.cover[tree.right[node]];
  const share = both > 0 ? left / both : 0.5;
  return (
    share * expectation(tree, row, known, tree.left[node]) +
    (1 - share) * expectation(tree, row, known, tree.right[node])
  );
}

/** Shapley values straight from their definition: the mean change over all orders of the columns. */
function shapleyByOrders(tree: Tree, row: Float64Array): readonly number[] {
  const sums = new Array<number>(COLUMNS).fill(0);
  const orders = permutations(Array.from({ length: COLUMNS }, (_, j) => j));
  for (const order of orders) {
    let known = 0;
    for (const column of order) {
      const before = expectation(tree, row, known);
      known |= 1 << column;
      sums[column] += expectation(tree, row, known) - before;
    }
  }
  return sums.map((sum) => sum / orders.length);
}

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

function explain(tree: Tree, row: Float64Array): Float64Array {
  const sums = new Float64Array(COLUMNS);
  treeExplainer(tree)(row, sums);
  return sums;
}

describe('treeExplainer', () => {
  it('gives the Shapley values that enumerating all orders gives', () => {
    fc.assert(
      fc.property(anyTree, anyRow, (tree, row) => {
        const expected = shapleyByOrders(tree, row);
        explain(tree, row).forEach((value, j) => expect(value).toBeCloseTo(expected[j], 9));
      }),
      { numRuns: 500 },
    );
  });

  it('adds up, with the expected leaf, to the leaf of the row', () => {
    fc.assert(
      fc.property(anyTree, anyRow, (tree, row) => {
        const sum = explain(tree, row).reduce((total, value) => total + value, expectedLeaf(tree));
        const columns = Array.from(row, (value) => Float64Array.of(value));
        expect(sum).toBeCloseTo(tree.value[leafOf(tree, columns, 0)], 9);
      }),
    );
  });

  it('gives a column that is never asked nothing', () => {
    fc.assert(
      fc.property(anyTree, anyRow, (tree, row) => {
        const values = explain(tree, row);
        for (let j = 0; j < COLUMNS; j++) if (!tree.feature.includes(j)) expect(values[j]).toBe(0);
      }),
    );
  });

  it('shares what two columns do only together', () => {
    // 30 where both columns are above .5, else 10; a quarter of the training rows in each corner.
    const tree: Tree = {
      feature: Int32Array.of(0, -1, 1, -1, -1),
      threshold: Float64Array.of(0.5, 0, 0.5, 0, 0),
      left: Int32Array.of(1, -1, 3, -1, -1),
      right: Int32Array.of(2, -1, 4, -1, -1),
      missingLeft: new Uint8Array(5),
      value: Float64Array.of(15, 10, 20, 10, 30),
      cover: Float64Array.of(4, 2, 2, 1, 1),
    };
    expect(expectedLeaf(tree)).toBe(15);
    expect(Array.from(explain(tree, Float64Array.of(1, 1, 0, 0)))).toEqual([7.5, 7.5, 0, 0]);
  });
});
