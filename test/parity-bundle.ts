import {
  defineSchema,
  encodeBundle,
  mersenneTwister,
  predictPipeline,
  recordParser,
  type FittedTransformer,
  type MersenneTwister,
  type Model,
  type Pipeline,
  type Tree,
} from '@scorecast/core';
import { tinyBundle } from './tiny-bundle.js';

// Bundles of every kind of model behind every kind of transformer, with random numbers in them: what their predictions
// mean does not matter, only that they take every path and every bit of a double.

const GROUPS = ['A', 'B', 'C'];
const EDUCATION = ['school', 'college', 'master'];

const schema = defineSchema({
  name: 'parity',
  features: [
    { kind: 'numeric', name: 'hours' },
    { kind: 'numeric', name: 'attendance', optional: true },
    { kind: 'nominal', name: 'group', levels: GROUPS, optional: true },
    { kind: 'ordinal', name: 'education', levels: EDUCATION },
  ],
  target: { name: 'score' },
});

const transformers: readonly FittedTransformer[] = [
  { kind: 'imputation', columns: [{ name: 'attendance', fill: 80.1 }] },
  { kind: 'ordinal-encoding', columns: [{ name: 'education', levels: EDUCATION }] },
  { kind: 'one-hot', unseen: 'ignore', columns: [{ name: 'group', levels: GROUPS }] },
  {
    kind: 'scaling',
    columns: [
      { name: 'hours', center: 4.3, scale: 2.7 },
      { name: 'attendance', center: 79.9, scale: 11.3 },
    ],
  },
  { kind: 'polynomial', degree: 3, interactionOnly: true, columns: [{ name: 'hours' }, { name: 'attendance' }] },
];

const features = ['hours', 'attendance', ...GROUPS.map((group) => `group=${group}`), 'education', 'hours*attendance'];

const doubles = (random: MersenneTwister, count: number) => Float64Array.from({ length: count }, () => random.normal());

/** A complete tree of the depth. */
function randomTree(random: MersenneTwister, depth: number): Tree {
  const inner = 2 ** depth - 1;
  const size = 2 * inner + 1;
  const node = (values: (i: number) => number) =>
    Int32Array.from({ length: size }, (_, i) => (i < inner ? values(i) : -1));
  return {
    feature: node(() => random.boundedInt(features.length - 1)),
    threshold: doubles(random, size),
    left: node((i) => 2 * i + 1),
    right: node((i) => 2 * i + 2),
    missingLeft: Uint8Array.from({ length: size }, () => random.boundedInt(1)),
    value: doubles(random, size),
    cover: new Float64Array(size).fill(1),
  };
}

/** Trees of which some nodes part the levels of the group, behind transformers that keep it whole. */
function levelPipeline(random: MersenneTwister): Pipeline {
  const own = schema.features.map((feature) => feature.name);
  const group = own.indexOf('group');
  const trees = Array.from({ length: 30 }, () => {
    const tree = randomTree(random, 5);
    const feature = tree.feature.map((at) => Math.min(at, own.length - 1));
    const sets = Array.from(feature, (at) => Int32Array.from(at === group ? [random.boundedInt(2)] : []));
    return { ...tree, feature, sets };
  });
  const levels: FittedTransformer = {
    kind: 'level-codes',
    unseen: 'ignore',
    columns: [{ name: 'group', levels: GROUPS }],
  };
  return {
    transformers: [...transformers.slice(0, 2), levels],
    model: { kind: 'tree-ensemble', features: own, combine: 'sum', base: random.normal(), trees },
  };
}

function randomModel(kind: Model['kind'], random: MersenneTwister): Model {
  switch (kind) {
    case 'linear':
      return { kind, features, intercept: random.normal(), coefficients: doubles(random, features.length) };
    case 'neighbours':
      return {
        kind,
        features,
        k: 7,
        weights: 'distance',
        p: 2,
        rows: doubles(random, 200 * features.length),
        targets: doubles(random, 200),
      };
    case 'tree-ensemble':
      return { kind, features, combine: 'mean', trees: Array.from({ length: 30 }, () => randomTree(random, 6)) };
    case 'network':
      return {
        kind,
        features,
        layers: [
          { weights: doubles(random, features.length * 20), biases: doubles(random, 20) },
          { weights: doubles(random, 20 * 10), biases: doubles(random, 10) },
          { weights: doubles(random, 10), biases: doubles(random, 1) },
        ],
        outputCenter: random.normal(),
        outputScale: random.normal(),
      };
    case 'stack':
      return {
        kind,
        features: schema.features.map((feature) => feature.name),
        members: [
          ...(['linear', 'neighbours', 'tree-ensemble'] as const).map((member) => ({
            transformers,
            model: randomModel(member, random),
          })),
          levelPipeline(random),
        ],
        weights: doubles(random, 4),
        intercept: random.normal(),
      };
    default:
      return kind satisfies never;
  }
}

/** Records for the bundles of {@link parityBundle}; some miss what is optional. */
export function parityRecords(count: number): readonly Readonly<Record<string, string | number | null>>[] {
  const random = mersenneTwister(7);
  return Array.from({ length: count }, () => ({
    hours: 10 * random.double(),
    attendance: random.boundedInt(4) === 0 ? null : 100 * random.double(),
    group: random.boundedInt(4) === 0 ? null : GROUPS[random.boundedInt(2)],
    education: EDUCATION[random.boundedInt(2)],
  }));
}

/** The JSON text of a bundle with a model of that kind. */
export function parityBundle(kind: Model['kind']): Promise<string> {
  // A stack takes the schema's features as they are: its members transform them.
  const pipeline = {
    transformers: kind === 'stack' ? [] : transformers,
    model: randomModel(kind, mersenneTwister(42)),
  };
  const rows = parityRecords(5);
  const predictions = Array.from(predictPipeline(pipeline, recordParser(schema)(rows, 'typed')));
  return encodeBundle({ ...tinyBundle, name: 'parity', schema, pipeline, replay: { rows, predictions } });
}
