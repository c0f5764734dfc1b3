import { describe, expect, it } from 'vitest';
import { crossValidate, createEstimator, expandGrid, kFold, type SearchProgress } from '../../src/index.js';
import { keptPredictions } from '../../src/search/kept-predictions.js';
import { runSearch } from '../../src/search/run-search.js';
import { searchRecord } from '../../src/search/search-record.js';
import type { SearchPlan } from '../../src/search/search-plan.js';
import { borrowWorkers, returnWorkers } from '../../src/search/worker-pool.js';
import { sampleRows, sampleSchema } from './sample-rows.js';

const data = { schema: sampleSchema, ...sampleRows(60) };
const plan: SearchPlan = {
  ...data,
  folds: kFold(60, { folds: 3, seed: 1 }),
  repeats: 1,
  candidates: expandGrid([
    { estimator: 'random-forest', params: { nEstimators: 3, minSamplesLeaf: [1, 3] } },
    { estimator: 'least-squares' },
    { estimator: 'k-neighbors', params: { nNeighbors: [3, 5] } },
  ]),
  preprocessing: {},
  seed: 42,
};
const now = () => 0;

describe.each([1, 2])('a search with %i thread(s) that is ended early', (workers) => {
  it('keeps the candidates that are finished, the quick ones first, with the scores of a whole search', async () => {
    const whole = await runSearch(plan, { workers, now });
    const abort = new AbortController();
    let fits = 0;
    const onOutcomes = () => {
      if (++fits === 7) abort.abort();
    };
    const { scored, unfinished } = await runSearch(plan, {
      workers,
      now,
      signal: abort.signal,
      onAbort: 'keep',
      onOutcomes,
    });
    expect(scored.length + unfinished.length).toBe(plan.candidates.length);
    const finished = scored.map(({ candidate }) => candidate);
    // Of the quick ones a slow thread may still have one.
    expect(finished.some(({ estimator }) => estimator !== 'random-forest')).toBe(true);
    expect(unfinished.map(({ estimator }) => estimator)).toContain('random-forest');
    for (const { candidate, folds, predictions } of scored) {
      const [same] = whole.scored.filter((entry) => entry.candidate === candidate);
      expect(folds.map(({ test }) => test)).toEqual(same.folds.map(({ test }) => test));
      expect(predictions).toEqual(same.predictions);
    }
  });

  it('has nothing to keep when it was ended before', async () => {
    const outcome = await runSearch(plan, { workers, now, signal: AbortSignal.abort(), onAbort: 'keep' });
    expect(outcome).toMatchObject({ scored: [], failed: [], unfinished: plan.candidates });
  });
});

it('an empty plan is done at once', async () => {
  const outcome = await runSearch({ ...plan, candidates: [] }, { workers: 2, now });
  expect(outcome).toEqual({ scored: [], failed: [], unfinished: [] });
});

it('threads stay for the next search', async () => {
  const [worker] = borrowWorkers(1);
  returnWorkers([worker]);
  await runSearch(plan, { workers: 2, now });
  const again = borrowWorkers(2);
  returnWorkers(again);
  expect(again).toContain(worker);
});

it('progress names the best of those that have all folds behind them', async () => {
  const seen: SearchProgress[] = [];
  const never = new AbortController().signal;
  await runSearch(plan, { workers: 1, now, signal: never, onAbort: 'keep', onProgress: (state) => seen.push(state) });
  expect(seen.map(({ best }) => best?.folds)).toEqual([1, 2, ...Array.from({ length: 10 }, () => 3)]);
});

describe('predictions', () => {
  it('go where memory is short, lowest scores first, and do not come back', () => {
    const kept = keptPredictions(plan, 4 * 80);
    const ten = new Float64Array(10);
    [0.5, 0.1, 0.9, 0.7].forEach((r2, candidate) => kept.keep(candidate, 0, ten, r2));
    expect([0, 1, 2, 3].map((candidate) => kept.of(candidate) !== undefined)).toEqual([true, true, true, true]);
    kept.keep(4, 0, ten, 0.6);
    expect([0, 1, 2, 3, 4].map((candidate) => kept.of(candidate) !== undefined)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    kept.keep(1, 1, ten, 0.99);
    expect(kept.of(1)).toBeUndefined();
  });

  it('that had to go are made anew, bit for bit', async () => {
    const record = searchRecord(plan, 'r2', 0);
    await runSearch(plan, {
      workers: 1,
      now,
      onOutcomes: (outcomes) => outcomes.forEach((outcome) => record.add(outcome)),
    });
    for (const { candidate, predictions } of record.outcome().scored) {
      const estimator = createEstimator(candidate.estimator, candidate.params);
      expect(predictions).toEqual(crossValidate({ ...plan, estimator }).predictions);
    }
  });
});
