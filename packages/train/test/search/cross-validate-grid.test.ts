import { transformAll } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import {
  createEstimator,
  crossValidate,
  crossValidateGrid,
  fitPreprocessing,
  keyedRandom,
  kFold,
  type FoldScore,
} from '../../src/index.js';
import { sampleRows, sampleSchema } from './sample-rows.js';

const data = { schema: sampleSchema, ...sampleRows(60) };
const folds = kFold(60, { folds: 3, seed: 1 });
const grid = [
  { estimator: 'ridge', params: { alpha: [0.1, 100] } },
  { estimator: 'gradient-boosting', params: { nEstimators: [3, 20], subsample: 0.7 } },
];
const scoresOf = (entries: readonly FoldScore[]) => entries.map(({ train, test }) => ({ train, test }));

describe.each([1, 2])('crossValidateGrid with %i thread(s)', (workers) => {
  it('scores each candidate as crossValidate does, the best first', async () => {
    const { scored } = await crossValidateGrid({ ...data, grid, folds, workers });
    expect(scored).toHaveLength(4);
    for (const { estimator, params, folds: found } of scored) {
      const alone = crossValidate({ ...data, estimator: createEstimator(estimator, params), folds });
      expect(scoresOf(found)).toEqual(scoresOf(alone.folds));
    }
    const means = scored.map(({ mean }) => mean.r2);
    expect(means).toEqual(means.toSorted((a, b) => b - a));
  });

  it('fits the best candidate to all rows', async () => {
    const { scored, best } = await crossValidateGrid({ ...data, grid, folds, workers, seed: 5 });
    const transformers = fitPreprocessing(data.features, data.schema);
    const { estimator, params } = scored[0];
    const x = transformAll(transformers, data.features);
    expect(best.transformers).toEqual(transformers);
    expect(best.model).toEqual(createEstimator(estimator, params).fit(x, data.target, { random: keyedRandom(5) }));
  });
});

it('a grid of which nothing can be fitted is refused with the reasons', async () => {
  const impossible = [{ estimator: 'k-neighbors', params: { nNeighbors: 500 } }];
  await expect(crossValidateGrid({ ...data, grid: impossible, folds, workers: 1 })).rejects.toMatchObject({
    code: 'TRAIN_ALL_FAILED',
  });
});
