import {
  categoricalColumn,
  mersenneTwister,
  numericColumn,
  r2Score,
  table,
  type FittedTransformer,
  type Pipeline,
} from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { permutationImportance } from '../../src/index.js';

const random = mersenneTwister(4);
const rows = 60;
const hours = Float64Array.from({ length: rows }, () => random.double());
const luck = Float64Array.from({ length: rows }, () => random.double());
const group = Int32Array.from({ length: rows }, () => random.boundedInt(2));
const features = table([
  numericColumn('luck', luck),
  categoricalColumn('group', group, ['A', 'B', 'C']),
  numericColumn('hours', hours),
]);
const encoding: FittedTransformer = {
  kind: 'one-hot',
  unseen: 'error',
  columns: [{ name: 'group', levels: ['A', 'B', 'C'] }],
};

/** `10 hours + 2 [group B] - 2 [group C]`. */
const pipeline: Pipeline = {
  transformers: [encoding],
  model: {
    kind: 'linear',
    features: ['luck', 'group=A', 'group=B', 'group=C', 'hours'],
    coefficients: Float64Array.of(0, 0, 2, -2, 10),
    intercept: 5,
  },
};
const effect = Float64Array.of(0, 2, -2);
const target = hours.map((value, i) => 5 + 10 * value + effect[group[i]]);

describe('permutation importance', () => {
  const found = permutationImportance(pipeline, features, target);

  it('counts whole features as they came, the most important first', () => {
    expect(found.features.map(({ name }) => name)).toEqual(['hours', 'group', 'luck']);
    expect(found).toMatchObject({ metric: 'r2', baseline: 1, rows, repeats: 5 });
  });

  it('of a feature that the model does not use is exactly 0', () => {
    expect(found.features[2]).toEqual({ name: 'luck', mean: 0, sd: 0 });
  });

  it('is about the variance that goes with a feature, twice', () => {
    // y - y' of two random rows has twice the variance of the feature's part of y.
    const spread = (values: Float64Array) => {
      const mean = values.reduce((a, b) => a + b) / rows;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    };
    const expected = (2 * spread(hours.map((value) => 10 * value))) / spread(target);
    const { features: many } = permutationImportance(pipeline, features, target, { repeats: 300 });
    expect(many[0].mean / expected).toBeCloseTo(1, 1);
    expect(many[0].sd).toBeGreaterThan(0);
  });

  it('is in the unit of the target, and an increase, where an error is measured', () => {
    const { features: byError } = permutationImportance(pipeline, features, target, { metric: 'mae' });
    expect(byError[0].mean).toBeGreaterThan(1);
    expect(byError[0].mean).toBeLessThan(10);
  });

  it('deals the values out once to each row: an order that changes nothing costs nothing', () => {
    const same = table([
      numericColumn('luck', luck),
      features.columns[1],
      numericColumn('hours', new Float64Array(rows).fill(3)),
    ]);
    const flat = Float64Array.from(group, (code) => 35 + effect[code]);
    const hoursAlone = permutationImportance(pipeline, same, flat).features.find(({ name }) => name === 'hours');
    expect(hoursAlone).toEqual({ name: 'hours', mean: 0, sd: 0 });
  });

  it('is the same again with the same seed, and another with another', () => {
    expect(permutationImportance(pipeline, features, target)).toEqual(found);
    expect(permutationImportance(pipeline, features, target, { seed: 7 }).features[0]).not.toEqual(found.features[0]);
  });

  it('begins with the same repeats, however many there are', () => {
    const one = permutationImportance(pipeline, features, target, { repeats: 1 }).features[0];
    expect(one.sd).toBe(0);
    expect(Math.abs(one.mean - found.features[0].mean)).toBeLessThan(3 * found.features[0].sd);
  });

  it('measures what is lost against the predictions for the rows as they are', () => {
    const noisy = target.map((value) => value + random.normal());
    const predicted = hours.map((value, i) => 5 + 10 * value + effect[group[i]]);
    expect(permutationImportance(pipeline, features, noisy).baseline).toBe(r2Score(noisy, predicted));
  });
});
