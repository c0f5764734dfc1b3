import { existsSync, readFileSync } from 'node:fs';
import { defineSchema, predictPipeline, recordParser, regressionMetrics, takeRows, takeValues } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { estimators, trainBundle } from '../../src/index.js';

// The public data stands beside the project, not in it: without it there is nothing to compare with.
const file = new URL('../../../../../shared/data/students-exams.csv', import.meta.url);

describe.skipIf(!existsSync(file))('students-exams.csv with seed 42 (skipped where ../shared/data is absent)', () => {
  const read = () => {
    const [head, ...lines] = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => Array.from(line.matchAll(/"([^"]*)"/g), ([, cell]) => cell));
    const records = lines.map((cells) => Object.fromEntries(head.map((name, i) => [name, cells[i]])));
    const levels = (name: string) => [...new Set(records.map((record) => record[name]))].sort();
    const schema = defineSchema({
      name: 'exams',
      features: [
        ...head.slice(0, 5).map((name) => ({ kind: 'nominal' as const, name, levels: levels(name) })),
        ...head.slice(6).map((name) => ({ kind: 'numeric' as const, name, min: 0, max: 100 })),
      ],
      target: { name: 'math_score', min: 0, max: 100 },
    });
    const target = Float64Array.from(records, (record) => Number(record['math_score']));
    return {
      schema,
      features: recordParser(schema)(records, 'text'),
      target,
      dataSha256: '0'.repeat(64),
      dataRows: 1000,
    };
  };

  it("gives least squares scikit-learn's scores on scikit-learn's 200 rows", async () => {
    const data = read();
    const { bundle, split } = await trainBundle({ ...data, workers: 1, grid: [{ estimator: 'least-squares' }] });
    expect(Array.from(split.test.slice(0, 5))).toEqual([521, 737, 740, 660, 411]);
    expect(split.test).toHaveLength(200);
    const { r2, mae, rmse } = bundle.metrics.test;
    expect([r2, mae, rmse].map((score) => score.toFixed(4))).toEqual(['0.8804', '4.2148', '5.3940']);
    const predictions = predictPipeline(bundle.pipeline, takeRows(data.features, split.test));
    expect(regressionMetrics(takeValues(data.target, split.test), predictions)).toEqual(bundle.metrics.test);
  });

  it('is won by a linear model over the default grid, and the reason names it', async () => {
    const { bundle, leaderboard, selection } = await trainBundle(read());
    expect(bundle.pipeline.model.kind).toBe('linear');
    expect(selection.reason).toMatch(/^(ridge|lasso|elastic-net|least-squares)/);
    expect(leaderboard.failed).toEqual([]);
    const tried = new Set(leaderboard.scored.map(({ estimator }) => estimator));
    expect(tried).toEqual(new Set(Object.keys(estimators)));
  });

  it('misses the floor without the reading and writing scores', async () => {
    const data = read();
    const schema = { ...data.schema, features: data.schema.features.slice(0, 5) };
    const features = { ...data.features, columns: data.features.columns.slice(0, 5) };
    const grid = [{ estimator: 'least-squares' }];
    await expect(trainBundle({ ...data, schema, features, grid, workers: 1 })).rejects.toMatchObject({
      code: 'TRAIN_BELOW_FLOOR',
    });
  });
});
