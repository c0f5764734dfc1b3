import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeBundle,
  explainer,
  loadBundle,
  predictPipeline,
  recordParser,
  type Bundle,
  type Model,
  type Pipeline,
} from '../../src/index.js';
import { models, sampleBundle } from '../bundle/sample-bundle.js';
import { anyTree, COLUMNS } from './any-tree.js';

const reference = [
  { kind: 'numeric', name: 'reading', missing: 0, mean: 65, sd: 10, quantiles: [17, 60, 70, 80, 100] },
  {
    kind: 'categorical',
    name: 'lunch',
    missing: 0,
    counts: [
      { level: 'standard', count: 600 },
      { level: 'free/reduced', count: 200 },
    ],
  },
  { kind: 'categorical', name: 'education', missing: 400, counts: [{ level: 'college', count: 400 }] },
] as const;

const { pipeline: samplePipeline } = sampleBundle();

async function bundleOf(pipeline: Pipeline, changes: Partial<Bundle> = {}): Promise<Bundle> {
  const draft = sampleBundle({ pipeline, reference, ...changes });
  const rows = recordParser(draft.schema)(draft.replay.rows, 'typed');
  const predictions = Array.from(predictPipeline(pipeline, rows));
  return loadBundle(await encodeBundle({ ...draft, replay: { rows: draft.replay.rows, predictions } }));
}

const records = fc.array(
  fc.record({
    reading: fc.integer({ min: 0, max: 100 }),
    lunch: fc.constantFrom('standard', 'free/reduced'),
    education: fc.constantFrom('school', 'college', null),
  }),
  { minLength: 1, maxLength: 3 },
);

function behind(model: Model): Pipeline {
  return { transformers: samplePipeline.transformers, model };
}

const squares: Pipeline = {
  transformers: [
    ...samplePipeline.transformers,
    { kind: 'polynomial', degree: 2, interactionOnly: true, columns: [{ name: 'reading' }, { name: 'education' }] },
  ],
  model: {
    ...models.linear,
    features: [...models.linear.features, 'reading*education'],
    coefficients: Float64Array.of(10, 2, -2, 0.1, 5),
  },
};
const median: Model = { ...models['tree-ensemble'], combine: 'weighted-median', weights: Float64Array.of(1) };
const sum: Model = { ...models['tree-ensemble'], combine: 'sum', base: 12 };

function stackOf(...members: readonly Model[]): Pipeline {
  const weights = Float64Array.from(members, (_, i) => 0.5 + i);
  const features = sampleBundle().schema.features.map(({ name }) => name);
  return {
    transformers: [],
    model: { kind: 'stack', features, members: members.map(behind), weights, intercept: -3 },
  };
}

const cases: readonly (readonly [string, string, Pipeline])[] = [
  ['a linear model', 'linear', samplePipeline],
  ['trees that are averaged', 'tree-shap', behind(models['tree-ensemble'])],
  ['trees that are added', 'tree-shap', behind(sum)],
  ['a stack of both', 'members', stackOf(models.linear, sum)],
  ['neighbours', 'enumeration', behind(models.neighbours)],
  ['a network', 'enumeration', behind(models.network)],
  ['a weighted median of trees', 'enumeration', behind(median)],
  ['products of columns', 'enumeration', squares],
  ['a stack with a network in it', 'enumeration', stackOf(models.linear, models.network)],
];

describe.each(cases)('the explanation of %s', (_name, method, pipeline) => {
  it(`is by ${method}, and adds up to the very prediction`, async () => {
    const bundle = await bundleOf(pipeline);
    const explain = explainer(bundle);
    expect(explain.method).toBe(method);
    fc.assert(
      fc.property(records, (rows) => {
        const features = recordParser(bundle.schema)(rows, 'typed');
        const predictions = predictPipeline(pipeline, features);
        explain.explainTable(features).forEach(({ base, prediction, contributions }, i) => {
          expect(prediction).toBe(predictions[i]);
          expect(contributions.reduce((total, value) => total + value, base)).toBeCloseTo(prediction, 9);
        });
      }),
    );
  });

  it('is the same for a row alone and among others', async () => {
    const bundle = await bundleOf(pipeline);
    const parse = recordParser(bundle.schema);
    const rows = bundle.replay.rows;
    const together = explainer(bundle).explainTable(parse(rows, 'typed'));
    expect(rows.flatMap((row) => explainer(bundle).explainTable(parse([row], 'typed')))).toEqual(together);
  });
});

describe('explainer', () => {
  it('measures a linear model from the means of training, with the columns of a feature put together', async () => {
    const bundle = await bundleOf(samplePipeline);
    const features = recordParser(bundle.schema)([{ reading: 80, lunch: 'standard', education: 'college' }], 'typed');
    const [{ base, contributions }] = explainer(bundle).explainTable(features);
    // reading: 10 * (80 - 65) / 10; lunch: 2 * (1 - .75) - 2 * (0 - .25); education, half of it filled as school: .1 * (1 - .5)
    [15, 1, 0.05].forEach((expected, f) => expect(contributions[f]).toBeCloseTo(expected, 12));
    expect(base).toBeCloseTo(60.5 - 5 + 1.5 - 0.5 + 0.05, 12);
  });

  it('measures what it has to enumerate from a typical record', async () => {
    const bundle = await bundleOf(behind(models.network));
    const typical = { reading: 70, lunch: 'standard', education: 'college' };
    const features = recordParser(bundle.schema)([typical, { ...typical, reading: 71 }], 'typed');
    const [same, other] = explainer(bundle).explainTable(features);
    expect(same.base).toBe(same.prediction);
    expect(Array.from(same.contributions)).toEqual([0, 0, 0]);
    expect(Array.from(other.contributions)).toEqual([expect.closeTo(other.prediction - other.base, 12), 0, 0]);
  });

  it('gives a stack the weighted contributions of its members', async () => {
    const stack = await bundleOf(stackOf(models.linear, sum));
    const features = recordParser(stack.schema)(stack.replay.rows, 'typed');
    const [one] = explainer(stack).explainTable(features);
    const [left] = explainer(await bundleOf(samplePipeline)).explainTable(features);
    const [right] = explainer(await bundleOf(behind(sum))).explainTable(features);
    one.contributions.forEach((value, f) => {
      expect(value).toBeCloseTo(0.5 * left.contributions[f] + 1.5 * right.contributions[f], 12);
    });
  });

  it('adds up for any ensemble of trees', async () => {
    const bundle = await bundleOf(samplePipeline);
    const columns = models.linear.features;
    expect(columns).toHaveLength(COLUMNS);
    fc.assert(
      fc.property(fc.array(anyTree, { minLength: 1, maxLength: 4 }), records, (trees, rows) => {
        const model: Model = { kind: 'tree-ensemble', features: columns, combine: 'mean', trees };
        const features = recordParser(bundle.schema)(rows, 'typed');
        for (const { base, prediction, contributions } of explainer({
          ...bundle,
          pipeline: behind(model),
        }).explainTable(features)) {
          expect(contributions.reduce((total, value) => total + value, base)).toBeCloseTo(prediction, 9);
        }
      }),
    );
  });

  it('refuses what it can only enumerate when there are too many features', async () => {
    const bundle = await bundleOf(behind(models.network));
    const [reading] = bundle.schema.features;
    const features = Array.from({ length: 11 }, (_, i) => ({ ...reading, name: `x${i}` }));
    expect(() => explainer({ ...bundle, schema: { ...bundle.schema, features } })).toThrow(
      expect.objectContaining({ code: 'EXPLAIN_TOO_MANY_FEATURES', status: 422 }),
    );
  });

  it('says which feature the bundle has no reference for', async () => {
    for (const pipeline of [samplePipeline, behind(models.network)]) {
      const bundle = await bundleOf(pipeline, { reference: reference.slice(0, 1) });
      expect(() => explainer(bundle)).toThrow(/does not say what "lunch" looked like/);
    }
  });
});
