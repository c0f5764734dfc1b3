import {
  defineSchema,
  encodeBundle,
  loadBundle,
  mersenneTwister,
  predictPipeline,
  recordParser,
  type Bundle,
  type CellValue,
  type FittedTransformer,
  type Pipeline,
  type Tree,
} from '@scorecast/core';
import { parityBundle, parityRecords } from './parity-bundle.js';
import { tinyBundle } from './tiny-bundle.js';

// Bundles that take every path of the export to ONNX, with random numbers in them.

type Row = Readonly<Record<string, CellValue>>;

/** A bundle and rows that it answers. */
export interface OnnxModel {
  readonly name: string;
  readonly bundle: Bundle;
  readonly rows: readonly Row[];
}

const TOWNS = Array.from({ length: 150 }, (_, i) => `town ${i} – Nº ${i}`);

const townSchema = defineSchema({
  name: 'towns',
  features: [
    { kind: 'nominal', name: 'town', levels: TOWNS, optional: true },
    { kind: 'numeric', name: 'hours', optional: true },
    { kind: 'numeric', name: 'absences', integer: true },
    { kind: 'ordinal', name: 'education', levels: ['', 'school', 'college'] },
  ],
  target: { name: 'score', min: -4, max: 4 },
});

const townNames = ['town', 'hours', 'absences', 'education'];

const townTransformers: readonly FittedTransformer[] = [
  // The last towns did not occur in training.
  { kind: 'level-codes', unseen: 'ignore', columns: [{ name: 'town', levels: TOWNS.slice(0, 120) }] },
  { kind: 'ordinal-encoding', columns: [{ name: 'education', levels: ['', 'school', 'college'] }] },
];

/** Trees that part towns by large sets, a tree of one leaf among them; hours and towns may be missing. */
function townTrees(count: number): readonly Tree[] {
  const random = mersenneTwister(11);
  const number = () => random.normal();
  return Array.from({ length: count }, (_, i) => {
    const inner = i === 1 ? 0 : 7;
    const size = 2 * inner + 1;
    const feature = Int32Array.from({ length: size }, (_node, node) => (node < inner ? random.boundedInt(3) : -1));
    const towns = () => Array.from({ length: 120 }, (_town, code) => code).filter(() => random.double() < 0.4);
    return {
      feature,
      threshold: Float64Array.from(feature, (at) => (at === 2 ? random.boundedInt(20) : number())),
      left: Int32Array.from(feature, (at, node) => (at < 0 ? -1 : 2 * node + 1)),
      right: Int32Array.from(feature, (at, node) => (at < 0 ? -1 : 2 * node + 2)),
      missingLeft: Uint8Array.from(feature, () => random.boundedInt(1)),
      sets: Array.from(feature, (at) => Int32Array.from(at === 0 ? towns() : [])),
      value: Float64Array.from(feature, number),
      cover: new Float64Array(size).fill(1),
    };
  });
}

/** Some rows miss what is optional. */
function townRows(count: number): readonly Row[] {
  const random = mersenneTwister(12);
  return Array.from({ length: count }, () => ({
    town: random.boundedInt(4) === 0 ? null : TOWNS[random.boundedInt(TOWNS.length - 1)],
    hours: random.boundedInt(4) === 0 ? null : random.normal(),
    absences: random.boundedInt(20),
    education: ['', 'school', 'college'][random.boundedInt(2)],
  }));
}

async function withPipeline(schema: Bundle['schema'], pipeline: Pipeline, rows: readonly Row[]): Promise<Bundle> {
  const predictions = Array.from(predictPipeline(pipeline, recordParser(schema)(rows, 'typed')));
  return loadBundle(await encodeBundle({ ...tinyBundle, schema, pipeline, replay: { rows, predictions } }));
}

/** Every kind of model behind every kind of transformer. */
export async function onnxModels(rowCount: number): Promise<readonly OnnxModel[]> {
  const kinds = ['linear', 'neighbours', 'tree-ensemble', 'network', 'stack'] as const;
  const parity = kinds.map(async (name) => ({
    name,
    bundle: await loadBundle(await parityBundle(name)),
    rows: parityRecords(rowCount),
  }));
  const rows = townRows(rowCount);
  const trees = townTrees(25);
  const town = async (name: string, model: Pipeline['model']) => ({
    name,
    bundle: await withPipeline(townSchema, { transformers: townTransformers, model }, rows.slice(0, 5)),
    rows,
  });
  const weights = Float64Array.from(trees, (_, i) => 1 + (i % 4) / 3);
  const ensemble = { kind: 'tree-ensemble', features: townNames, trees } as const;
  const hours = Array.from({ length: rowCount }, (_, i) => ({ hours: i / 7 }));
  return [
    ...(await Promise.all(parity)),
    await town('sum', { ...ensemble, combine: 'sum', base: 0.25 }),
    await town('weighted-median', { ...ensemble, combine: 'weighted-median', weights }),
    { name: 'one-feature', bundle: tinyBundle, rows: hours },
  ];
}
