import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkEstimator, checkTransformer } from '@scorecast/checks';
import { categoricalColumn, mersenneTwister, numericColumn, table } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import * as train from '../src/index.js';

const { createEstimator, estimators, keyedRandom } = train;

// Estimators that give another model for another seed; all others must not.
const usesSeed = new Set(['adaboost', 'neural-network', 'random-forest', 'extra-trees']);

// Params that make a check fast without making it easier.
const quick = new Map<string, object>([
  ['random-forest', { nEstimators: 10 }],
  ['extra-trees', { nEstimators: 10 }],
  ['adaboost', { nEstimators: 20 }],
  ['lasso', { alpha: 0.1 }],
  ['elastic-net', { alpha: 0.01 }],
  ['neural-network', { hiddenLayerSizes: [20], learningRateInit: 0.02, maxIter: 60 }],
]);

// The least R2 on unseen rows, where it is not that of a real estimator: a mean alone explains nothing.
const floors = new Map([['mean', -0.1]]);

describe.each(Object.keys(estimators))('the estimator %s', (name) => {
  it('keeps every promise of an estimator', async () => {
    const broken = await checkEstimator(createEstimator(name, quick.get(name)), {
      create: (params) => createEstimator(name, params),
      context: (seed) => ({ random: keyedRandom(seed) }),
      usesSeed: usesSeed.has(name),
      floor: floors.get(name) ?? 0.6,
    });
    expect(broken).toEqual([]);
  });
});

const FACTORY = /^export function (\w+)\([^)]*\): Estimator</gm;

const random = mersenneTwister(5);
const numbers = table([
  numericColumn(
    'x',
    Float64Array.from({ length: 20 }, (_, i) => (i % 7 === 3 ? Number.NaN : 100 * random.double())),
  ),
  numericColumn(
    'y',
    Float64Array.from({ length: 20 }, () => random.normal()),
  ),
]);
const categories = table([
  categoricalColumn(
    'lunch',
    Int32Array.from({ length: 20 }, (_, i) => (i % 7 === 3 ? -1 : i % 3)),
    ['a', 'b', 'c'],
  ),
  categoricalColumn(
    'size',
    Int32Array.from({ length: 20 }, (_, i) => i % 2),
    ['small', 'large'],
  ),
]);
const both = table([...numbers.columns, ...categories.columns]);

const fitters = {
  fitImputation: [train.fitImputation, both],
  fitStandardScaling: [train.fitStandardScaling, numbers],
  fitMinMaxScaling: [train.fitMinMaxScaling, numbers],
  fitPolynomial: [train.fitPolynomial, numbers],
  fitOneHot: [train.fitOneHot, categories],
  fitLevelCodes: [train.fitLevelCodes, categories],
  fitOrdinalEncoding: [train.fitOrdinalEncoding, categories],
} as const;

describe.each(Object.entries(fitters))('the transformer of %s', (name, [fit, source]) => {
  it('keeps every promise of a transformer', async () => {
    expect(await checkTransformer(name, (rows) => fit(rows), source)).toEqual([]);
  });
});

describe('nothing escapes the checks', () => {
  it('every function that makes an estimator is exported and registered under its name', () => {
    const made = estimatorFactories().map((factory) => exportedFunction(factory)().name);
    expect(made.toSorted()).toEqual(Object.keys(estimators).toSorted());
  });

  it('every exported fitter of one transformer has its case', () => {
    // fitPreprocessing makes a chain of the others.
    const names = Object.keys(train).filter((name) => /^fit[A-Z]/.test(name) && name !== 'fitPreprocessing');
    expect(names.toSorted()).toEqual(Object.keys(fitters).toSorted());
  });
});

/** The functions of the sources whose return type is an estimator. */
function estimatorFactories(): readonly string[] {
  const sources = fileURLToPath(new URL('../src', import.meta.url));
  return readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('estimators.ts'))
    .flatMap((file) => [...readFileSync(join(sources, file), 'utf8').matchAll(FACTORY)])
    .map(([, name]) => name);
}

function exportedFunction(name: string): () => { name: string } {
  const found: unknown = Reflect.get(train, name);
  if (typeof found !== 'function') throw new Error(`${name} makes an estimator, but src/index.ts does not export it`);
  return () => Reflect.apply(found, undefined, []);
}
