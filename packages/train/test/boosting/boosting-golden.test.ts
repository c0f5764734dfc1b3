import { existsSync, readFileSync } from 'node:fs';
import {
  mean,
  mersenneTwister,
  numericColumns,
  predict,
  r2Score,
  takeRows,
  takeValues,
  type Table,
} from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { createEstimator, keyedRandom, kFold } from '../../src/index.js';
import { columns } from '../trees/tree-rows.js';
import { examsLike } from './exams-like.js';
import { readColumns } from './read-columns.js';

interface Prediction {
  name: string;
  estimator: string;
  seed: number;
  rows: number;
  width: number;
  missing: number;
  params: object;
  predictions: number[];
}

interface Score {
  estimator: string;
  params: object;
  /** How many seeds the score is a mean of. */
  seeds: number;
  r2: number;
  /** The standard deviation between seeds. */
  sd: number;
}

type DataScore = Score & { file: string; separator: string; target: string };

const golden: { predictions: Prediction[]; scores: Score[]; onData: DataScore[] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/golden/boosting.json', import.meta.url), 'utf8'),
);

/** The same draws as in `fixtures/make/make_boosting.py`: columns in single precision, gaps, noise. */
function follow({ seed, rows, width, missing }: Prediction) {
  const random = mersenneTwister(seed);
  const draw = () => Float64Array.from({ length: rows }, () => random.double());
  const drawAll = () => Array.from({ length: width }, draw);
  const values = drawAll().map((column) => column.map(Math.fround));
  const gaps = drawAll().map((column) => column.map((u) => (u < missing ? Number.NaN : 0)));
  const noise = draw();
  const y = noise.map((u, i) => 10 * values[0][i] + 5 * Math.abs(values[width - 1][i] - 0.5) + u);
  return { x: columns(...values.map((column, j) => column.map((value, i) => value + gaps[j][i]))), y };
}

describe('boosting where no cut is decided by chance', () => {
  // The peer's gradients for histograms are in single precision.
  it.each(golden.predictions)('predicts what scikit-learn predicts, within 1e-6 of its size: $name', (expected) => {
    const { x, y } = follow(expected);
    const found = predict(
      createEstimator(expected.estimator, expected.params).fit(x, y, { random: keyedRandom(1) }),
      x,
    );
    expected.predictions.forEach((value, row) => {
      expect(Math.abs(found[row] - value)).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
    });
  });
});

/** The mean R2 of 5 unshuffled folds over as many seeds as the golden number. */
function crossValidated({ estimator, params, seeds }: Score, x: Table, y: Float64Array): number {
  const scores = Array.from({ length: seeds }, (_, seed) =>
    kFold(y.length, { folds: 5, shuffle: false }).map(({ train, test }) => {
      const run = { random: keyedRandom(seed) };
      const model = createEstimator(estimator, params).fit(takeRows(x, train), takeValues(y, train), run);
      return r2Score(takeValues(y, test), predict(model, takeRows(x, test)));
    }),
  );
  return mean(scores.flat());
}

/** .005, or three standard errors where the score is mostly chance: seeds of one engine differ by far more. */
function tolerance({ sd, seeds }: Score): number {
  return sd < 0.05 ? 0.005 : 3 * sd * Math.sqrt(2 / seeds);
}

describe('boosting on rows like the exams', () => {
  const { x, y } = examsLike();

  it.each(golden.scores)('scores as scikit-learn, within .005 of R2: $estimator $params', (expected) => {
    expect(numericColumns(x)).toHaveLength(19);
    expect(Math.abs(crossValidated(expected, x, y) - expected.r2)).toBeLessThan(tolerance(expected));
  });
});

const data = new URL('../../../../../shared/data/', import.meta.url);

describe.skipIf(!existsSync(data))('boosting on real data (skipped where ../shared/data is absent)', () => {
  it.each(golden.onData)(
    'scores as scikit-learn, within .005 of R2: $estimator on $file',
    (expected) => {
      const { x, y } = readColumns(new URL(expected.file, data), expected.separator, expected.target);
      expect(Math.abs(crossValidated(expected, x, y) - expected.r2)).toBeLessThan(tolerance(expected));
    },
    120_000,
  );
});
