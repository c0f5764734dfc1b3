import { mersenneTwister, predict, takeRows, takeValues } from '@scorecast/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histGradientBoosting, keyedRandom, type HistGradientBoostingParams } from '../../src/index.js';
import { columns, examsLike } from '../trees/tree-rows.js';

const run = { random: keyedRandom(1) };
const fit = (params: Partial<HistGradientBoostingParams>, rows: number, seed: number) => {
  const { x, y } = examsLike(rows, seed);
  return histGradientBoosting({ maxIter: 5, ...params }).fit(x, y, run);
};

const limits = fc.record({
  maxLeafNodes: fc.integer({ min: 2, max: 12 }),
  minSamplesLeaf: fc.integer({ min: 1, max: 30 }),
  maxDepth: fc.constantFrom(null, 2, 4),
  loss: fc.constantFrom('squared_error', 'absolute_error'),
});

describe('histogram boosting', () => {
  it('keeps to its limits of leaves and of rows in a leaf', () => {
    fc.assert(
      fc.property(limits, fc.integer({ min: 1, max: 120 }), (params, rows) => {
        for (const tree of fit(params, rows, 1).trees) {
          const leaves = Array.from(tree.cover.filter((_, node) => tree.feature[node] === -1));
          expect(leaves.length).toBeLessThanOrEqual(params.maxLeafNodes);
          expect(leaves.reduce((sum, cover) => sum + cover)).toBe(rows);
          if (leaves.length > 1) expect(Math.min(...leaves)).toBeGreaterThanOrEqual(params.minSamplesLeaf);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('grows the same trees whatever the order of the rows', () => {
    fc.assert(
      fc.property(limits, fc.integer({ min: 0, max: 99 }), (params, seed) => {
        // Sums of whole numbers are exact: the base is the same in any order.
        const { x, y } = examsLike(64, seed);
        const order = mersenneTwister(seed).permutation(64);
        const learn = histGradientBoosting({ maxIter: 5, ...params });
        expect(learn.fit(takeRows(x, order), takeValues(y, order), run)).toEqual(learn.fit(x, y, run));
      }),
      { numRuns: 40 },
    );
  });

  it('grows the same ensemble from more bins than there are values', () => {
    const { x, y } = examsLike(100, 2);
    const [all, enough] = [255, 30].map((maxBins) => histGradientBoosting({ maxBins }).fit(x, y, run));
    expect(enough).toEqual(all);
  });

  it('parts values from no value where that says most', () => {
    const value = Float64Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? Number.NaN : i));
    const y = value.map((v) => (Number.isNaN(v) ? 10 : 50));
    const model = histGradientBoosting({ maxIter: 1, learningRate: 1, maxLeafNodes: 2 }).fit(columns(value), y, run);
    expect(Array.from(predict(model, columns([Number.NaN, -1e9, 1e9])))).toEqual([10, 50, 50]);
  });

  it('predicts quantiles', () => {
    const { x, y } = examsLike(400, 4);
    const shares = [0.1, 0.5, 0.9].map((quantile) => {
      const predictions = predict(histGradientBoosting({ loss: 'quantile', quantile }).fit(x, y, run), x);
      return y.filter((target, row) => target <= predictions[row]).length / y.length;
    });
    expect(shares[0]).toBeLessThan(0.25);
    expect(Math.abs(shares[1] - 0.5)).toBeLessThan(0.1);
    expect(shares[2]).toBeGreaterThan(0.75);
  });

  it('takes more rows than are drawn to choose bins from', () => {
    const random = mersenneTwister(3);
    const x = Float64Array.from({ length: 200_100 }, () => random.double());
    const model = histGradientBoosting({ maxIter: 20, learningRate: 0.5 }).fit(columns(x), x, run);
    const found = predict(model, columns([0.1, 0.5, 0.9]));
    [0.1, 0.5, 0.9].forEach((value, i) => expect(Math.abs(found[i] - value)).toBeLessThan(0.05));
  });
});
