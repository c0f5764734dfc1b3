import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mean, parseSchema } from '@scorecast/core';
import { readDataset } from '@scorecast/data';
import { crossValidate, kFold, neuralNetwork, type NeuralNetworkParams } from '@scorecast/train';
import { describe, expect, it } from 'vitest';
import { root, textOf } from './source-files.js';

interface Golden {
  readonly file: string;
  readonly cases: readonly { params: Partial<NeuralNetworkParams>; seeds: readonly number[]; r2: readonly number[] }[];
}

const golden: Golden = JSON.parse(readFileSync(join(root, 'fixtures/golden/networks.json'), 'utf8'));
const data = join(root, '../shared/data', golden.file);

describe.skipIf(!existsSync(data))('networks on the exams data (skipped where ../shared/data is absent)', () => {
  it.each(golden.cases)('score as MLPRegressor does: $params', { timeout: 300_000 }, async ({ params, seeds, r2 }) => {
    const schema = parseSchema(JSON.parse(textOf('examples/schemas/students-exams.json')));
    const { features, target } = await readDataset(data, schema);
    const folds = kFold(target.length, { folds: 5, shuffle: true, seed: 42 });
    const found = seeds.map((seed) => {
      const scored = crossValidate({ schema, features, target, estimator: neuralNetwork(params), folds, seed });
      return mean(scored.folds.map((fold) => fold.test.r2));
    });
    expect(Math.abs(mean(found) - mean(r2))).toBeLessThan(0.01);
  });
});
