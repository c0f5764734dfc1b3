import { numericColumn, numericColumns, predict, table, type LinearModel, type Table } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { elasticNet, keyedRandom, lasso, leastSquares, meanBaseline, ridge } from '../../src/index.js';
import { followRecipe, type LinearRecipe } from './linear-recipe.js';

const context = { random: keyedRandom(42) };

const pupils: LinearRecipe = {
  name: 'pupils',
  seed: 5,
  rows: 300,
  noise: 2,
  columns: [
    { kind: 'uniform', from: -1, width: 2 },
    { kind: 'uniform', from: 0, width: 10 },
    { kind: 'one-hot', levels: 3 },
    { kind: 'copy', of: 0 },
  ],
};

const { x, y } = followRecipe(pupils);

function residuals(model: LinearModel): Float64Array {
  const predicted = predict(model, x);
  return y.map((value, i) => value - predicted[i]);
}

/** Each column's centred sum of products with the residuals. */
function pulls(model: LinearModel): readonly number[] {
  const left = residuals(model);
  return numericColumns(x).map(({ values }) => {
    const mean = values.reduce((a, b) => a + b) / values.length;
    return values.reduce((sum, value, i) => sum + (value - mean) * left[i], 0);
  });
}

function oneColumn(values: readonly number[]): Table {
  return table([numericColumn('x', values)]);
}

describe('least squares', () => {
  it('leaves residuals that no column explains', () => {
    for (const pull of pulls(leastSquares().fit(x, y, context))) expect(Math.abs(pull)).toBeLessThan(1e-9);
  });

  it('splits a weight equally between equal columns', () => {
    const { coefficients } = leastSquares().fit(x, y, context);
    expect(coefficients[0]).toBeCloseTo(coefficients[5], 12);
  });

  it('gives a constant column no weight, whatever its value', () => {
    const constant = table([numericColumn('x', [0.1, 0.1, 0.1]), numericColumn('z', [0.7, 0.7, 0.7])]);
    const model = leastSquares().fit(constant, Float64Array.of(1, 2, 6), context);
    expect(model).toMatchObject({ coefficients: Float64Array.of(0, 0), intercept: 3 });
  });

  it('predicts the mean where there is no column', () => {
    const model = leastSquares().fit(table([], 2), Float64Array.of(1, 2), context);
    expect(predict(model, table([], 3))).toEqual(Float64Array.of(1.5, 1.5, 1.5));
  });

  it('takes no params', () => {
    const params: object = { alpha: 1 };
    expect(() => leastSquares({ ...params })).toThrow('least-squares has no param "alpha"');
  });
});

describe('ridge', () => {
  it('with alpha 0 is least squares', () => {
    const free = leastSquares().fit(x, y, context);
    const { coefficients } = ridge({ alpha: 0 }).fit(x, y, context);
    coefficients.forEach((value, j) => expect(value).toBeCloseTo(free.coefficients[j], 10));
  });

  it.each([0.1, 1, 50])('balances every coefficient against its pull (alpha %s)', (alpha) => {
    const model = ridge({ alpha }).fit(x, y, context);
    pulls(model).forEach((pull, j) => expect(pull).toBeCloseTo(alpha * model.coefficients[j], 8));
  });

  it('has shorter coefficients the higher alpha is', () => {
    const lengths = [0, 0.1, 1, 10, 1e6].map((alpha) =>
      Math.hypot(...ridge({ alpha }).fit(x, y, context).coefficients),
    );
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
    expect(lengths[4]).toBeLessThan(0.01);
  });

  it.each([-1, Number.NaN, Infinity])('refuses the alpha %s', (alpha) => {
    expect(() => ridge({ alpha })).toThrow('ridge: param "alpha" cannot be');
  });
});

describe('lasso', () => {
  it.each([0.01, 0.1, 1])('meets the conditions of its optimum (alpha %s)', (alpha) => {
    const model = lasso({ alpha, tolerance: 1e-12, maxIterations: 100_000 }).fit(x, y, context);
    const penalty = alpha * y.length;
    pulls(model).forEach((pull, j) => {
      const coefficient = model.coefficients[j];
      if (coefficient === 0) expect(Math.abs(pull)).toBeLessThan(penalty * (1 + 1e-6));
      else expect(pull / (penalty * Math.sign(coefficient))).toBeCloseTo(1, 6);
    });
  });

  it('leaves nothing but the mean where alpha is high', () => {
    const model = lasso({ alpha: 1e6 }).fit(x, y, context);
    expect(model.coefficients).toEqual(new Float64Array(6));
    expect(model.intercept).toBeCloseTo(y.reduce((a, b) => a + b) / y.length, 12);
  });

  it('stops after maxIterations with what it has, and says so', () => {
    const warnings: string[] = [];
    const warn = (warning: string) => void warnings.push(warning);
    const fit = (maxIterations: number) => lasso({ alpha: 1e-3, maxIterations }).fit(x, y, { ...context, warn });
    const length = (model: LinearModel) => Math.hypot(...residuals(model));
    expect(length(fit(1))).toBeGreaterThan(length(fit(1000)));
    expect(warnings).toEqual([expect.stringContaining('lasso: it stopped at maxIterations before')]);
  });

  it('needs no more than one look at a target that is constant', () => {
    const model = lasso({ alpha: 0 }).fit(oneColumn([1, 2, 3]), Float64Array.of(4, 4, 4), context);
    expect(model).toMatchObject({ coefficients: Float64Array.of(0), intercept: 4 });
  });
});

describe('the elastic net', () => {
  it.each([0.001, 0.1, 1])('with l1Ratio 1 is the lasso, to the last bit (alpha %s)', (alpha) => {
    expect(elasticNet({ alpha, l1Ratio: 1 }).fit(x, y, context)).toEqual(lasso({ alpha }).fit(x, y, context));
  });

  it('with l1Ratio 0 is ridge, whose alpha counts rows', () => {
    const shrunk = ridge({ alpha: 0.1 * y.length }).fit(x, y, context);
    const { coefficients } = elasticNet({ alpha: 0.1, l1Ratio: 0 }).fit(x, y, context);
    coefficients.forEach((value, j) => expect(value).toBeCloseTo(shrunk.coefficients[j], 9));
  });

  it.each([0.01, 0.1, 1])('meets the conditions of its optimum (alpha %s)', (alpha) => {
    const model = elasticNet({ alpha, l1Ratio: 0.3, tolerance: 1e-13, maxIterations: 100_000 }).fit(x, y, context);
    const [l1, l2] = [0.3 * alpha * y.length, 0.7 * alpha * y.length];
    pulls(model).forEach((pull, j) => {
      const coefficient = model.coefficients[j];
      if (coefficient === 0) expect(Math.abs(pull)).toBeLessThan(l1 * (1 + 1e-6));
      else expect((pull - l2 * coefficient) / (l1 * Math.sign(coefficient))).toBeCloseTo(1, 5);
    });
  });

  it('gives equal columns equal weights, where the lasso takes the first', () => {
    const { coefficients } = elasticNet({ alpha: 0.1, tolerance: 1e-12 }).fit(x, y, context);
    expect(coefficients[0]).not.toBe(0);
    expect(coefficients[0]).toBeCloseTo(coefficients[5], 6);
  });
});

describe('the mean baseline', () => {
  it('predicts the mean whatever the columns say', () => {
    const model = meanBaseline().fit(x, y, context);
    const expected = y.reduce((a, b) => a + b) / y.length;
    expect(predict(model, x)).toEqual(new Float64Array(y.length).fill(expected));
  });
});

const linearFamily = [meanBaseline(), leastSquares(), ridge(), lasso({ alpha: 0.01 }), elasticNet({ alpha: 0.01 })];

describe.each(linearFamily)('$name', (estimator) => {
  it('predicts the same bits when it is fitted again', () => {
    expect(estimator.fit(x, y, context)).toEqual(estimator.fit(x, y, context));
  });

  it('moves with the target', () => {
    const model = estimator.fit(x, y, context);
    const moved = estimator.fit(
      x,
      y.map((value) => value + 1000),
      context,
    );
    expect(moved.intercept).toBeCloseTo(model.intercept + 1000, 8);
    moved.coefficients.forEach((value, j) => expect(value).toBeCloseTo(model.coefficients[j], 8));
  });

  it('never has a negative zero, which JSON would lose', () => {
    const model = estimator.fit(oneColumn([-1, 0, 1]), Float64Array.of(-0, -0, -0), context);
    expect(Object.is(model.coefficients[0], 0)).toBe(true);
    expect(Object.is(model.intercept, 0)).toBe(true);
  });

  it('says so when the numbers are too large for their squares', () => {
    const huge = oneColumn([1e200, -1e200, 3e200]);
    expect(() => estimator.fit(huge, Float64Array.of(1, 2, 4), context)).toThrow('too large to compute with');
  });

  it('refuses gaps', () => {
    expect(() => estimator.fit(oneColumn([1, Number.NaN]), Float64Array.of(1, 2), context)).toThrow(
      `${estimator.name}: column "x", row 2: no value`,
    );
  });
});
