import { numericColumn, predict, table, takeRows, takeValues, type LinearModel, type Table } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { crossValidate, kFold, keyedRandom, leastSquares, repeatedKFold, type Estimator } from '../../src/index.js';
import { scorePredictions } from '../../src/search/score-predictions.js';
import { sampleRows, sampleSchema } from './sample-rows.js';

const data = { schema: sampleSchema, ...sampleRows(60) };
const folds = kFold(60, { folds: 4, seed: 7 });

/** Predicts 0 and notes what it was given to learn from. */
function observer() {
  const seen: { x: Table; y: Float64Array; draw: number }[] = [];
  const estimator: Estimator<object, LinearModel> = {
    name: 'observer',
    params: {},
    complexity: 1,
    fit: (x, y, run) => {
      seen.push({ x, y, draw: run.random.double(0) });
      const features = x.columns.map((column) => column.name);
      return { kind: 'linear', features, coefficients: new Float64Array(features.length), intercept: 0 };
    },
  };
  return { seen, estimator };
}

describe('crossValidate', () => {
  it('gives every estimator the training rows of its fold alone, in their order', () => {
    const { seen, estimator } = observer();
    crossValidate({ ...data, estimator, folds });
    expect(seen.map(({ y }) => Array.from(y))).toEqual(
      folds.map((fold) => Array.from(takeValues(data.target, fold.train))),
    );
  });

  it('fits the preprocessing inside each fold: the training rows are what has mean 0 and variance 1', () => {
    const { seen, estimator } = observer();
    crossValidate({ ...data, estimator, folds });
    for (const { x } of seen) {
      const [hours] = x.columns.map((column) => (column.kind === 'numeric' ? column.values : new Float64Array()));
      expect(hours.reduce((sum, value) => sum + value, 0) / hours.length).toBeCloseTo(0, 12);
      expect(hours.reduce((sum, value) => sum + value * value, 0) / hours.length).toBeCloseTo(1, 12);
    }
  });

  it('learns nothing from test rows: changing them changes neither a fit nor what the others are predicted', () => {
    const [first] = folds;
    const [test] = first.test;
    const { features, target } = data;
    const changed: Table = table(
      features.columns.map((column) =>
        column.kind === 'numeric'
          ? numericColumn(
              column.name,
              column.values.map((v, row) => (row === test ? 1e6 : v)),
            )
          : column,
      ),
    );
    const [before, after] = [features, changed].map((rows) =>
      crossValidate({ schema: sampleSchema, features: rows, target, folds: [first], estimator: leastSquares() }),
    );
    expect(after.folds[0].train).toEqual(before.folds[0].train);
    for (const row of first.test) {
      if (row !== test) expect(after.predictions[row]).toBe(before.predictions[row]);
    }
    expect(after.predictions[test]).not.toBe(before.predictions[test]);
  });

  it('scores each fold on its own test rows and keeps the predictions by row', () => {
    const { folds: scores, predictions } = crossValidate({ ...data, estimator: leastSquares(), folds });
    folds.forEach((fold, i) => {
      expect(scores[i].test).toEqual(
        scorePredictions(takeValues(data.target, fold.test), takeValues(predictions, fold.test)),
      );
    });
    expect(scores.every(({ train }) => train.r2 > 0.9)).toBe(true);
  });

  it('predicts as the same fit by hand', () => {
    const numeric = { ...sampleSchema, features: sampleSchema.features.slice(0, 1) };
    const features = table(data.features.columns.slice(0, 1));
    const [fold] = folds;
    const { predictions } = crossValidate({
      schema: numeric,
      features,
      target: data.target,
      estimator: leastSquares(),
      folds: [fold],
      preprocessing: { scaling: 'none' },
    });
    const run = { random: keyedRandom(42) };
    const model = leastSquares().fit(takeRows(features, fold.train), takeValues(data.target, fold.train), run);
    expect(takeValues(predictions, fold.test)).toEqual(predict(model, takeRows(features, fold.test)));
  });

  it('leaves NaN where no fold tests a row', () => {
    const { predictions } = crossValidate({ ...data, estimator: leastSquares(), folds: folds.slice(0, 1) });
    expect(predictions.filter(Number.isNaN)).toHaveLength(60 - folds[0].test.length);
  });

  it('averages the predictions of repeats', () => {
    const all = repeatedKFold(60, { folds: 3, repeats: 2 });
    const run = (some: typeof all) => crossValidate({ ...data, estimator: leastSquares(), folds: some }).predictions;
    const [first, second] = [run(all.slice(0, 3)), run(all.slice(3))];
    expect(run(all)).toEqual(first.map((value, row) => (value + second[row]) / 2));
  });

  it('gives each fit the same randomness, from the seed', () => {
    const draws = (seed: number) => {
      const { seen, estimator } = observer();
      crossValidate({ ...data, estimator, folds, seed });
      return new Set(seen.map(({ draw }) => draw));
    };
    expect(draws(1)).toEqual(new Set([keyedRandom(1).double(0)]));
    expect(draws(2)).not.toEqual(draws(1));
  });

  it('times the fits by the clock that it is given', () => {
    let time = 0;
    const slow: Estimator = { ...leastSquares(), fit: (x, y, run) => ((time += 25), leastSquares().fit(x, y, run)) };
    const { folds: scores } = crossValidate({ ...data, estimator: slow, folds, now: () => time });
    expect(scores.map(({ fitTimeMs }) => fitTimeMs)).toEqual([25, 25, 25, 25]);
  });
});
