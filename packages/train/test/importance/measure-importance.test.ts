import { numericColumn, table, type Pipeline } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { measureImportance } from '../../src/importance/measure-importance.js';

function measure(columnCount: number, rowCount: number) {
  const names = Array.from({ length: columnCount }, (_, j) => `x${j}`);
  const features = table(
    names.map((name, j) =>
      numericColumn(
        name,
        Float64Array.from({ length: rowCount }, (_, i) => (i * (j + 3)) % 17),
      ),
    ),
  );
  const model = { kind: 'linear', features: names, coefficients: new Float64Array(columnCount).fill(1), intercept: 0 };
  const pipeline: Pipeline = { transformers: [], model: { ...model, kind: 'linear' } };
  const target = Float64Array.from({ length: rowCount }, (_, i) => (i * 3) % 17);
  return measureImportance(pipeline, features, { features, target }, 42);
}

describe('what a trained pipeline rests on', () => {
  it.each([
    [1, 3000, 1000],
    [10, 3000, 400],
    [50, 3000, 200],
    [10, 30, 30],
  ])('is measured of %i features and %i test rows on %i of them', (columnCount, rowCount, rows) => {
    expect(measure(columnCount, rowCount).permutation).toMatchObject({ rows, repeats: 5, metric: 'r2' });
  });

  it('is what a linear model says of its columns, too', () => {
    expect(measure(2, 40).columns).toMatchObject({ kind: 'coefficients' });
  });
});
