import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { numericColumns, predict, takeRows, type LinearModel } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import {
  elasticNet,
  keyedRandom,
  lasso,
  leastSquares,
  ridge,
  type ElasticNetParams,
  type LassoParams,
  type RidgeParams,
} from '../../src/index.js';
import { followRecipe, type LinearRecipe } from './linear-recipe.js';

interface Fitted<P> {
  params: Partial<P>;
  coefficients: number[];
  intercept: number;
  predictions: number[];
}

interface Case {
  recipe: LinearRecipe;
  sha256: string;
  leastSquares: Fitted<object>;
  ridge: Fitted<RidgeParams>[];
  lasso: Fitted<LassoParams>[];
  elasticNet: Fitted<ElasticNetParams>[];
}

const golden: { cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/golden/linear.json', import.meta.url), 'utf8'),
);

describe.each(golden.cases)('on $recipe.name, against scikit-learn', ({ recipe, sha256, ...expected }) => {
  const { x, y } = followRecipe(recipe);
  const context = { random: keyedRandom(42) };

  function expectSame(model: LinearModel, fitted: Omit<Fitted<object>, 'params'>): void {
    const found = Float64Array.of(
      ...model.coefficients,
      model.intercept,
      ...predict(model, takeRows(x, [0, 1, 2].slice(0, y.length))),
    );
    const wanted = [...fitted.coefficients, fitted.intercept, ...fitted.predictions];
    expect(found).toHaveLength(wanted.length);
    const wrong = wanted.map((value, i) => Math.abs(found[i] - value) / Math.max(1, Math.abs(value)));
    expect(Math.max(...wrong)).toBeLessThan(1e-9);
  }

  it('learns from the same bits', () => {
    const hash = createHash('sha256');
    for (const { values } of numericColumns(x)) hash.update(values);
    expect(hash.update(y).digest('hex')).toBe(sha256);
  });

  it('least squares finds the same coefficients', () => {
    expectSame(leastSquares().fit(x, y, context), expected.leastSquares);
  });

  it.each(expected.ridge)('ridge finds the same coefficients: $params', ({ params, ...fitted }) => {
    expectSame(ridge(params).fit(x, y, context), fitted);
  });

  it.each(expected.lasso)('lasso finds the same coefficients: $params', ({ params, ...fitted }) => {
    expectSame(lasso(params).fit(x, y, context), fitted);
  });

  it.each(expected.elasticNet)('the elastic net finds the same coefficients: $params', ({ params, ...fitted }) => {
    expectSame(elasticNet(params).fit(x, y, context), fitted);
  });
});
