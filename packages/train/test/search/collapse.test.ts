import { predictPipeline, takeRows } from '@scorecast/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createEstimator,
  crossValidate,
  estimators,
  expandGrid,
  kFold,
  type Candidate,
  type ParamTable,
  type PreprocessingOptions,
} from '../../src/index.js';
import { fitCandidate } from '../../src/search/fit-candidate.js';
import { runSearch } from '../../src/search/run-search.js';
import type { FoldOutcome, SearchPlan } from '../../src/search/search-plan.js';
import { sampleRows, sampleSchema } from './sample-rows.js';

const ROWS = 36;
const data = { schema: sampleSchema, ...sampleRows(ROWS) };
const everyRow = Int32Array.from({ length: ROWS }, (_, row) => row);
// In the last fold a candidate learns from all rows, as it does when it is fitted as the winner.
const folds = [...kFold(ROWS, { folds: 3, seed: 5 }), { train: everyRow, test: everyRow.slice(0, 9) }];

/** Few and small values, so that the best of many fits is soon found out. */
const VALUES: readonly unknown[] = [null, true, false, 0, 0.02, 0.3, 0.5, 0.8, 1, 2, 3, 5, 8, 13];

/** What may be chosen for each param: all of the values that it accepts, and the words that it names. */
function alternatives(params: ParamTable): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    Object.entries(params).map(([name, { expected, accepts, default: standard }]) => {
      const words = [...expected.matchAll(/"([\w-]+)"/g)].map(([, word]) => word);
      const accepted = [...VALUES, ...words].filter((value) => accepts(value));
      return [name, accepted.length === 0 ? [standard] : accepted];
    }),
  );
}

/** Candidates that agree in all params but two. */
function similarCandidates(estimator: string, params: ParamTable): fc.Arbitrary<readonly Candidate[]> {
  const choices = alternatives(params);
  const anyParams = fc.record(
    Object.fromEntries(Object.entries(choices).map(([name, values]) => [name, fc.constantFrom(...values)])),
  );
  const names = fc.uniqueArray(fc.constantFrom(...Object.keys(choices)), { minLength: 1, maxLength: 2 });
  return fc
    .tuple(anyParams, names, fc.array(anyParams, { minLength: 2, maxLength: 5 }))
    .map(([shared, varied, others]) =>
      others.map((own) => ({
        estimator,
        params: { ...shared, ...Object.fromEntries(varied.map((name) => [name, own[name]])) },
        preprocessing: {},
      })),
    );
}

/** Every outcome of a search on one thread. */
async function search(plan: SearchPlan) {
  const outcomes: FoldOutcome[] = [];
  const { scored, failed } = await runSearch(plan, {
    workers: 1,
    now: () => 0,
    onOutcomes: (some) => outcomes.push(...some),
  });
  return { outcomes, scored, failed };
}

function alone({ estimator, params }: Candidate, preprocessing: PreprocessingOptions = {}) {
  try {
    return crossValidate({
      ...data,
      folds,
      preprocessing,
      estimator: createEstimator(estimator, params),
      now: () => 0,
    });
  } catch {
    return undefined;
  }
}

const families = Object.entries(estimators).filter(([, { family }]) => family !== undefined);

describe.each(families)('a search over %s', (name, { params }) => {
  it('gives every candidate the scores, the predictions and the model that it has alone', async () => {
    let shared = 0;
    await fc.assert(
      fc.asyncProperty(similarCandidates(name, params), async (candidates) => {
        const plan: SearchPlan = { ...data, folds, repeats: 1, candidates, preprocessing: {}, seed: 42 };
        const { outcomes, scored } = await search(plan);
        for (const { candidate, folds: scores, predictions } of scored) {
          const expected = alone(candidate);
          expect(scores.map(({ train, test }) => ({ train, test }))).toEqual(
            expected?.folds.map(({ train, test }) => ({ train, test })),
          );
          expect(predictions).toEqual(expected?.predictions);
        }
        for (const outcome of outcomes) {
          if (outcome.kind === 'failed') continue;
          shared = Math.max(shared, outcome.score.sharedBy ?? 1);
          const fold = folds[outcome.fold];
          if (fold.train !== everyRow) continue;
          const winner = fitCandidate(plan, candidates[outcome.candidate]);
          expect(outcome.predictions).toEqual(predictPipeline(winner, takeRows(data.features, fold.test)));
        }
      }),
      { numRuns: 15 },
    );
    expect(shared).toBeGreaterThan(1);
  });
});

it.each(['decision-tree', 'extra-trees', 'gradient-boosting', 'adaboost'])(
  'a search over %s with whole nominal features gives every candidate the model that it has alone',
  async (estimator) => {
    const grid = estimator === 'decision-tree' ? { maxDepth: [1, 3] } : { nEstimators: [2, 5] };
    const candidates = expandGrid([{ estimator, params: grid }]);
    const preprocessing = { nominal: 'native' } as const;
    const plan: SearchPlan = { ...data, folds, repeats: 1, candidates, preprocessing, seed: 42 };
    const { scored } = await search(plan);
    expect(scored.map(({ folds: [first] }) => first.sharedBy)).toEqual([2, 2]);
    for (const { candidate, predictions } of scored) {
      expect(predictions).toEqual(alone(candidate, preprocessing)?.predictions);
      const { transformers } = fitCandidate(plan, candidate);
      expect(transformers.map(({ kind }) => kind)).toContain('level-codes');
    }
  },
);

it('a shared fit that fails fails nobody but those who cannot be fitted', async () => {
  const candidate = (nNeighbors: number): Candidate => ({
    estimator: 'k-neighbors',
    params: { nNeighbors },
    preprocessing: {},
  });
  const plan = { ...data, folds, repeats: 1, candidates: [3, 30, 5].map(candidate), preprocessing: {}, seed: 42 };
  const { scored, failed } = await search(plan);
  expect(failed.map(({ params }) => params['nNeighbors'])).toEqual([30]);
  expect(scored.map(({ predictions }) => predictions)).toEqual([3, 5].map((k) => alone(candidate(k))?.predictions));
  expect(scored[0].folds.map(({ sharedBy }) => sharedBy)).toEqual([undefined, undefined, undefined, 3]);
});

it('candidates whose preprocessing differs do not share a fit', async () => {
  const candidates = (['standard', 'min-max'] as const).map((scaling) => ({
    estimator: 'ridge',
    params: { alpha: 1 },
    preprocessing: { scaling },
  }));
  const { scored } = await search({ ...data, folds, repeats: 1, candidates, preprocessing: {}, seed: 42 });
  for (const { candidate, predictions } of scored) {
    const { preprocessing } = candidate;
    const estimator = createEstimator('ridge', { alpha: 1 });
    expect(predictions).toEqual(crossValidate({ ...data, folds, preprocessing, estimator }).predictions);
  }
  expect(scored[0].predictions).not.toEqual(scored[1].predictions);
});

it('tells the train score of a family from its predictions for the training rows', async () => {
  const candidates = [1, 9].map((k) => ({ estimator: 'k-neighbors', params: { nNeighbors: k }, preprocessing: {} }));
  const { scored } = await search({ ...data, folds, repeats: 1, candidates, preprocessing: {}, seed: 42 });
  expect(scored[0].folds[0].train.mae).toBe(0);
  expect(scored[1].folds[0].train.mae).toBeGreaterThan(0);
});
