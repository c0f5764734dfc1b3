import { encodeBundle, takeRows, takeValues } from '@scorecast/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createEstimator,
  crossValidate,
  integer,
  logUniform,
  repeatedKFold,
  trainAutomatically,
  trainBundle,
  type StrategyOptions,
  type TrainingOptions,
  type TrialRecord,
} from '../../src/index.js';
import { bagCandidate, bagFolds, scoreBag } from '../../src/auto/bag.js';
import { joinCandidates } from '../../src/auto/ensemble.js';
import { fitChosen } from '../../src/auto/fit-chosen.js';
import { partitionRows } from '../../src/auto/partition-rows.js';
import { runSearch } from '../../src/search/run-search.js';
import { trainingSettings } from '../../src/search/training-settings.js';
import type { SearchPlan } from '../../src/search/search-plan.js';
import { kFold } from '../../src/splits/k-fold.js';
import { foldTrainingPart } from '../../src/splits/split-and-fold.js';
import { thinFolds } from '../../src/strategies/thin-folds.js';
import { expectFolds, goldenText, type GoldenFold } from '../splits/golden-rows.js';
import { quickTraining, sampleRows, sampleSchema } from './sample-rows.js';

const golden: {
  repeatedKFold: { n: number; folds: number; repeats: number; seed: number; parts: GoldenFold[] }[];
} = JSON.parse(goldenText('folds'));

const encoded = async (options: TrainingOptions) => encodeBundle((await trainBundle(options)).bundle);
const every = (rows: number) => ({ train: Int32Array.from({ length: rows }, (_, row) => row), test: new Int32Array() });
const tests = (folds: readonly { readonly test: Int32Array }[]) => folds.map(({ test }) => test.join());

describe('the folds of a search with repeats', () => {
  it.each(golden.repeatedKFold)(
    "are scikit-learn's: $n rows, $folds folds, $repeats repeats, seed $seed",
    ({ n, parts, ...settings }) => {
      expectFolds(foldTrainingPart(new Float64Array(n), {}, every(n), settings), parts);
    },
  );

  it('test every row once per repeat, by groups and strata too', () => {
    const { target } = sampleRows(60);
    const groups = Array.from(target, (_, row) => `pupil ${row % 12}`);
    for (const split of [{}, { stratify: true }, { groups }]) {
      const cut = foldTrainingPart(target, split, every(60), { folds: 4, repeats: 3, seed: 7 });
      expect(cut).toHaveLength(12);
      expect(new Set(tests(cut)).size).toBe(12);
      for (const repeat of [0, 1, 2]) {
        const rows = cut.slice(4 * repeat, 4 * repeat + 4).flatMap(({ test }) => [...test]);
        expect(rows.sort((a, b) => a - b)).toEqual([...target.keys()]);
      }
    }
  });

  it('are none that the finalists meet in', () => {
    const { target } = sampleRows(100);
    const groups = Array.from(target, (_, row) => `pupil ${row % 30}`);
    for (const split of [{}, { stratify: true }, { groups }]) {
      const options = quickTraining(100, { ...split, foldRepeats: 4 });
      const { folds, cut, split: parts } = partitionRows(options, trainingSettings(options), 3);
      const fresh = [1, 2, 3].flatMap((repeat) => cut(Int32Array.from(parts.train.keys()), repeat));
      expect(folds).toHaveLength(20);
      expect(new Set(tests([...folds, ...fresh])).size).toBe(35);
    }
  });

  it('learn from other rows in each repeat, where they learn from few', () => {
    const folds = [...kFold(90, { folds: 3 }), ...kFold(90, { folds: 3 })];
    const [first, , , again] = thinFolds({ folds, repeats: 2, seed: 1 }, 1 / 3);
    expect(first.train).toHaveLength(20);
    expect(again.train).toHaveLength(20);
    expect(again.train).not.toEqual(first.train);
    const [single] = thinFolds({ folds: folds.slice(0, 3), repeats: 1, seed: 1 }, 1 / 3);
    expect(single).toEqual(first);
  });
});

describe('a training', () => {
  it('with one repeat is the training without the option, to the last byte', async () => {
    const groups = Array.from({ length: 60 }, (_, row) => `pupil ${row % 20}`);
    const splits = fc.constantFrom({}, { stratify: true }, { groups });
    const grid = [{ estimator: 'ridge' }, { estimator: 'decision-tree', params: { maxDepth: 2 } }];
    await fc.assert(
      fc.asyncProperty(splits, fc.integer({ min: 2, max: 5 }), fc.nat(), async (split, folds, seed) => {
        const options = quickTraining(60, { ...split, folds, seed, grid, floor: { metric: 'r2', limit: -Infinity } });
        expect(await encoded({ ...options, foldRepeats: 1 })).toBe(await encoded(options));
      }),
      { numRuns: 12 },
    );
  });

  it('scores each candidate in every fold of every repeat, and says so', async () => {
    const options = quickTraining(100, { foldRepeats: 3 });
    const { leaderboard, bundle, split } = await trainBundle(options);
    const [winner] = leaderboard.scored;
    const validated = crossValidate({
      schema: sampleSchema,
      features: takeRows(options.features, split.train),
      target: takeValues(options.target, split.train),
      estimator: createEstimator(winner.estimator, winner.params),
      folds: repeatedKFold(80, { repeats: 3 }),
    });
    expect(winner.folds.map(({ test }) => test)).toEqual(validated.folds.map(({ test }) => test));
    expect(bundle.provenance).toMatchObject({ folds: 5, search: { foldRepeats: 3 } });
    expect(bundle.interval.residualCount).toBe(240);
  });

  it('gives the same bytes on any number of threads', async () => {
    const texts = await Promise.all(
      [1, 2, 3].map((workers) => encoded(quickTraining(100, { foldRepeats: 2, workers }))),
    );
    expect(new Set(texts).size).toBe(1);
  });

  it.each([0, 1.5])('with %d repeats is refused', async (foldRepeats) => {
    await expect(trainBundle(quickTraining(100, { foldRepeats }))).rejects.toMatchObject({ code: 'TRAIN_REPEATS' });
  });

  it('of as many groups as folds scores once, and says why', async () => {
    const groups = Array.from({ length: 100 }, (_, row) => `school ${row % 6}`);
    const options = quickTraining(100, { groups, folds: 4, foldRepeats: 3 });
    const { leaderboard, warnings, bundle } = await trainBundle(options);
    expect(leaderboard.scored[0].folds).toHaveLength(4);
    expect(warnings).toContainEqual(expect.stringMatching(/cut in one way only: every candidate was scored .* once$/));
    expect(bundle.provenance.search).not.toHaveProperty('foldRepeats');
    const automatic = await trainAutomatically({ ...options, repeats: 2 });
    expect(automatic.warnings).toContainEqual(expect.stringMatching(/once more, and the search scored in these once$/));
  });
});

const strategies: readonly StrategyOptions[] = [
  { strategy: 'random', candidates: 6 },
  { strategy: 'halving', candidates: 9 },
  { strategy: 'hyperband', candidates: 9 },
  { strategy: 'tpe', candidates: 14 },
];
const space = [
  { estimator: 'ridge', params: { alpha: logUniform(0.01, 100) } },
  { estimator: 'k-neighbors', params: { nNeighbors: integer(2, 5) } },
];

/** Keeps records by fingerprint; the first `lasts` of them, and then it fails. */
function fragileJournal() {
  const records = new Map<string, TrialRecord[]>();
  let mine: TrialRecord[] = [];
  return {
    records,
    lasts: Infinity,
    read(fingerprint: string) {
      mine = records.get(fingerprint) ?? [];
      records.set(fingerprint, mine);
      return Promise.resolve([...mine]);
    },
    append(record: TrialRecord) {
      if (mine.length >= this.lasts) return Promise.reject(new Error('the power failed'));
      mine.push(record);
      return Promise.resolve();
    },
  };
}

describe.each([{}, ...strategies])('a search by $strategy with repeats', (search) => {
  const by = 'strategy' in search ? { search, space } : {};
  const options = quickTraining(100, { ...by, foldRepeats: 2 });

  it('goes on from its journal to the same bytes, and takes nothing from a search without repeats', async () => {
    const journal = fragileJournal();
    await trainBundle({ ...options, foldRepeats: 1, journal });
    journal.lasts = 3;
    await expect(trainBundle({ ...options, journal })).rejects.toThrow('the power failed');
    expect(Array.from(journal.records.values(), ({ length }) => length).at(-1)).toBe(3);
    journal.lasts = Infinity;
    expect(await encoded({ ...options, journal })).toBe(await encoded(options));
    expect(journal.records.size).toBe(2);
  });

  it('scores what has all rows in all ten folds', async () => {
    const { leaderboard } = await trainBundle(options);
    expect(new Set(leaderboard.scored.map(({ folds }) => folds.length))).toEqual(new Set([10]));
  });
});

describe('an automatic training with repeats', () => {
  it('searches in all folds, compares finalists as ever, and validates the whole in one cut of folds', async () => {
    const { grid: _grid, ...options } = quickTraining(100, { foldRepeats: 2, folds: 3 });
    const estimators = ['least-squares', 'k-neighbors'];
    const result = await trainAutomatically({ ...options, estimators, repeats: 2, nested: true });
    expect(new Set(result.leaderboard.scored.map(({ folds }) => folds.length))).toEqual(new Set([6]));
    expect(result.selection.reason).toContain('in 6 further folds');
    expect(result.bundle.provenance.search).toMatchObject({ foldRepeats: 2, repeats: 2 });
    expect(result.nested?.r2.mean).toBeGreaterThan(0.8);
    const again = await trainAutomatically({ ...options, workers: 2, estimators, repeats: 2, nested: true });
    expect(await encodeBundle(again.bundle)).toBe(await encodeBundle(result.bundle));
  });
});

describe('an ensemble, where the same folds come twice,', async () => {
  const once = kFold(90, { folds: 3 });
  const line = { estimator: 'ridge', params: {}, preprocessing: {} };
  const near = { estimator: 'k-neighbors', params: {}, preprocessing: {} };
  const single: SearchPlan = {
    schema: sampleSchema,
    ...sampleRows(90, { noise: 12 }),
    candidates: [line, near],
    folds: once,
    repeats: 1,
    preprocessing: {},
    seed: 42,
  };
  const twice: SearchPlan = { ...single, folds: [...once, ...once], repeats: 2 };
  const evaluate = async (plan: SearchPlan) => (await runSearch(plan, { workers: 1, now: () => 0 })).scored;
  const [alone, both] = [await evaluate(single), await evaluate(twice)];

  it.each(['blend', 'stacking'] as const)('has the scores of one cut twice: %s', (kind) => {
    const joined = joinCandidates(kind, alone, single, 'r2');
    const repeated = joinCandidates(kind, both, twice, 'r2');
    expect(repeated.folds).toEqual([...joined.folds, ...joined.folds]);
    expect(repeated.predictions).toEqual(Float64Array.of(...joined.predictions, ...joined.predictions));
    repeated.candidate.members?.forEach(({ weight }, i) => {
      expect(weight).toBeCloseTo(joined.candidate.members?.[i].weight ?? Number.NaN, 6);
    });
  });

  it('has the scores of one cut twice, and as many models: a bag', async () => {
    const bagged = async (plan: SearchPlan) => {
      const [entry] = await evaluate({ ...plan, candidates: [near], folds: bagFolds(plan) });
      return scoreBag(entry, plan);
    };
    const [bag, repeated] = [await bagged(single), await bagged(twice)];
    expect(repeated.folds).toEqual([...bag.folds, ...bag.folds]);
    expect(repeated.candidate).toEqual(bag.candidate);
    expect(fitChosen(twice, bagCandidate(line, 3))).toEqual(fitChosen(single, bagCandidate(line, 3)));
  });
});
