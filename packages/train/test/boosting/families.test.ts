import { predict, takeRows } from '@scorecast/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEstimator, estimators, keyedRandom, type EstimatorName } from '../../src/index.js';
import { examsLike, withLevels } from '../trees/tree-rows.js';

const numbers = examsLike(90, 3);
const levels = withLevels(90, 3);

const learningRate = fc.constantFrom(0.05, 0.3, 1);
const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });

/** The candidates that share a fit: all params but the number of trees agree. */
const members: readonly [EstimatorName, fc.Arbitrary<readonly object[]>][] = [
  [
    'gradient-boosting',
    fc
      .record({
        sizes,
        learningRate,
        loss: fc.constantFrom('squared_error', 'absolute_error', 'huber', 'quantile'),
        subsample: fc.constantFrom(0.5, 1),
        maxFeatures: fc.constantFrom(null, 0.5),
      })
      .map(({ sizes: counts, ...rest }) =>
        counts.map((nEstimators, i) => ({
          ...rest,
          nEstimators,
          criterion: i % 2 === 0 ? 'friedman_mse' : 'squared_error',
        })),
      ),
  ],
  [
    'adaboost',
    fc
      .record({ sizes, learningRate, loss: fc.constantFrom('linear', 'square', 'exponential') })
      .map(({ sizes: counts, ...rest }) => counts.map((nEstimators) => ({ ...rest, nEstimators }))),
  ],
  [
    'hist-gradient-boosting',
    fc
      .record({
        sizes,
        learningRate,
        loss: fc.constantFrom('squared_error', 'absolute_error', 'quantile'),
        maxLeafNodes: fc.constantFrom(3, 31),
        minSamplesLeaf: fc.constantFrom(1, 10),
      })
      .map(({ sizes: counts, ...rest }) => counts.map((maxIter) => ({ ...rest, maxIter }))),
  ],
];

describe.each(members)('the family of %s', (name, candidates) => {
  const family = estimators[name].family;
  const problems = createEstimator(name).takesNominal === true ? [numbers, levels] : [numbers];

  it('answers each candidate as if it were fitted alone, bit for bit', () => {
    fc.assert(
      fc.property(
        candidates,
        fc.constantFrom(...problems),
        fc.integer({ min: 0, max: 9 }),
        (params, { x, y }, seed) => {
          const run = { random: keyedRandom(seed) };
          const tables = [x, takeRows(x, [5, 0, 7])];
          const alone = params.map((one) => {
            const model = createEstimator(name, one).fit(x, y, run);
            return tables.map((source) => predict(model, source));
          });
          expect(family?.predictAll(params, x, y, run, tables)).toEqual(alone);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps apart what differs in more than the number of trees', () => {
    const keys = [{}, { learningRate: 0.2 }].map((params) => family?.key(params));
    expect(new Set(keys).size).toBe(2);
  });
});
