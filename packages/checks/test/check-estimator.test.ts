import { numericColumn, numericColumns, table, type LinearModel, type NeighboursModel } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { checkEstimator, type CheckedEstimator, type EstimatorCheckOptions } from '../src/index.js';
import { toy, type ToyContext } from './nearest-mean.js';

type Toy = CheckedEstimator<ToyContext>;
type Options = Partial<EstimatorCheckOptions<ToyContext>>;

function check(estimator: Toy, options: Options = {}) {
  return checkEstimator(estimator, { create: toy, context: (seed) => ({ seed }), ...options });
}

/** The toy with something else in its models. */
function withModel(change: (model: NeighboursModel, context: ToyContext) => Partial<NeighboursModel>): Toy {
  const good = toy();
  return {
    ...good,
    fit: (x, y, context) => {
      const model = good.fit(x, y, context);
      if (model.kind !== 'neighbours') throw new Error('the toy makes neighbours');
      return { ...model, ...change(model, context) };
    },
  };
}

const constant: LinearModel = {
  kind: 'linear',
  features: ['a', 'b', 'c', 'level=0', 'level=1', 'level=2'],
  coefficients: new Float64Array(6),
  intercept: 50,
};

let fits = 0;

const broken: readonly [promise: string, estimator: Toy, options?: Options][] = [
  ['say how simple it is: its complexity is 7', { ...toy(), complexity: 7 }],
  ['freeze its params: they can be changed', { ...toy(), params: { neighbours: 5 } }],
  [
    'have params that JSON can hold: params.when is an instance of a class',
    { ...toy(), params: Object.freeze({ neighbours: 5, when: new Date(0) }) },
  ],
  ['be made again from its own params: they became', toy(), { create: () => toy({ neighbours: 6 }) }],
  ['refuse params that it does not have: a param "nonsense" was accepted', toy(), { create: () => toy() }],
  ['learn an easy problem: R2 on unseen rows is', { ...toy(), fit: () => constant }],
  [
    'give the same bytes when it is fitted again: the second model differs',
    withModel(({ targets }) => ({ targets: targets.with(0, fits++) })),
  ],
  ['use the seed as declared: two seeds gave one model', toy(), { usesSeed: true }],
  [
    'use the seed as declared: two seeds gave two models',
    withModel(({ targets }, { seed }) => ({ targets: targets.map((value) => value + seed) })),
  ],
  [
    'leave its training data as they are: fit changed its input',
    {
      ...toy(),
      fit: (x, y, context) => {
        const model = toy().fit(x, y, context);
        numericColumns(x)[0].values.reverse();
        return model;
      },
    },
  ],
  [
    'keep nothing of its training data but copies: row 1 is predicted as 0',
    { ...toy(), fit: (x, y, context) => ({ ...toy().fit(x, y, context), targets: y }) },
  ],
  [
    'learn the same whatever the order of the rows: predictions moved',
    withModel(({ targets }) => ({ targets: targets.map((value, row) => value + row) })),
  ],
  ['learn from missing values where it declares to take them: it threw', { ...toy(), takesMissing: true }],
  ['learn from codes of levels where it declares to take them: it threw', { ...toy(), takesNominal: true }],
  [
    'refuse codes of levels unless it declares to take them: codes of levels was accepted',
    {
      ...toy(),
      fit: (x, y, context) => {
        const plain = numericColumns(x).map(({ name, values }) => numericColumn(name, values));
        return toy().fit(table(plain, x.rowCount), y, context);
      },
    },
  ],
  [
    'refuse what it cannot learn from: a missing target was accepted',
    {
      ...toy(),
      fit: (x, y, context) =>
        toy().fit(
          x,
          y.map((value) => (Number.isNaN(value) ? 0 : value)),
          context,
        ),
    },
  ],
  [
    'refuse what it cannot learn from: no rows ended in TypeError: boom',
    {
      ...toy(),
      fit: (x, y, context) => {
        if (x.rowCount === 0) throw new TypeError('boom');
        return toy().fit(x, y, context);
      },
    },
  ],
  [
    "name its features in their order: the model's features are level=2",
    withModel(({ features }) => ({ features: features.toReversed() })),
  ],
  [
    'be plain data, so that JSON can hold it: the model.targets[0] is NaN',
    withModel(({ targets }) => ({ targets: targets.with(0, Number.NaN) })),
  ],
];

describe('the checks of estimators', () => {
  it('find nothing wrong with one that keeps every promise', async () => {
    expect(await check(toy())).toEqual([]);
  });

  it.each(broken)('find what breaks the promise to %s', async (promise, estimator, options) => {
    const findings = await check(estimator, options);
    expect(findings.join('\n')).toContain(promise);
  });

  it('name the estimator, the promise and what would be right', async () => {
    expect(await check({ ...toy(), complexity: 7 })).toEqual([
      'toy must say how simple it is: its complexity is 7 (expected 0, 1, 2, 3 or 4)',
    ]);
  });
});
