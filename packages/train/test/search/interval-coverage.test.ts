import { mean, predictPipeline } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { trainBundle } from '../../src/index.js';
import { quickTraining, sampleRows } from './sample-rows.js';

/** The share of 1000 fresh rows that the interval of one training holds. */
async function coverage(rowCount: number, seed: number, intervalLevel: number): Promise<number> {
  const rows = sampleRows(rowCount, { seed, noise: 10 });
  const grid = [{ estimator: 'least-squares' }];
  const { bundle } = await trainBundle(
    quickTraining(rowCount, { ...rows, intervalLevel, grid, folds: 4, floor: { metric: 'r2', limit: -Infinity } }),
  );
  const fresh = sampleRows(1000, { seed: seed + 1_000_000, noise: 10 });
  const predictions = predictPipeline(bundle.pipeline, fresh.features);
  const held = fresh.target.filter((value, row) => Math.abs(value - predictions[row]) <= bundle.interval.radius);
  return held.length / 1000;
}

describe.each([
  [25, 0.8],
  [60, 0.9],
  [120, 0.9],
])('intervals from out-of-fold residuals of %i rows', (rowCount, level) => {
  it(`hold ${level} of fresh rows on average`, async () => {
    const trainings = Array.from({ length: 100 }, (_, seed) => coverage(rowCount, seed + 1, level));
    const coverages = await Promise.all(trainings);
    const n = Math.floor(rowCount * 0.8);
    // The standard error of the mean of 100 coverages, each Beta-distributed, times 4. Above, folds' models learned from
    // a quarter fewer rows than the final one, which makes the interval a little too wide: that is the safe side.
    const noise = 4 * Math.sqrt((level * (1 - level)) / (100 * (n + 2)));
    expect(mean(coverages)).toBeGreaterThan(level - noise);
    expect(mean(coverages)).toBeLessThan(level + 1 / (n + 1) + noise + 0.03);
  });
});
