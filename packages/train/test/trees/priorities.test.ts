import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extraTrees, keyedRandom, randomForest } from '../../src/index.js';
import { drawPriorities } from '../../src/trees/draw-priorities.js';
import { plainGrower } from '../../src/trees/plain-grower.js';
import { prepareTreeData } from '../../src/trees/tree-data.js';
import { columns } from './tree-rows.js';

const ROWS = 24;
const limits = { maxDepth: Infinity, minSamplesSplit: 2, minSamplesLeaf: 1, maxFeatures: 6 };

const anyColumn = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 1 }), { minLength: ROWS, maxLength: ROWS }),
  fc.array(fc.constantFrom(1, 2, 4, 8, Number.NaN), { minLength: ROWS, maxLength: ROWS }),
  fc.array(fc.integer({ min: 0, max: 99 }), { minLength: ROWS, maxLength: ROWS }),
);
const anyTargets = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: ROWS, maxLength: ROWS });
const anyOrder = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });

describe('the order of equally good features', () => {
  it('is that in which the columns would stand', () => {
    fc.assert(
      fc.property(
        fc.array(anyColumn, { minLength: 6, maxLength: 6 }),
        anyTargets,
        anyOrder,
        fc.constantFrom('squared_error', 'absolute_error', 'poisson'),
        (values, targets, order, criterion) => {
          const grow = (features: readonly number[], priorities?: Int32Array) => {
            const data = prepareTreeData(
              features.map((feature) => Float64Array.from(values[feature])),
              Float64Array.from(targets),
              { criterion },
            );
            const grown = plainGrower(data, limits)(new Float64Array(ROWS).fill(1), keyedRandom(1), priorities);
            return structuredClone(grown.tree);
          };
          const places = Int32Array.from(order, (_, feature) => order.indexOf(feature));
          const { feature, ...rest } = grow(order);
          expect(grow([0, 1, 2, 3, 4, 5], places)).toEqual({
            ...rest,
            feature: feature.map((place) => (place < 0 ? place : order[place])),
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('has each feature once', () => {
    const sorted = [0, 1, 2].map((seed) => drawPriorities(9, keyedRandom(seed)).sort());
    for (const priorities of sorted) expect(Array.from(priorities)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('has each feature first as often as any other', () => {
    const first = [0, 0, 0, 0];
    for (let tree = 0; tree < 4000; tree++) first[drawPriorities(4, keyedRandom(7).at(tree)).indexOf(0)]++;
    for (const count of first) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  it.each([
    ['random forest', randomForest],
    ['extra trees', extraTrees],
  ])('is drawn anew for each tree of a %s', (_, forest) => {
    const two = [0, 0, 0, 1, 1, 1];
    const { trees } = forest({ nEstimators: 40, bootstrap: false }).fit(
      columns(two, two, two),
      Float64Array.of(5, 5, 5, 7, 7, 7),
      { random: keyedRandom(42) },
    );
    expect(new Set(trees.map((tree) => tree.feature[0]))).toEqual(new Set([0, 1, 2]));
  });

  it('leaves equally good thresholds of one feature to the lowest', () => {
    const { trees } = randomForest({ nEstimators: 20, bootstrap: false, maxDepth: 1 }).fit(
      columns([1, 2, 3], [10, 20, 30]),
      Float64Array.of(1, 0, 1),
      { random: keyedRandom(42) },
    );
    for (const tree of trees) expect([1.5, 15]).toContain(tree.threshold[0]);
  });
});
