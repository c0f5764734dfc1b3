import { defineSchema, type Bundle, type FittedTransformer, type Model } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { encodeOnnx } from '../src/index.js';
import { modelMessage } from '../src/graph/onnx-messages.js';
import { bundleWith, linear } from './bundle-with.js';

interface Decoded {
  readonly irVersion: number;
  readonly opsetImport: readonly { readonly domain?: string; readonly version: number }[];
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
  readonly graph: {
    readonly node: readonly {
      readonly opType: string;
      readonly input: readonly string[];
      readonly output: readonly string[];
    }[];
    readonly initializer: readonly { readonly name: string }[];
    readonly input: readonly Value[];
    readonly output: readonly Value[];
  };
}

interface Value {
  readonly name: string;
  readonly type: {
    readonly tensorType: { readonly elemType: number; readonly shape: { readonly dim: readonly object[] } };
  };
}

const schema = defineSchema({
  name: 'marks',
  features: [
    { kind: 'numeric', name: 'hours', optional: true },
    { kind: 'numeric', name: 'absences', integer: true },
    { kind: 'nominal', name: 'lunch', levels: ['standard', 'free'] },
  ],
  target: { name: 'score', min: 0, max: 100 },
});

const oneHot: FittedTransformer = {
  kind: 'one-hot',
  unseen: 'ignore',
  columns: [{ name: 'lunch', levels: ['standard', 'free'] }],
};

const encoded = linear(['hours', 'absences', 'lunch=standard', 'lunch=free']);

function decode(bundle: Bundle): Decoded {
  const { irVersion, opsetImport, metadataProps, graph }: Decoded = JSON.parse(
    JSON.stringify(modelMessage.toObject(modelMessage.decode(encodeOnnx(bundle)), { longs: Number })),
  );
  return { irVersion, opsetImport, metadataProps, graph };
}

describe('an ONNX model', () => {
  const model = decode(bundleWith(schema, [oneHot], encoded));

  it('has an input per feature: doubles, whole numbers where none can be missing, and texts', () => {
    const shape = [{ dimParam: 'rows' }];
    expect(
      model.graph.input.map(({ name, type: { tensorType } }) => [name, tensorType.elemType, tensorType.shape.dim]),
    ).toEqual([
      ['hours', 11, shape],
      ['absences', 7, shape],
      ['lunch', 8, shape],
    ]);
  });

  it('takes a single feature as a column, as MLflow gives a data frame of one column', () => {
    const single = defineSchema({ ...schema, features: [schema.features[1]] });
    const [input] = decode(bundleWith(single, [], linear(['absences']))).graph.input;
    expect(input.type.tensorType.shape.dim).toEqual([{ dimParam: 'rows' }, { dimValue: 1 }]);
  });

  it('gives the prediction and its interval in doubles', () => {
    expect(model.graph.output.map(({ name, type }) => [name, type.tensorType.elemType])).toEqual([
      ['prediction', 11],
      ['lower', 11],
      ['upper', 11],
    ]);
  });

  it('says which versions of the format it is written in, and which bundle it is', () => {
    expect(model.irVersion).toBe(10);
    expect(model.opsetImport.map(({ version }) => version)).toEqual([18, 5]);
    expect(Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value]))).toEqual({
      'scorecast.bundle': 'tiny',
      'scorecast.bundle_version': '000000000000',
    });
  });

  it('names nothing twice and uses nothing before it is there', () => {
    const known = new Set([...model.graph.input, ...model.graph.initializer].map(({ name }) => name));
    for (const { input, output } of model.graph.node) {
      expect(input.filter((name) => !known.has(name))).toEqual([]);
      expect(output.filter((name) => known.has(name))).toEqual([]);
      for (const name of output) known.add(name);
    }
    expect(known).toContain('prediction');
  });

  it('leaves names that features have to them', () => {
    const awkward = defineSchema({ ...schema, features: [{ ...schema.features[0], name: 't0' }, schema.features[1]] });
    const { node } = decode(bundleWith(awkward, [], linear(['t0', 'absences']))).graph;
    expect(node.flatMap(({ output }) => output)).not.toContain('t0');
  });

  it('has the same bytes for the same bundle', () => {
    const bundle = bundleWith(schema, [oneHot], encoded);
    expect(encodeOnnx(bundle)).toEqual(encodeOnnx(bundle));
  });
});

describe('what ONNX cannot say', () => {
  it('is refused by name: a feature that is named as an output', () => {
    const taken = defineSchema({ ...schema, features: [{ kind: 'numeric', name: 'upper' }] });
    expect(() => encodeOnnx(bundleWith(taken, [], linear(['upper'])))).toThrow(
      'the feature "upper" cannot become an input of an ONNX model, whose outputs are named prediction, lower, upper',
    );
  });

  it('is refused by name: a column of levels that no transformer encodes', () => {
    const model: Model = linear(['hours', 'absences', 'lunch']);
    expect(() => encodeOnnx(bundleWith(schema, [], model))).toThrow('the column "lunch" is categorical');
  });
});
