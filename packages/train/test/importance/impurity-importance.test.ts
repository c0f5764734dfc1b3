import { readFileSync } from 'node:fs';
import { mersenneTwister, numericColumn, table, type Model, type TreeEnsemble } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import {
  adaboost,
  createEstimator,
  decisionTree,
  impurityImportance,
  keyedRandom,
  randomForest,
} from '../../src/index.js';

interface Case {
  seed: number;
  rows: number;
  width: number;
  fits: { estimator: string; params: object; importances: number[] }[];
}

const golden: { cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/golden/importance.json', import.meta.url), 'utf8'),
);

const context = { random: keyedRandom(42) };

/** The same draws as in `fixtures/make/make_importance.py`. */
function follow({ seed, rows, width }: Omit<Case, 'fits'>) {
  const random = mersenneTwister(seed);
  const draw = (length: number) => Float64Array.from({ length }, () => random.double());
  const columns = Array.from({ length: width }, () => draw(rows));
  const weights = draw(width).map((u) => u * 10);
  const noise = draw(rows);
  const y = noise.map((e, i) => columns.reduce((sum, values, j) => sum + values[i] * weights[j], 0) + e);
  return { x: table(columns.map((values, j) => numericColumn(`x${j}`, values))), y };
}

function shares(model: Model, names: readonly string[]): readonly number[] {
  if (model.kind !== 'tree-ensemble') throw new Error(`a ${model.kind} model has no trees`);
  const { values } = impurityImportance(model);
  return names.map((name) => values.find((entry) => entry.name === name)?.value ?? Number.NaN);
}

describe.each(golden.cases)('impurity importance on $rows rows, against scikit-learn', ({ fits, ...given }) => {
  const { x, y } = follow(given);

  it.each(fits)('is the same for $estimator $params', ({ estimator, params, importances }) => {
    const model = createEstimator(estimator, params).fit(x, y, context);
    const found = shares(
      model,
      x.columns.map((column) => column.name),
    );
    found.forEach((share, j) => expect(share).toBeCloseTo(importances[j], 9));
  });
});

describe('impurity importance', () => {
  const { x, y } = follow({ seed: 3, rows: 80, width: 4 });

  it.each([randomForest({ nEstimators: 5 }), adaboost({ nEstimators: 5 }), decisionTree()])(
    'of $name are shares of 1, the largest first',
    (estimator) => {
      const values = impurityImportance(estimator.fit(x, y, context)).values.map((entry) => entry.value);
      expect(values.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      expect(values).toEqual(values.toSorted((a, b) => b - a));
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    },
  );

  it('of a column that no tree cuts is 0', () => {
    const extended = table([...x.columns, numericColumn('constant', new Float64Array(80))]);
    const { values } = impurityImportance(randomForest({ nEstimators: 3 }).fit(extended, y, context));
    expect(values.at(-1)).toEqual({ name: 'constant', value: 0 });
  });

  it('of trees without any cut is 0 everywhere', () => {
    const model: TreeEnsemble = decisionTree().fit(x, new Float64Array(80).fill(3), context);
    expect(impurityImportance(model).values.map((entry) => entry.value)).toEqual([0, 0, 0, 0]);
  });
});
