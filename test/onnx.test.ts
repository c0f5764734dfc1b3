import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  encodeBundle,
  loadBundle,
  predictor,
  predictPipeline,
  recordParser,
  rowRecord,
  takeRows,
  type Bundle,
  type Pipeline,
} from '@scorecast/core';
import { readDataset, examsSchema, studyHabitsSchema, type Dataset } from '@scorecast/data';
import { encodeOnnx, mlflowModelFolder } from '@scorecast/onnx';
import { trainBundle, type GridEntry } from '@scorecast/train';
import { afterAll, describe, expect, it } from 'vitest';
import { pythonWith, runClient } from '../packages/track/test/clients/python-client.js';
import { onnxModels, type OnnxModel } from './onnx-models.js';
import { root } from './source-files.js';
import { writeModel } from './write-model.js';

/** What engines may differ by, relative to predictions above 1: they add numbers up in an order of their own. */
const TOLERANCE = 1e-12;

/** What the golden file's 12 digits leave. */
const GOLDEN_TOLERANCE = 1e-11;

interface Answers {
  readonly prediction: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}

const golden: { readonly models: readonly ({ readonly name: string; readonly sha256: string } & Answers)[] } =
  JSON.parse(readFileSync(join(root, 'fixtures/golden/onnx.json'), 'utf8'));

const folder = mkdtempSync(join(tmpdir(), 'scorecast-onnx-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The largest difference of an engine's answers from the predictor's, relative to answers above 1. */
function worstDifference({ bundle, rows }: OnnxModel, answers: Answers): number {
  const expected = predictor(bundle).predictRecords(rows, 'typed');
  const pairs = expected.flatMap(({ value, lower, upper }, i) => [
    [value, answers.prediction[i]],
    [lower, answers.lower[i]],
    [upper, answers.upper[i]],
  ]);
  return Math.max(
    ...pairs.map(([own, other]) => Math.abs(Number(own) - (other ?? NaN)) / Math.max(1, Math.abs(Number(own)))),
  );
}

describe('ONNX models, by what onnxruntime answered when the golden file was made', async () => {
  const models = await onnxModels(60);

  it('are those of the golden file', () => {
    expect(models.map(({ name }) => name).sort()).toEqual(golden.models.map(({ name }) => name));
  });

  it.each(models)('are the bytes that onnxruntime ran, and the predictor says the same: $name', (model) => {
    const answered = golden.models.find(({ name }) => name === model.name);
    expect(createHash('sha256').update(encodeOnnx(model.bundle)).digest('hex')).toBe(answered?.sha256);
    if (answered !== undefined) expect(worstDifference(model, answered)).toBeLessThan(GOLDEN_TOLERANCE);
  });
});

/** Trains one bundle on the first rows of a sample. */
async function trainOne(dataset: Dataset, schema: Bundle['schema'], entry: GridEntry): Promise<Bundle> {
  const { bundle } = await trainBundle({
    schema,
    features: takeRows(dataset.features, ROWS),
    target: dataset.target.slice(0, ROWS.length),
    dataSha256: dataset.sha256,
    dataRows: dataset.fileRows,
    grid: [entry],
    folds: 2,
    floor: { metric: 'r2', limit: -Infinity },
    workers: 1,
  });
  return loaded(bundle);
}

const ROWS = Int32Array.from({ length: 150 }, (_, i) => i);

const GRID: Readonly<Record<string, GridEntry>> = {
  ridge: { estimator: 'ridge', preprocessing: { ordinal: 'rank', polynomial: { degree: 3 } } },
  'k-neighbors': { estimator: 'k-neighbors', params: { weights: 'distance', p: 1 } },
  'random-forest': { estimator: 'random-forest', params: { nEstimators: 20 }, preprocessing: { nominal: 'native' } },
  'gradient-boosting': {
    estimator: 'gradient-boosting',
    params: { nEstimators: 50 },
    preprocessing: { unseen: 'error' },
  },
  adaboost: { estimator: 'adaboost', params: { nEstimators: 20 } },
  'neural-network': {
    estimator: 'neural-network',
    params: { maxIter: 5 },
    preprocessing: { scaling: 'min-max' },
  },
};

const COUNT = Object.keys(GRID).length;

/** All models of one sample, with equal weights. */
function stackOf(models: readonly OnnxModel[]): Promise<Bundle> {
  const [{ bundle }] = models;
  const pipeline: Pipeline = {
    transformers: [],
    model: {
      kind: 'stack',
      features: bundle.schema.features.map(({ name }) => name),
      members: models.map((model) => model.bundle.pipeline),
      weights: new Float64Array(models.length).fill(1 / models.length),
      intercept: 0.5,
    },
  };
  const { rows } = bundle.replay;
  const predictions = Array.from(predictPipeline(pipeline, recordParser(bundle.schema)(rows, 'typed')));
  return loaded({ ...bundle, pipeline, replay: { rows, predictions } });
}

async function loaded(bundle: Omit<Bundle, 'version'>): Promise<Bundle> {
  return loadBundle(await encodeBundle(bundle));
}

async function trainedModels(): Promise<readonly OnnxModel[]> {
  const samples = join(root, 'packages/data/samples');
  const sets = [
    { schema: examsSchema, dataset: await readDataset(join(samples, 'exams.csv'), examsSchema) },
    { schema: studyHabitsSchema, dataset: await readDataset(join(samples, 'study-habits.csv'), studyHabitsSchema) },
  ];
  const models: OnnxModel[] = [];
  for (const { schema, dataset } of sets) {
    const rows = Array.from({ length: 300 }, (_, i) => rowRecord(dataset.features, i + ROWS.length));
    for (const [name, entry] of Object.entries(GRID)) {
      models.push({ name: `${schema.name}-${name}`, bundle: await trainOne(dataset, schema, entry), rows });
    }
    models.push({ name: `${schema.name}-stack`, bundle: await stackOf(models.slice(-COUNT)), rows });
  }
  return models;
}

describe('trained models in Python', { timeout: 300_000 }, async () => {
  const models = await trainedModels();

  it('answer in onnxruntime as here, on rows of both samples', async (context) => {
    const python = await pythonWith('3.6.0', context);
    const place = mkdtempSync(join(folder, 'models-'));
    const all = [...(await onnxModels(300)), ...models];
    for (const model of all) {
      mkdirSync(join(place, model.name));
      writeModel(join(place, model.name), model);
    }
    const answers: Readonly<Record<string, Answers>> = JSON.parse(
      await runClient(python, 'answers_onnx.py', { args: [place] }),
    );
    const worst = Object.fromEntries(all.map((model) => [model.name, worstDifference(model, answers[model.name])]));
    expect(Object.entries(worst).filter(([, difference]) => !(difference < TOLERANCE))).toEqual([]);
  });

  it('answer NaN in onnxruntime where rows are refused here', async (context) => {
    const python = await pythonWith('3.6.0', context);
    const place = mkdtempSync(join(folder, 'refused-'));
    const [
      {
        bundle,
        rows: [row],
      },
    ] = models;
    const rows = [row, { ...row, lunch: 'none' }, { ...row, lunch: '' }, { ...row, gender: null }];
    mkdirSync(join(place, 'refused'));
    writeModel(join(place, 'refused'), { name: 'refused', bundle, rows });
    const { refused }: { refused: Answers } = JSON.parse(await runClient(python, 'answers_onnx.py', { args: [place] }));
    expect(refused.prediction.map((value) => value === null)).toEqual([false, true, true, true]);
    expect(refused.lower.slice(1)).toEqual([null, null, null]);
  });

  it.for(['3.6.0', '2.22.2'] as const)(
    'open as model folders in MLflow %s and take data frames',
    async (version, context) => {
      const python = await pythonWith(version, context);
      const place = mkdtempSync(join(folder, 'folders-'));
      for (const model of models) {
        mkdirSync(join(place, model.name, 'model'), { recursive: true });
        const files = await mlflowModelFolder(model.bundle, {
          runId: 'a'.repeat(32),
          modelUuid: 'b'.repeat(32),
          createdAt: 0,
        });
        for (const [name, content] of Object.entries(files)) {
          writeFileSync(join(place, model.name, 'model', name), content);
        }
        writeFileSync(join(place, model.name, 'rows.csv'), csvOf(model));
      }
      type Loaded = Answers & { readonly uuid: string; readonly run: string; readonly signature: readonly string[] };
      const loaded: Readonly<Record<string, Loaded>> = JSON.parse(
        await runClient(python, 'loads_model_folder.py', { args: [place] }),
      );
      for (const model of models) {
        const { uuid, run, signature, ...answers } = loaded[model.name];
        expect(worstDifference(model, answers)).toBeLessThan(TOLERANCE);
        expect([uuid, run]).toEqual(['b'.repeat(32), 'a'.repeat(32)]);
        expect(signature).toEqual(model.bundle.schema.features.map(({ name }) => name));
      }
    },
  );
});

/** Rows as people keep them: gaps are empty cells, which pandas reads as NaN. */
function csvOf({ bundle, rows }: OnnxModel): string {
  const names = bundle.schema.features.map(({ name }) => name);
  const lines = rows.map((row) => names.map((name) => (row[name] === null ? '' : JSON.stringify(row[name]))).join());
  return [names.join(), ...lines, ''].join('\n');
}
