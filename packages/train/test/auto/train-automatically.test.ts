import { encodeBundle, loadBundle, predictPipeline, regressionMetrics, takeRows, takeValues } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { logUniform, trainAutomatically, type AutomaticOptions, type AutomaticProgress } from '../../src/index.js';
import { fitChosen } from '../../src/auto/fit-chosen.js';
import { bagCandidate } from '../../src/auto/bag.js';
import { kFold } from '../../src/splits/k-fold.js';
import type { TrialRecord } from '../../src/strategies/trial-journal.js';
import { sampleRows, sampleSchema } from '../search/sample-rows.js';

const light = ['least-squares', 'ridge', 'k-neighbors', 'decision-tree'];

function automatic(changes: Partial<AutomaticOptions> = {}): AutomaticOptions {
  return {
    schema: sampleSchema,
    ...sampleRows(120),
    dataSha256: 'ab'.repeat(32),
    dataRows: 120,
    workers: 1,
    estimators: light,
    ...changes,
  };
}

describe('an automatic training', async () => {
  const options = automatic();
  const result = await trainAutomatically(options);
  const { bundle, leaderboard, selection, split, warnings } = result;

  it('tries the estimators that it is given, and no blend of one', () => {
    const tried = new Set(leaderboard.scored.map(({ estimator }) => estimator));
    expect([...light].every((name) => tried.has(name))).toBe(true);
    for (const { members } of leaderboard.scored) expect(members?.length).not.toBe(1);
  });

  it('does not lose to least squares on rows that are linear', () => {
    expect(bundle.pipeline.model.kind).toBe('linear');
    expect(selection.winner.complexity).toBe(1);
    expect(warnings).toEqual([expect.stringMatching(/^dominant feature "hours"/)]);
  });

  it('compares the finalists in folds that the search did not use, fold by fold', () => {
    const [best] = selection.finalists;
    expect(best.behind).toEqual({ mean: 0, sd: 0, lower: 0, upper: 0 });
    expect(selection.finalists.length).toBeGreaterThan(1);
    expect(selection.expected.entry).toBe(selection.winner);
    expect(selection.expected.tied).toBe(true);
    expect(selection.expected.fresh.r2.mean).not.toBe(selection.winner.mean.r2);
    for (const { tied, behind } of selection.finalists) expect(tied).toBe(behind.lower <= 0);
  });

  it('lets the simplest of the tied win', () => {
    const tied = selection.finalists.filter((finalist) => finalist.tied);
    expect(Math.min(...tied.map(({ entry }) => entry.complexity))).toBe(selection.winner.complexity);
  });

  it('keeps in the bundle how it searched and what to expect', async () => {
    const loaded = await loadBundle(await encodeBundle(bundle));
    expect(loaded.provenance.search).toMatchObject({
      preset: 'quick',
      timeBudgetSeconds: null,
      repeatable: true,
      repeats: 3,
      metrics: ['r2'],
      group: null,
      stratify: false,
      expected: { r2: selection.expected.fresh.r2 },
    });
    expect(loaded.provenance.selection).toBe(selection.reason);
  });

  it('looks at the test part after the choice, and scores it', () => {
    const predictions = predictPipeline(bundle.pipeline, takeRows(options.features, split.test));
    expect(bundle.metrics.test).toEqual(regressionMetrics(takeValues(options.target, split.test), predictions));
  });

  it('gives the same bytes again, on two threads too', async () => {
    const again = await trainAutomatically(automatic({ workers: 2 }));
    expect(await encodeBundle(again.bundle)).toBe(await encodeBundle(bundle));
  });
});

describe('an ensemble', async () => {
  const data = sampleRows(120);
  const plan = {
    schema: sampleSchema,
    ...data,
    candidates: [],
    folds: kFold(120, { folds: 3 }),
    repeats: 1,
    preprocessing: {},
    seed: 42,
  };
  const line = { estimator: 'ridge', params: { alpha: 1 }, preprocessing: {} };
  const near = { estimator: 'k-neighbors', params: {}, preprocessing: { scaling: 'min-max' as const } };

  it('predicts the weighted sum of what its members predict alone', () => {
    const members = [
      { candidate: line, weight: 0.75 },
      { candidate: near, weight: 0.25 },
    ];
    const blend = fitChosen(plan, { estimator: 'blend', params: { intercept: 0 }, preprocessing: {}, members });
    const [a, b] = [line, near].map((candidate) => predictPipeline(fitChosen(plan, candidate), data.features));
    expect(predictPipeline(blend, data.features)).toEqual(a.map((value, row) => 0 + 0.75 * value + 0.25 * b[row]));
    expect(blend.transformers).toEqual([]);
  });

  it('passes on what its members warn of', () => {
    const lasso = { estimator: 'lasso', params: { alpha: 0.001, maxIterations: 1 }, preprocessing: {} };
    const warnings: string[] = [];
    fitChosen(plan, bagCandidate(lasso, 3), (warning) => void warnings.push(warning));
    expect(warnings).toHaveLength(3);
  });

  it('that is a bag has a model for every fold, each of which misses another part', () => {
    const bag = fitChosen(plan, bagCandidate(line, 3));
    expect(bag.model.kind === 'stack' ? bag.model.members.length : 0).toBe(3);
    const mean = plan.folds
      .map(({ train }) => {
        const part = { ...plan, features: takeRows(data.features, train), target: takeValues(data.target, train) };
        return predictPipeline(fitChosen(part, line), data.features);
      })
      .reduce((sum, values) => sum.map((value, row) => value + values[row] / 3), new Float64Array(120));
    predictPipeline(bag, data.features).forEach((value, row) => expect(value).toBeCloseTo(mean[row], 10));
  });
});

describe('a thorough training', () => {
  it('tunes, blends, stacks and bags, and says so stage by stage', async () => {
    const { features, target } = sampleRows(120);
    const [hours] = features.columns;
    const bend = (row: number) => (hours.kind === 'numeric' && hours.values[row] > 6 ? 15 : 0);
    const stages = new Set<string>();
    const { leaderboard } = await trainAutomatically(
      automatic({
        target: target.map((value, row) => value - bend(row)),
        preset: 'thorough',
        repeats: 1,
        estimators: ['ridge', 'decision-tree'],
        onProgress: ({ stage }) => stages.add(stage),
      }),
    );
    const tried = new Set(leaderboard.scored.map(({ estimator }) => estimator));
    expect(tried).toEqual(new Set(['ridge', 'decision-tree', 'blend', 'stacking', 'bag']));
    expect(leaderboard.scored.length).toBeGreaterThan(20);
    expect([...stages]).toEqual(['search', 'ensembles', 'finalists']);
  });

  it('cross-validates the whole procedure when asked to', async () => {
    const { nested, bundle } = await trainAutomatically(
      automatic({ nested: true, repeats: 1, estimators: ['least-squares', 'decision-tree'] }),
    );
    expect(nested?.r2.mean).toBeGreaterThan(0.8);
    expect(bundle.provenance.search).toMatchObject({ nested: { r2: nested?.r2 } });
  });
});

describe('a time budget', () => {
  it('ends in a bundle that says that it may not come out again', async () => {
    const { bundle } = await trainAutomatically(automatic({ preset: 'thorough', timeBudgetMs: 50, repeats: 1 }));
    expect(bundle.provenance.search).toMatchObject({ timeBudgetSeconds: 0.05, repeatable: false });
  });

  it('is shared by the searches of a nested cross-validation', async () => {
    const spent = async (changes: Partial<AutomaticOptions>) => {
      let time = 0;
      const now = () => (time += 5);
      const { bundle } = await trainAutomatically(
        automatic({ nested: true, repeats: 1, folds: 3, now, estimators: ['ridge', 'lasso'], ...changes }),
      );
      return { time, search: bundle.provenance.search };
    };
    // By this clock one search of all candidates and the finalists takes about 500 ms.
    const { time, search } = await spent({ preset: 'thorough', timeBudgetMs: 20_000 });
    expect(search).toMatchObject({ timeBudgetSeconds: 20, repeatable: false });
    expect(time).toBeGreaterThan(15_000);
    expect(time).toBeLessThan(25_000);

    const space = [{ estimator: 'ridge', params: { alpha: logUniform(0.001, 1000) } }];
    const bySpace = await spent({ space, search: { strategy: 'random', timeSeconds: 20 } });
    expect(bySpace.time).toBeGreaterThan(15_000);
    expect(bySpace.time).toBeLessThan(25_000);
  });

  it('ends a search by strategy too', async () => {
    let time = 0;
    const now = () => (time += 5);
    const space = [{ estimator: 'ridge', params: { alpha: logUniform(0.001, 1000) } }];
    const { bundle } = await trainAutomatically(automatic({ space, timeBudgetMs: 5000, now, repeats: 1 }));
    expect(bundle.provenance.search).toMatchObject({ preset: 'tpe', timeBudgetSeconds: 5, repeatable: false });
    expect(time).toBeLessThan(7000);
  });

  it('of nothing is refused', async () => {
    await expect(trainAutomatically(automatic({ timeBudgetMs: 0 }))).rejects.toMatchObject({ code: 'TRAIN_OPTION' });
  });
});

it('a training that was killed goes on from its journal to the same bytes', async () => {
  const records: TrialRecord[] = [];
  const journal = {
    read: () => Promise.resolve([...records]),
    append: (record: TrialRecord) => Promise.resolve(void records.push(record)),
  };
  const stop = new AbortController();
  const onProgress = ({ done }: AutomaticProgress) => {
    if (done === 12) stop.abort();
  };
  const killed = trainAutomatically(automatic({ journal, signal: stop.signal, onProgress }));
  await expect(killed).rejects.toMatchObject({ code: 'TRAIN_CANCELLED' });
  const kept = records.length;
  expect(kept).toBeGreaterThan(0);
  const seen: AutomaticProgress[] = [];
  const resumed = await trainAutomatically(automatic({ journal, onProgress: (progress) => seen.push(progress) }));
  const leaders = new Set(seen.filter(({ stage }) => stage === 'search').map(({ best }) => best?.candidate.estimator));
  // What was finished before the end counts: these were the first.
  expect([...leaders]).toEqual(['ridge']);
  expect(await encodeBundle(resumed.bundle)).toBe(await encodeBundle((await trainAutomatically(automatic())).bundle));
});

it('an estimator that does not exist is named', async () => {
  await expect(trainAutomatically(automatic({ estimators: ['ridg'] }))).rejects.toThrow('did you mean "ridge"');
});

it('a grid is tried as it is, with finalists', async () => {
  const grid = [{ estimator: 'least-squares' }, { estimator: 'decision-tree', params: { maxDepth: [2, 4] } }];
  const { leaderboard, selection } = await trainAutomatically(automatic({ grid }));
  expect(leaderboard.scored).toHaveLength(3);
  expect(selection.finalists.length).toBeGreaterThan(0);
});
