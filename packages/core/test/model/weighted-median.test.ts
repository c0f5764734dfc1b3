import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weightedMedians } from '../../src/index.js';

/** A stump whose two leaves, the nodes 1 and 2, have these values. */
function stump(left: number, right: number) {
  return { feature: Int32Array.of(0, -1, -1), value: Float64Array.of(0, left, right) };
}

/** By sorting the answers of one row. */
function sortedMedian(answers: readonly number[], weights: readonly number[]): number | undefined {
  const order = answers.map((_, tree) => tree).sort((a, b) => answers[a] - answers[b] || a - b);
  const total = order.reduce((sum, tree) => sum + weights[tree], 0);
  let reached = 0;
  return answers[order.find((tree) => (reached += weights[tree]) >= total / 2) ?? 0];
}

describe('weighted medians', () => {
  it('are the first answers at which half of the weight is reached', () => {
    const [median] = [new Float64Array(1)];
    const leaves = [1, 1, 1].map((leaf) => Int32Array.of(leaf));
    const trees = [stump(30, 0), stump(10, 0), stump(20, 0)];
    weightedMedians(trees, Float64Array.of(1, 1, 1), leaves, [3], [median]);
    expect(median).toEqual(Float64Array.of(20));
    weightedMedians(trees, Float64Array.of(3, 1, 1), leaves, [3], [median]);
    expect(median).toEqual(Float64Array.of(30));
  });

  it('are those of sorted answers, for every beginning of the trees and whatever the number of leaves', () => {
    const value = fc.oneof(fc.constantFrom(-1, 0, 2, 2.5), fc.double({ min: -9, max: 9, noNaN: true }));
    const weight = fc.oneof(fc.constantFrom(0, 0.1, 0.2, 0.3), fc.double({ min: 0, max: 9, noNaN: true }));
    const tree = fc.record({ left: value, right: value, weight, leaf: fc.constantFrom(1, 2) });
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 600 }), (drawn) => {
        const trees = drawn.map(({ left, right }) => stump(left + 0, right + 0));
        const weights = drawn.map((one) => one.weight);
        const answers = drawn.map(({ left, right, leaf }) => (leaf === 1 ? left : right) + 0);
        const counts = [drawn.length, 1, Math.ceil(drawn.length / 2)];
        const medians = counts.map(() => new Float64Array(1));
        weightedMedians(
          trees,
          Float64Array.from(weights),
          drawn.map(({ leaf }) => Int32Array.of(leaf)),
          counts,
          medians,
        );
        expect(medians.map(([median]) => median)).toEqual(
          counts.map((count) => sortedMedian(answers.slice(0, count), weights)),
        );
      }),
    );
  });
});
