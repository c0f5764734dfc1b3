import { describe, expect, it } from 'vitest';
import {
  categoricalColumn,
  numericColumn,
  predict,
  predictPipeline,
  table,
  type LinearModel,
  type NetworkModel,
  type NeighboursModel,
  type Pipeline,
  type StackModel,
  type TreeEnsemble,
} from '../../src/index.js';

const linear: LinearModel = { kind: 'linear', features: ['hours'], coefficients: Float64Array.of(3), intercept: 1 };

const neighbours: NeighboursModel = {
  kind: 'neighbours',
  features: ['hours'],
  k: 1,
  weights: 'uniform',
  p: 2,
  rows: Float64Array.of(4),
  targets: Float64Array.of(13),
};

const leaf: TreeEnsemble = {
  kind: 'tree-ensemble',
  features: ['hours'],
  combine: 'mean',
  trees: [
    {
      feature: Int32Array.of(-1),
      threshold: Float64Array.of(0),
      left: Int32Array.of(0),
      right: Int32Array.of(0),
      missingLeft: Uint8Array.of(0),
      value: Float64Array.of(13),
      cover: Float64Array.of(1),
    },
  ],
};

const network: NetworkModel = {
  kind: 'network',
  features: ['hours'],
  layers: [
    { weights: Float64Array.of(1, -1), biases: Float64Array.of(-1, 1) },
    { weights: Float64Array.of(2, 5), biases: Float64Array.of(0.5) },
  ],
  outputCenter: 0,
  outputScale: 2,
};

const stack: StackModel = {
  kind: 'stack',
  features: ['hours'],
  members: [
    { transformers: [], model: linear },
    { transformers: [], model: leaf },
  ],
  weights: Float64Array.of(0.5, 0.5),
  intercept: 0,
};

describe.each([linear, neighbours, leaf, network, stack])('a model of kind $kind', (model) => {
  it('predicts one number per row', () => {
    expect(predict(model, table([numericColumn('hours', [4, 4])]))).toEqual(Float64Array.of(13, 13));
  });

  it('predicts nothing from no rows', () => {
    expect(predict(model, table([numericColumn('hours', [])]))).toEqual(new Float64Array(0));
  });

  it('refuses columns of other names, another order or another number', () => {
    const column = numericColumn('hours', [4]);
    const message = 'the model was trained on the columns hours (found ';
    expect(() => predict(model, table([numericColumn('days', [4])]))).toThrow(`${message}days)`);
    expect(() => predict(model, table([column, numericColumn('x', [1])]))).toThrow(`${message}hours, x)`);
    expect(() => predict(model, table([], 1))).toThrow(`${message})`);
  });

  it('refuses a categorical column', () => {
    expect(() => predict(model, table([categoricalColumn('hours', [0], ['many'])]))).toThrow('encode it first');
  });
});

describe('a stack', () => {
  const features = ['hours', 'group'];
  const rows = table([numericColumn('hours', [4, Number.NaN]), categoricalColumn('group', [1, -1], ['A', 'B'])]);
  const member = (fill: number): Pipeline => ({
    transformers: [
      { kind: 'imputation', columns: [{ name: 'hours', fill }] },
      { kind: 'one-hot', unseen: 'ignore', columns: [{ name: 'group', levels: ['B'] }] },
    ],
    model: { kind: 'linear', features: ['hours', 'group=B'], coefficients: Float64Array.of(1, 100), intercept: 0 },
  });
  const model: StackModel = {
    kind: 'stack',
    features,
    members: [member(2), member(8)],
    weights: Float64Array.of(0.5, 0.25),
    intercept: 1,
  };

  it('adds the weighted answers of its members, each behind transformers of its own, to the intercept', () => {
    expect(predict(model, rows)).toEqual(Float64Array.of(1 + 0.5 * 104 + 0.25 * 104, 1 + 0.5 * 2 + 0.25 * 8));
  });

  it('may have a stack among its members', () => {
    const outer: StackModel = {
      ...model,
      members: [{ transformers: [], model }],
      weights: Float64Array.of(2),
      intercept: 0,
    };
    expect(predict(outer, rows)).toEqual(predict(model, rows).map((answer) => 2 * answer));
  });

  it('refuses other columns, though they would serve its members', () => {
    expect(() => predict({ ...model, features: ['hours'] }, rows)).toThrow('(found hours, group)');
  });
});

describe('a pipeline', () => {
  it('transforms, then predicts', () => {
    const scaling = { kind: 'scaling', columns: [{ name: 'hours', center: 10, scale: 2 }] } as const;
    const pipeline = { transformers: [scaling], model: linear };
    expect(predictPipeline(pipeline, table([numericColumn('hours', [10, 14])]))).toEqual(Float64Array.of(1, 7));
  });
});
