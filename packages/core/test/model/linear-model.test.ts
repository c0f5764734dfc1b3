import { describe, expect, it } from 'vitest';
import { numericColumn, predict, table, type LinearModel } from '../../src/index.js';

const model: LinearModel = {
  kind: 'linear',
  features: ['a', 'b'],
  coefficients: Float64Array.of(2, -1),
  intercept: 10,
};

describe('a linear model', () => {
  it('adds the weighted values to the intercept', () => {
    const rows = table([numericColumn('a', [0, 1, 5]), numericColumn('b', [0, 4, 10])]);
    expect(predict(model, rows)).toEqual(Float64Array.of(10, 8, 10));
  });

  it('adds in the order of its features, so that every machine gets the same bits', () => {
    const steep: LinearModel = { ...model, coefficients: Float64Array.of(1e16, -1e16), intercept: 1 };
    const rows = table([numericColumn('a', [1]), numericColumn('b', [1])]);
    expect(predict(steep, rows)[0]).toBe(1 + 1e16 - 1e16);
  });

  it('predicts nothing from a missing value', () => {
    const rows = table([numericColumn('a', [Number.NaN]), numericColumn('b', [1])]);
    expect(predict(model, rows)[0]).toBeNaN();
  });
});
