import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  mean,
  parseSchema,
  predictPipeline,
  regressionMetrics,
  standardDeviation,
  takeRows,
  takeValues,
  transformAll,
  type RegressionMetrics,
  type Schema,
} from '@scorecast/core';
import { readDataset, type Dataset } from '@scorecast/data';
import {
  fitPreprocessing,
  keyedRandom,
  leastSquares,
  repeatedKFold,
  trainTestSplit,
  type Fold,
} from '@scorecast/train';
import { describe, expect, it } from 'vitest';

const dataDirectory = new URL('../../shared/data/', import.meta.url);
const absent = !existsSync(dataDirectory);

interface Reference {
  readonly title: string;
  readonly name: string;
  readonly without: readonly string[];
  readonly testRows: number;
  /** To four decimals, as the data's README states them: hold-out scores, then mean and sd of R2 over 20 folds. */
  readonly scores: Readonly<Record<'r2' | 'mae' | 'rmse' | 'cvR2' | 'cvSd', string>>;
}

const references: readonly Reference[] = [
  reference('students-exams', [], 200, '0.8804 4.2148 5.3940 0.8705 0.0174'),
  reference('students-exams', ['reading_score', 'writing_score'], 200, '0.1760 11.2699 14.1602 0.2272 0.0538'),
  reference('student-mat', [], 79, '0.7241 1.6467 2.3784 0.7956 0.0484'),
  reference('student-mat', ['G1', 'G2'], 79, '0.1415 3.3953 4.1957 0.0549 0.0854'),
  reference('student-por', [], 130, '0.8487 0.7651 1.2149 0.8346 0.0291'),
  reference('student-por', ['G1', 'G2'], 130, '0.1602 2.1564 2.8618 0.2391 0.0827'),
  reference('student-performance-factors', [], 1322, '0.7696 0.4524 1.8044 0.7302 0.0747'),
  reference('student-performance-index', [], 2000, '0.9890 1.6111 2.0206 0.9887 0.0004'),
];

describe.each(references)('least squares on $title', ({ name, without, testRows, scores }) => {
  const read = once(() => readReference(name, without));

  it('meets the reference on the hold-out part, to four decimals', async ({ skip }) => {
    skip(absent, 'the public data sets are not beside this checkout');
    const { schema, dataset } = await read();
    const split = trainTestSplit(dataset.target.length);
    const { r2, mae, rmse } = scoreFold(schema, dataset, split);
    expect(split.test).toHaveLength(testRows);
    expect([r2, mae, rmse].map((score) => score.toFixed(4))).toEqual([scores.r2, scores.mae, scores.rmse]);
  });

  it('meets the reference in cross-validation, to four decimals', async ({ skip }) => {
    skip(absent, 'the public data sets are not beside this checkout');
    const { schema, dataset } = await read();
    const folds = repeatedKFold(dataset.target.length, { folds: 5, repeats: 4, seed: 0 });
    const r2 = folds.map((fold) => scoreFold(schema, dataset, fold).r2);
    expect([mean(r2).toFixed(4), standardDeviation(r2).toFixed(4)]).toEqual([scores.cvR2, scores.cvSd]);
  });
});

function reference(name: string, without: readonly string[], testRows: number, listed: string): Reference {
  const [r2, mae, rmse, cvR2, cvSd] = listed.split(' ');
  const title = without.length === 0 ? name : `${name}, without ${without.join(' and ')}`;
  return { title, name, without, testRows, scores: { r2, mae, rmse, cvR2, cvSd } };
}

async function readReference(name: string, without: readonly string[]) {
  const text = readFileSync(new URL(`../examples/schemas/${name}.json`, import.meta.url), 'utf8');
  const complete = parseSchema(JSON.parse(text));
  const schema = { ...complete, features: complete.features.filter((feature) => !without.includes(feature.name)) };
  expect(schema.features).toHaveLength(complete.features.length - without.length);
  const dataset = await readDataset(fileURLToPath(new URL(`${name}.csv`, dataDirectory)), schema);
  return { schema, dataset };
}

function scoreFold(schema: Schema, { features, target }: Dataset, { train, test }: Fold): RegressionMetrics {
  const known = takeRows(features, train);
  const transformers = fitPreprocessing(known, schema);
  const model = leastSquares().fit(transformAll(transformers, known), takeValues(target, train), {
    random: keyedRandom(42),
  });
  const predicted = predictPipeline({ transformers, model }, takeRows(features, test));
  return regressionMetrics(takeValues(target, test), predicted);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
