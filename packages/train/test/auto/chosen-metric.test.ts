import { loadBundle, encodeBundle, mersenneTwister, metrics, type MetricName } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { isOverfit, trainAutomatically, type AutomaticOptions, type AutomaticProgress } from '../../src/index.js';
import { oriented } from '../../src/search/scoring.js';
import { sampleRows, sampleSchema } from '../search/sample-rows.js';

const named: readonly MetricName[] = [
  'r2',
  'mae',
  'rmse',
  'medianAbsoluteError',
  'maxError',
  'explainedVariance',
  'meanAbsolutePercentageError',
];

/** Rows of which one in ten is far too low: what is best by the median error is not what is best by the largest. */
function rowsWithOutliers(): Pick<AutomaticOptions, 'features' | 'target'> {
  const random = mersenneTwister(3);
  const { features, target } = sampleRows(150);
  return { features, target: target.map((value) => (random.double() < 0.1 ? value - 60 : value)) };
}

const options: AutomaticOptions = {
  schema: { ...sampleSchema, target: { ...sampleSchema.target, min: -100 } },
  ...rowsWithOutliers(),
  dataSha256: 'ab'.repeat(32),
  dataRows: 150,
  workers: 1,
  repeats: 1,
  floor: { metric: 'r2', limit: -Infinity },
  grid: [
    { estimator: 'least-squares' },
    { estimator: 'k-neighbors', params: { nNeighbors: [3, 15] } },
    { estimator: 'gradient-boosting', params: { nEstimators: 20, loss: ['squared_error', 'absolute_error'] } },
  ],
};

describe.each(named)('a training by %s', async (metric) => {
  const seen: AutomaticProgress[] = [];
  const result = await trainAutomatically({ ...options, metric, onProgress: (progress) => seen.push(progress) });
  const { leaderboard, selection, bundle } = result;
  const bestFirst = (scores: readonly number[]) =>
    scores.map((score) => oriented(metric, score)).toSorted((a, b) => b - a);

  it('ranks by it, in its direction', () => {
    const scores = leaderboard.scored.map(({ mean }) => oriented(metric, mean[metric]));
    expect(scores).toEqual(bestFirst(leaderboard.scored.map(({ mean }) => mean[metric])));
    expect(leaderboard.metrics).toEqual([metric]);
    expect(seen.at(-1)?.best).toMatchObject({ metric });
  });

  it('compares the finalists by it, and expects it of new data', () => {
    const scores = selection.finalists.map(({ fresh }) => oriented(metric, fresh[metric].mean));
    expect(scores).toEqual(bestFirst(selection.finalists.map(({ fresh }) => fresh[metric].mean)));
    for (const { fresh, behind } of selection.finalists) {
      const [best] = selection.finalists;
      const gap = oriented(metric, best.fresh[metric].mean) - oriented(metric, fresh[metric].mean);
      expect(behind.mean).toBeCloseTo(gap, 8);
      expect(fresh[metric].lower).toBeLessThanOrEqual(fresh[metric].mean);
    }
    expect(selection.reason).toContain(metric === 'r2' ? 'it scores' : `it scores ${metrics[metric].label} `);
  });

  it('keeps it in the bundle', async () => {
    const { metrics: kept, provenance } = await loadBundle(await encodeBundle(bundle));
    expect(kept.cv[metric]).toBe(selection.winner.mean[metric]);
    expect(kept.test[metric]).toEqual(expect.any(Number));
    expect(provenance.search).toMatchObject({
      metrics: [metric],
      expected: { [metric]: selection.expected.fresh[metric] },
    });
  });
});

describe('the metric', () => {
  it('decides what is best', async () => {
    const best = async (metric: MetricName) => (await trainAutomatically({ ...options, metric })).leaderboard.scored[0];
    const byMedian = await best('medianAbsoluteError');
    const byVariance = await best('r2');
    expect(byMedian.params).not.toEqual(byVariance.params);
    expect(byMedian.mean.medianAbsoluteError).toBeLessThan(byVariance.mean.medianAbsoluteError);
    expect(byMedian.mean.r2).toBeLessThan(byVariance.mean.r2);
  });

  it('comes first of several, which are all in the bundle', async () => {
    const { bundle, leaderboard } = await trainAutomatically({
      ...options,
      metric: ['maxError', 'medianAbsoluteError'],
    });
    expect(leaderboard.metrics).toEqual(['maxError', 'medianAbsoluteError']);
    expect(Object.keys(bundle.metrics.test)).toEqual(['r2', 'mae', 'rmse', 'maxError', 'medianAbsoluteError']);
    expect(bundle.provenance.search).toHaveProperty('expected.medianAbsoluteError.lower');
  });

  it('is what a blend is made for', async () => {
    const { grid: _grid, ...automatic } = options;
    const estimators = ['ridge', 'k-neighbors', 'decision-tree'];
    const blendBy = async (metric: MetricName) => {
      const { leaderboard } = await trainAutomatically({ ...automatic, metric, estimators });
      return leaderboard.scored.find(({ estimator }) => estimator === 'blend')?.members;
    };
    expect(await blendBy('medianAbsoluteError')).not.toEqual(await blendBy('r2'));
  });

  it('gives way to others where it says nothing', async () => {
    const target = options.target.map((value, row) => (row % 3 === 0 ? 0 : value));
    const { warnings } = await trainAutomatically({ ...options, target, metric: 'meanAbsolutePercentageError' });
    expect(warnings).toContainEqual(
      expect.stringMatching(/^MAPE is an error divided by the target, which is 0 in \d+/),
    );
    const rare = options.target.map((_, row) => (row % 40 === 0 ? 60 : 0));
    const { warnings: ofShares } = await trainAutomatically({ ...options, target: rare });
    expect(ofShares).toContainEqual(expect.stringMatching(/^in \d of 5 folds the target has one value only, where R2/));
    const { warnings: ofErrors } = await trainAutomatically({ ...options, target: rare, metric: 'mae' });
    expect(ofErrors).not.toContainEqual(expect.stringContaining('one value only'));
  });
});

describe('learning by heart', () => {
  it('is a share of the variance or a multiple of the error', () => {
    expect(named.map((metric) => isOverfit(metric, 0.5, 0.5))).toEqual(named.map(() => false));
    expect(isOverfit('explainedVariance', 0.9, 0.7)).toBe(true);
    expect(isOverfit('explainedVariance', 0.7, 0.9)).toBe(false);
    expect(isOverfit('maxError', 2, 3.1)).toBe(true);
    expect(isOverfit('maxError', 3.1, 2)).toBe(false);
  });

  it('is said of the winner in the metric that chose it', async () => {
    const grid = [{ estimator: 'decision-tree' }];
    const { warnings } = await trainAutomatically({ ...options, grid, metric: 'mae' });
    expect(warnings).toContainEqual(
      expect.stringMatching(/^the model fits its training rows better than others \(MAE 0\.0000 against \d/),
    );
  });
});
