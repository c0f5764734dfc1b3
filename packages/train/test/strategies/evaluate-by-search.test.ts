import { describe, expect, it } from 'vitest';
import { crossValidate, createEstimator, expandGrid, repeatedKFold } from '../../src/index.js';
import { keptPredictions } from '../../src/search/kept-predictions.js';
import { evaluateBySearch } from '../../src/strategies/evaluate-by-search.js';
import { sampleRows, sampleSchema } from '../search/sample-rows.js';

const ROWS = 90;
const plan = {
  schema: sampleSchema,
  ...sampleRows(ROWS),
  folds: repeatedKFold(ROWS, { folds: 3, repeats: 5, seed: 4 }),
  repeats: 1,
  preprocessing: {},
  seed: 42,
};
const candidates = expandGrid([
  { estimator: 'ridge', params: { alpha: [0.1, 10] } },
  { estimator: 'k-neighbors', params: { nNeighbors: [3, 9] } },
  { estimator: 'random-forest', params: { nEstimators: 4 } },
]);
const alone = candidates.map(({ estimator, params }) => {
  return crossValidate({ ...plan, estimator: createEstimator(estimator, params) }).predictions;
});

describe.each([1, 2, 3])('evaluation on %i thread(s) of folds that test a row five times', (workers) => {
  it('predicts each row to the bit as each candidate alone', async () => {
    const { evaluate, predictionsOf } = evaluateBySearch(plan, { workers, now: () => 0 });
    const never = new AbortController().signal;
    await evaluate({ candidates, share: 1 }, { signal: never, onFinished: () => undefined });
    expect(candidates.map(predictionsOf)).toEqual(alone);
  });
});

it('predicts each row once per repeat where folds are repeated, also what has to be fitted again', async () => {
  const repeated = { ...plan, repeats: 5 };
  const { evaluate, predictionsOf } = evaluateBySearch(repeated, { workers: 1, now: () => 0 });
  const never = new AbortController().signal;
  await evaluate({ candidates: candidates.slice(1), share: 1 }, { signal: never, onFinished: () => undefined });
  for (const candidate of candidates) {
    const estimator = createEstimator(candidate.estimator, candidate.params);
    const byRepeat = [0, 1, 2, 3, 4].flatMap((repeat) => {
      const folds = plan.folds.slice(3 * repeat, 3 * repeat + 3);
      return Array.from(crossValidate({ ...plan, folds, estimator }).predictions);
    });
    expect(Array.from(predictionsOf(candidate))).toEqual(byRepeat);
  }
});

it('predictions of folds add up to the same bits in whichever order they come', () => {
  const values = plan.folds.map(({ test }, fold) => Float64Array.from(test, (row) => 0.1 * row + 0.3 ** fold));
  const inOrder = [...plan.folds.keys()];
  const sums = [inOrder, inOrder.toReversed(), inOrder.toSorted((a, b) => (a % 4) - (b % 4))].map((order) => {
    const kept = keptPredictions(plan);
    for (const fold of order) kept.keep(0, fold, values[fold], 0);
    return kept.of(0);
  });
  expect(sums[1]).toEqual(sums[0]);
  expect(sums[2]).toEqual(sums[0]);
});
