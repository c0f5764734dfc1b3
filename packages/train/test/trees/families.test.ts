import { predict, takeRows, type Table } from '@scorecast/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEstimator, estimators, keyedRandom, type EstimatorName } from '../../src/index.js';
import { withGaps, withLevels } from './tree-rows.js';

const numbers = withGaps(90, 3);
const levels = withLevels(90, 3);

/** Params that one growth can vary. */
const pruning = fc.record({
  maxDepth: fc.constantFrom(null, 1, 3, 5),
  minSamplesSplit: fc.constantFrom(2, 7, 30, 91),
  maxLeafNodes: fc.constantFrom(null, null, 2, 5, 12),
  minImpurityDecrease: fc.constantFrom(0, 0, 0.5),
  ccpAlpha: fc.constantFrom(0, 0, 0.02, 1),
});

const criterion = fc.constantFrom('squared_error', 'absolute_error', 'poisson');
const minSamplesLeaf = fc.constantFrom(1, 4);
const maxFeatures = fc.constantFrom(null, 'sqrt', 0.5);

function members(one: fc.Arbitrary<object>, all: fc.Arbitrary<object>): fc.Arbitrary<readonly object[]> {
  return fc
    .record({ ones: fc.array(one, { minLength: 1, maxLength: 5 }), all })
    .map(({ ones, all: shared }) => ones.map((varied) => ({ ...shared, ...varied })));
}

const sized = fc
  .record({ nEstimators: fc.integer({ min: 1, max: 7 }), pruning })
  .map(({ nEstimators, pruning: rest }) => ({
    nEstimators,
    ...rest,
  }));
const forest = fc.record({ criterion, minSamplesLeaf, maxFeatures, bootstrap: fc.boolean() });

const families: readonly [EstimatorName, fc.Arbitrary<readonly object[]>][] = [
  ['decision-tree', members(pruning, fc.record({ criterion, minSamplesLeaf, maxFeatures }))],
  ['random-forest', members(sized, forest)],
  ['extra-trees', members(sized, forest)],
];

/** Whether one fit answers each of the candidates as if it were fitted alone. */
function expectSame(
  name: EstimatorName,
  params: readonly object[],
  { x, y }: { readonly x: Table; readonly y: Float64Array },
  seed: number,
): void {
  const run = { random: keyedRandom(seed) };
  const tables = [x, takeRows(x, [5, 0, 7])];
  const alone = params.map((one) => {
    const model = createEstimator(name, one).fit(x, y, run);
    return tables.map((source) => predict(model, source));
  });
  expect(estimators[name].family?.predictAll(params, x, y, run, tables)).toEqual(alone);
}

const anySeed = fc.integer({ min: 0, max: 9 });

describe.each(families)('the family of %s', (name, candidates) => {
  const family = estimators[name].family;

  it('answers each candidate as if it were fitted alone, bit for bit', () => {
    fc.assert(
      fc.property(candidates, anySeed, (params, seed) => expectSame(name, params, numbers, seed)),
      { numRuns: 60 },
    );
  });

  it('does so where levels are parted by sets', () => {
    const byMeans = candidates.filter(([one]) => !('criterion' in one && one.criterion === 'absolute_error'));
    fc.assert(
      fc.property(byMeans, anySeed, (params, seed) => expectSame(name, params, levels, seed)),
      { numRuns: 40 },
    );
  });

  it('joins what prunings tell apart, and the two names of one criterion', () => {
    const same = [
      {},
      { maxDepth: 3 },
      { minSamplesSplit: 9 },
      { maxLeafNodes: 4 },
      { ccpAlpha: 0.1 },
      { minImpurityDecrease: 0.1 },
      { criterion: 'friedman_mse' },
    ];
    expect(new Set(same.map((params) => family?.key(params))).size).toBe(1);
  });

  it('keeps apart what grows differently', () => {
    const different = [{}, { minSamplesLeaf: 2 }, { maxFeatures: 0.5 }, { criterion: 'poisson' }];
    expect(new Set(different.map((params) => family?.key(params))).size).toBe(different.length);
  });
});
