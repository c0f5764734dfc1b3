import { defineSchema, loadBundle, type Bundle } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { encodeOnnx, mlflowModelFolder } from '../src/index.js';
import { bundleWith, linear } from './bundle-with.js';

const schema = defineSchema({
  name: 'marks',
  features: [
    { kind: 'numeric', name: 'hours', optional: true },
    { kind: 'numeric', name: 'absences', integer: true },
    { kind: 'nominal', name: 'lunch', levels: ['standard', 'free'] },
  ],
  target: { name: 'score' },
});

const bundle: Bundle = bundleWith(
  schema,
  [
    { kind: 'imputation', columns: [{ name: 'hours', fill: 0 }] },
    { kind: 'ordinal-encoding', columns: [{ name: 'lunch', levels: ['standard', 'free'] }] },
  ],
  linear(['hours', 'absences', 'lunch']),
);

describe('a model folder of MLflow', async () => {
  const files = await mlflowModelFolder(
    { ...bundle, replay: { ...bundle.replay, predictions: [5, 4] } },
    {
      runId: 'r1',
      modelUuid: 'u1',
      createdAt: Date.UTC(2026, 10, 20, 9, 8, 7, 6),
    },
  );
  const text = (name: string) => String(files[name]);
  const described: unknown = parse(text('MLmodel'));

  it('has all files that MLflow looks for', () => {
    expect(Object.keys(files).sort()).toEqual([
      'MLmodel',
      'bundle.json',
      'conda.yaml',
      'input_example.json',
      'model.onnx',
      'python_env.yaml',
      'requirements.txt',
      'serving_input_example.json',
    ]);
  });

  it('says where it comes from and who loads it', () => {
    expect(described).toMatchObject({
      run_id: 'r1',
      model_uuid: 'u1',
      utc_time_created: '2026-11-20 09:08:07.006000',
      flavors: { python_function: { loader_module: 'mlflow.onnx', data: 'model.onnx' }, onnx: { data: 'model.onnx' } },
      metadata: { scorecast_bundle: 'tiny', scorecast_bundle_version: '000000000000' },
    });
  });

  it('has a signature of columns, so that it takes data frames', () => {
    const { signature }: { signature: { inputs: string } } = parse(text('MLmodel'));
    expect(JSON.parse(signature.inputs)).toEqual([
      { type: 'double', name: 'hours', required: true },
      { type: 'long', name: 'absences', required: true },
      { type: 'string', name: 'lunch', required: true },
    ]);
  });

  it('brings the rows that the bundle keeps as its example, gaps included', () => {
    expect(JSON.parse(text('input_example.json'))).toEqual({
      columns: ['hours', 'absences', 'lunch'],
      data: [
        [1, 2, 'free'],
        [null, 3, 'standard'],
      ],
    });
  });

  it('brings the bundle itself, which loads', async () => {
    const loaded = await loadBundle(text('bundle.json'));
    expect(encodeOnnx({ ...loaded, version: bundle.version })).toEqual(files['model.onnx']);
  });
});
