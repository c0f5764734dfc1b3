import { leafOf, numericColumns, takeRows } from '@scorecast/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionTree, keyedRandom } from '../../src/index.js';
import { leafFinder } from '../../src/trees/leaf-finder.js';
import { withGaps } from './tree-rows.js';

describe('a leaf finder', () => {
  it.each([1, 31, 32, 33, 90, 2500])('finds the leaves that rows reach one by one: %i rows', (rowCount) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.constantFrom(null, 1, 4), (seed, maxDepth) => {
        const { x, y } = withGaps(120, seed);
        const [tree] = decisionTree({ maxDepth }).fit(x, y, { random: keyedRandom(seed) }).trees;
        const source = takeRows(
          withGaps(rowCount, seed + 1).x,
          Int32Array.from({ length: rowCount }, (_, i) => i),
        );
        const leaves = new Int32Array(rowCount);
        const columns = numericColumns(source).map(({ values }) => values);
        // Twice, since masks are kept.
        for (let round = 0; round < 2; round++) {
          leafFinder([source])(tree, leaves.fill(-1));
          expect(leaves).toEqual(leaves.map((_, row) => leafOf(tree, columns, row)));
        }
      }),
      { numRuns: 10 },
    );
  });
});
