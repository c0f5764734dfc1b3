import {
  clip,
  encodeBundle,
  loadBundle,
  numericColumn,
  predictPipeline,
  predictor,
  regressionMetrics,
  table,
  takeRows,
  takeValues,
} from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import {
  crossValidate,
  createEstimator,
  kFold,
  trainBundle,
  trainTestSplit,
  type SearchProgress,
} from '../../src/index.js';
import { quickTraining, sampleRows, sampleSchema } from './sample-rows.js';

describe('a trained bundle', async () => {
  const options = quickTraining();
  const { bundle, leaderboard, selection, split, warnings } = await trainBundle(options);
  const test = takeRows(options.features, split.test);
  const train = takeRows(options.features, split.train);

  it('holds out the rows that scikit-learn would', () => {
    expect(split).toEqual(trainTestSplit(200, { testSize: 0.2, seed: 42 }));
    expect([bundle.metrics.trainRows, bundle.metrics.testRows]).toEqual([160, 40]);
  });

  it('loads, and predicts the test rows as it was scored on them', async () => {
    const loaded = await loadBundle(await encodeBundle(bundle));
    const predictions = predictPipeline(loaded.pipeline, test);
    expect(regressionMetrics(takeValues(options.target, split.test), predictions)).toEqual(bundle.metrics.test);
    expect(
      predictor(loaded)
        .predictTable(test)
        .map(({ value }) => value),
    ).toEqual(Array.from(predictions, (value) => clip(value, sampleSchema.target)));
  });

  it('has the scores of the winner alone, cross-validated on the training part', () => {
    const alone = crossValidate({
      schema: sampleSchema,
      features: train,
      target: takeValues(options.target, split.train),
      estimator: createEstimator(selection.winner.estimator, selection.winner.params),
      folds: kFold(160, { folds: 5, seed: 42 }),
    });
    expect(selection.winner.folds.map(({ test: score }) => score)).toEqual(alone.folds.map(({ test: score }) => score));
    expect([selection.winner.mean, selection.winner.sd]).toMatchObject([bundle.metrics.cv, bundle.metrics.cvSd]);
    expect(bundle.interval.residualCount).toBe(160);
  });

  it('chooses a linear model for rows that are linear, and says why', () => {
    expect(bundle.pipeline.model.kind).toBe('linear');
    expect(bundle.provenance.selection).toBe(selection.reason);
    expect(leaderboard.scored).toHaveLength(6);
    expect([leaderboard.failed, warnings]).toEqual([[], []]);
  });

  it('says where it comes from, with every param', () => {
    expect(bundle.provenance).toMatchObject({
      estimator: selection.winner.estimator,
      params: createEstimator(selection.winner.estimator, selection.winner.params).params,
      seed: 42,
      testSize: 0.2,
      folds: 5,
      dataRows: 200,
      dataSha256: options.dataSha256,
    });
  });

  it('profiles the columns of the training part, and the target behind them', () => {
    expect(bundle.reference.map(({ name }) => name)).toEqual(['hours', 'attendance', 'group', 'score']);
    const gaps = train.columns[1].kind === 'numeric' ? train.columns[1].values.filter(Number.isNaN).length : 0;
    expect(bundle.reference[1].missing).toBe(gaps);
    expect(gaps).toBeGreaterThan(0);
  });

  it('records the first twenty test rows', () => {
    expect(bundle.replay.predictions).toEqual(Array.from(predictPipeline(bundle.pipeline, test).slice(0, 20)));
    expect(bundle.replay.rows).toHaveLength(20);
  });

  it('reports the coverage of its intervals on the test part', () => {
    const { interval } = bundle;
    const values = takeValues(options.target, split.test);
    const held = predictor({ ...bundle, version: '' })
      .predictTable(test)
      .filter(({ lower, upper }, i) => lower <= values[i] && values[i] <= upper).length;
    expect(interval.testCoverage).toBe(held / 40);
    expect(interval.testCoverage).toBeGreaterThan(0.7);
  });
});

describe('training is reproducible', () => {
  const encoded = async (changes: Parameters<typeof quickTraining>[1]) =>
    encodeBundle((await trainBundle(quickTraining(200, changes))).bundle);

  it('to the last byte, twice and with one, two or three threads', async () => {
    const forests = [
      { estimator: 'random-forest', params: { nEstimators: [4, 8], maxFeatures: 0.5 } },
      { estimator: 'k-neighbors' },
    ];
    const texts = await Promise.all([1, 1, 2, 3].map((workers) => encoded({ workers, grid: forests })));
    expect(new Set(texts).size).toBe(1);
  });

  it('whatever else is tried and in whichever order', async () => {
    const lines = [{ estimator: 'least-squares' }, { estimator: 'decision-tree', params: { maxDepth: [2, 4] } }];
    const forward = await trainBundle(quickTraining(200, { grid: lines }));
    const backward = await trainBundle(quickTraining(200, { grid: [...lines].reverse() }));
    expect(await encodeBundle(backward.bundle)).toBe(await encodeBundle(forward.bundle));
  });

  it('and another seed gives another bundle', async () => {
    expect(await encoded({ seed: 1 })).not.toBe(await encoded({ seed: 2 }));
  });

  it('without a trace of the clock', async () => {
    let time = 0;
    expect(await encoded({ now: () => (time += 1e6) })).toBe(await encoded({}));
  });
});

describe('identifiers', () => {
  it('never reach an estimator: a table that has one is refused', async () => {
    const { features, target } = sampleRows(100);
    const student = numericColumn('student', target);
    const withIdentifier = table([student, ...features.columns]);
    await expect(trainBundle(quickTraining(100, { features: withIdentifier, target }))).rejects.toMatchObject({
      code: 'TRAIN_TABLE',
    });
  });

  it('and the target are not among what the model learns from', async () => {
    const { bundle } = await trainBundle(quickTraining());
    expect(bundle.pipeline.model.features).toEqual(['hours', 'attendance', 'group=A', 'group=B', 'group=C']);
  });
});

describe.each([1, 2])('a search with %i thread(s)', (workers) => {
  it('reports progress after every fit, up to the last', async () => {
    const seen: SearchProgress[] = [];
    let time = 0;
    await trainBundle(
      quickTraining(200, { workers, now: () => (time += 10), onProgress: (progress) => seen.push(progress) }),
    );
    expect(seen.map(({ done }) => done)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(seen.every(({ total, best }) => total === 20 && best !== undefined)).toBe(true);
    expect(seen.at(-1)?.remainingMs).toBe(0);
    expect(seen[0].remainingMs).toBe(seen[0].elapsedMs * 19);
  });

  it('keeps a candidate that cannot be fitted, with its reason, and goes on', async () => {
    const grid = [{ estimator: 'k-neighbors', params: { nNeighbors: [5, 1000] } }, { estimator: 'least-squares' }];
    const { leaderboard, warnings } = await trainBundle(quickTraining(200, { workers, grid }));
    expect(leaderboard.scored.map(({ estimator }) => estimator)).toEqual(['least-squares', 'k-neighbors']);
    expect(leaderboard.failed).toMatchObject([{ estimator: 'k-neighbors', params: { nNeighbors: 1000 } }]);
    expect(leaderboard.failed[0].reason).toContain('nNeighbors 1000 needs at least 1000 rows (found 128');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^1 of 3 candidates could not be fitted/);
  });

  it('fails when no candidate can be fitted, with every reason', async () => {
    const grid = [{ estimator: 'k-neighbors', params: { nNeighbors: [500, 1000] } }];
    await expect(trainBundle(quickTraining(200, { workers, grid }))).rejects.toMatchObject({
      code: 'TRAIN_ALL_FAILED',
      details: { failed: [{ name: 'k-neighbors (nNeighbors 500)' }, { name: 'k-neighbors (nNeighbors 1000)' }] },
    });
  });

  it('ends promptly when it is cancelled', async () => {
    const abort = new AbortController();
    let last = 0;
    const onProgress = ({ done }: SearchProgress) => {
      last = done;
      if (done === 3) abort.abort();
    };
    await expect(trainBundle(quickTraining(200, { workers, signal: abort.signal, onProgress }))).rejects.toMatchObject({
      code: 'TRAIN_CANCELLED',
      exitCode: 130,
    });
    expect(last).toBeLessThanOrEqual(3 + workers);
  });

  it('does not start when it was cancelled before', async () => {
    const onProgress = () => expect.unreachable();
    await expect(
      trainBundle(quickTraining(200, { workers, signal: AbortSignal.abort(), onProgress })),
    ).rejects.toMatchObject({ code: 'TRAIN_CANCELLED' });
  });

  it('hands on what a listener throws', async () => {
    const onProgress = () => {
      throw new Error('the terminal is gone');
    };
    await expect(trainBundle(quickTraining(200, { workers, onProgress }))).rejects.toThrow('the terminal is gone');
  });
});

describe('the floor', () => {
  const useless = quickTraining(200, { ...sampleRows(200, { noise: 1000 }) });

  it('stops a model that is not good enough in the folds, and leaves the test part unseen', async () => {
    const training = trainBundle(useless);
    await expect(training).rejects.toMatchObject({ code: 'TRAIN_BELOW_FLOOR', exitCode: 5, details: { floor: 0.6 } });
    await expect(training).rejects.toThrow(
      /R2 -?\d\.\d{4} on the folds of the training part \(expected at least 0\.6;/,
    );
  });

  it('hands the leaderboard on with the error', async () => {
    const training = trainBundle(useless);
    await expect(training).rejects.toHaveProperty('details.leaderboard.scored.length', 6);
    await expect(training).rejects.toHaveProperty('details.selection.winner.rank');
  });

  it('tells listeners of the leaderboard before it falls', async () => {
    const reasons: string[] = [];
    const told = trainBundle({ ...useless, onSelection: (_, selection) => reasons.push(selection.reason) });
    await expect(told).rejects.toMatchObject({ code: 'TRAIN_BELOW_FLOOR' });
    expect(reasons).toHaveLength(1);
  });

  it('stops a model that passes in the folds and fails on the test part', async () => {
    const { features, target } = sampleRows(200);
    const { test } = trainTestSplit(200);
    const scrambled = target.slice();
    test.forEach((row, i) => (scrambled[row] = target[test[(i + 1) % test.length]]));
    await expect(trainBundle(quickTraining(200, { features, target: scrambled }))).rejects.toMatchObject({
      code: 'TRAIN_BELOW_FLOOR',
      details: { where: 'the test part' },
    });
  });

  it('can be set in any metric: an error has a ceiling', async () => {
    const { bundle } = await trainBundle(quickTraining(200, { floor: { metric: 'maxError', limit: 20 } }));
    expect(bundle.metrics.test.maxError).toBeLessThanOrEqual(20);
    const training = trainBundle(quickTraining(200, { floor: { metric: 'mae', limit: 2 } }));
    await expect(training).rejects.toMatchObject({ code: 'TRAIN_BELOW_FLOOR', details: { metric: 'mae', floor: 2 } });
    await expect(training).rejects.toThrow(/MAE 2\.\d{4} on the folds of the training part \(expected at most 2;/);
  });

  it('lets everything pass at -Infinity', async () => {
    const { bundle } = await trainBundle({ ...useless, floor: { metric: 'r2', limit: -Infinity } });
    expect(bundle.metrics.cv.r2).toBeLessThan(0.6);
  });
});

describe('what cannot be trained is refused', () => {
  const { features, target } = sampleRows(100);
  const [hours, attendance, group] = features.columns;

  it.each([
    ['too few rows for the folds', quickTraining(12), 'TRAIN_ROWS', 3],
    ['a test part of one row', quickTraining(100, { testSize: 0.001 }), 'TRAIN_ROWS', 3],
    ['more folds than rows', quickTraining(100, { folds: 81 }), 'TRAIN_ROWS', 3],
    ['a single row', quickTraining(1), 'TRAIN_SPLIT_ROWS', 3],
    ['no row', quickTraining(0), 'TRAIN_SPLIT_ROWS', 3],
    ['one fold', quickTraining(100, { folds: 1 }), 'TRAIN_FOLDS', 3],
    ['a fold and a half', quickTraining(100, { folds: 2.5 }), 'TRAIN_FOLDS', 3],
    ['a share above one', quickTraining(100, { testSize: 1.5 }), 'TRAIN_TEST_SIZE', 2],
    ['a negative seed', quickTraining(100, { seed: -1 }), 'STATS_SEED', 2],
    ['a level of 90', quickTraining(100, { intervalLevel: 90 }), 'TRAIN_OPTION', 2],
    ['no worker', quickTraining(100, { workers: 0 }), 'TRAIN_OPTION', 2],
    ['a metric that does not exist', quickTraining(100, { ...JSON.parse('{"metric":"rmsle"}') }), 'TRAIN_METRIC', 2],
    ['no metric', quickTraining(100, { metric: [] }), 'TRAIN_METRIC', 2],
    [
      'a floor that is no number',
      quickTraining(100, { floor: { metric: 'r2', limit: Number.NaN } }),
      'TRAIN_OPTION',
      2,
    ],
    ['a target of one value', quickTraining(100, { target: new Float64Array(100).fill(50) }), 'TRAIN_ONE_VALUE', 3],
    ['a target with a gap', quickTraining(100, { target: target.with(7, Number.NaN) }), 'TRAIN_ROW_TARGET', 3],
    ['a target that is too short', quickTraining(100, { target: target.slice(1) }), 'TRAIN_TABLE', 1],
    ['a missing feature', quickTraining(100, { features: table([hours, group]) }), 'TRAIN_TABLE', 1],
    [
      'features in another order',
      quickTraining(100, { features: table([attendance, hours, group]) }),
      'TRAIN_TABLE',
      1,
    ],
    [
      'a feature without values',
      quickTraining(100, {
        features: table([hours, numericColumn('attendance', new Float64Array(100).fill(Number.NaN)), group]),
      }),
      'TRAIN_ONE_VALUE',
      3,
    ],
    [
      'a feature of one level',
      quickTraining(100, {
        features: table([
          hours,
          attendance,
          { ...group, kind: 'categorical', codes: new Int32Array(100).fill(2), levels: ['A', 'B', 'C'] },
        ]),
      }),
      'TRAIN_ONE_VALUE',
      3,
    ],
  ])('%s', async (_what, options, code, exitCode) => {
    await expect(trainBundle(options)).rejects.toMatchObject({ code, exitCode });
  });

  it('with a sentence that says what to do', async () => {
    await expect(trainBundle(quickTraining(12))).rejects.toThrow(
      'too few rows: 9 to learn from and 3 to test on (expected at least 10 for 5 folds and at least 2; bring more rows or choose fewer folds)',
    );
    const oneLevel = {
      ...group,
      kind: 'categorical' as const,
      codes: new Int32Array(100).fill(2),
      levels: ['A', 'B', 'C'],
    };
    await expect(trainBundle(quickTraining(100, { features: table([hours, attendance, oneLevel]) }))).rejects.toThrow(
      'column "group" has no other value than "C" in 100 row(s) (expected at least two different values; leave it out of the schema)',
    );
  });
});

it('an interval from too few residuals has no bounds, and a warning says so', async () => {
  const { bundle, warnings } = await trainBundle(quickTraining(40, { intervalLevel: 0.99 }));
  expect(bundle.interval.radius).toBe(Infinity);
  expect(warnings).toEqual([
    "the interval has no bounds but the target's range: 32 training rows are too few for the level 0.99",
  ]);
  const loaded = await loadBundle(await encodeBundle(bundle));
  const [prediction] = predictor(loaded).predictRecords([{ hours: 5, group: 'A' }], 'typed');
  expect([prediction.lower, prediction.upper]).toEqual([0, 100]);
});

it('a winner that stopped too early is one, and a warning says so', async () => {
  const grid = [{ estimator: 'elastic-net', params: { alpha: 0.001, maxIterations: 1 } }];
  const { warnings } = await trainBundle(quickTraining(200, { grid, floor: { metric: 'r2', limit: -1 } }));
  expect(warnings).toEqual([expect.stringContaining('elastic-net: it stopped at maxIterations before')]);
});

it('a candidate may preprocess differently from the rest', async () => {
  const grid = [{ estimator: 'least-squares', preprocessing: { scaling: 'min-max' as const } }];
  const { bundle } = await trainBundle(quickTraining(200, { grid, preprocessing: { numericFill: 'mean' } }));
  expect(bundle.provenance.preprocessing).toEqual({ numericFill: 'mean', scaling: 'min-max' });
  const scaling = bundle.pipeline.transformers.find(({ kind }) => kind === 'scaling');
  const hours = bundle.reference[0];
  expect(scaling?.columns[0]).toMatchObject({ center: hours.kind === 'numeric' ? hours.quantiles[0] : undefined });
});

describe('nominal features that stay whole', () => {
  const preprocessing = { nominal: 'native' } as const;
  const winner = async (estimator: string, params: object = {}) => {
    const grid = [{ estimator, params: { ...params } }];
    const { bundle } = await trainBundle(quickTraining(200, { grid, preprocessing }));
    return { bundle, kinds: bundle.pipeline.transformers.map(({ kind }) => kind) };
  };

  it('become sets of levels in a bundle, which predicts the same when it is loaded', async () => {
    const { bundle, kinds } = await winner('random-forest', { nEstimators: 5 });
    expect(kinds.at(-1)).toBe('level-codes');
    expect(bundle.provenance.preprocessing).toEqual(preprocessing);
    const loaded = await loadBundle(await encodeBundle(bundle));
    const { model } = loaded.pipeline;
    expect(model.kind === 'tree-ensemble' && model.trees.some(({ sets }) => sets !== undefined)).toBe(true);
    expect(loaded.pipeline).toEqual(bundle.pipeline);
  });

  it.each(['ridge', 'hist-gradient-boosting'])('are encoded one-hot for %s, which cannot take them', async (name) => {
    const { bundle, kinds } = await winner(name);
    expect(kinds.at(-1)).toBe('one-hot');
    expect(bundle.provenance.preprocessing).toEqual({});
  });

  it('are encoded one-hot for trees of absolute errors', async () => {
    const { kinds } = await winner('decision-tree', { criterion: 'absolute_error' });
    expect(kinds.at(-1)).toBe('one-hot');
  });

  it('are refused where a candidate itself asks for what its estimator cannot take', async () => {
    const grid = [{ estimator: 'ridge', preprocessing }];
    await expect(trainBundle(quickTraining(200, { grid }))).rejects.toThrow(
      'ridge: column "group" holds codes of levels',
    );
  });
});
