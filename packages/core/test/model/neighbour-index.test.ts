import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mersenneTwister, numericColumn, predict, table, type NeighboursModel } from '../../src/index.js';
import { indexPays, neighbourIndex, searchIndex } from '../../src/model/neighbour-index.js';
import { neighbourRows, packBits } from '../../src/model/neighbour-rows.js';
import { poweredDistances } from '../../src/model/powered-distances.js';

/** The nearest rows and their distances by measuring them all; among equal distances the earlier row first. */
function byMeasuring(rows: Float64Array, width: number, query: Float64Array, p: 1 | 2, k: number) {
  const count = rows.length / width;
  const distances = new Float64Array(count);
  poweredDistances(neighbourRows(rows, width, count), p, query, distances);
  const order = Array.from(distances.keys()).sort((a, b) => distances[a] - distances[b] || a - b);
  return order.slice(0, k).map((row) => [row, distances[row]]);
}

function byIndex(rows: Float64Array, width: number, query: Float64Array, p: 1 | 2, k: number) {
  const packed = neighbourRows(rows, width, rows.length / width);
  const distances = new Float64Array(packed.rowCount);
  const nearest = new Int32Array(k);
  const point = Float64Array.from(packed.measured, (j) => query[j]);
  searchIndex(neighbourIndex(packed), p, point, packBits(query, packed.indicators), distances, nearest);
  return Array.from(nearest, (row) => [row, distances[row]]);
}

/** Few different values make many ties; the others make sums that are rounded. */
const measured = fc.oneof(
  fc.constantFrom(-1, 2, 3, 0.1, 0.30000000000000004),
  fc.double({ min: -1e3, max: 1e3, noNaN: true }).filter((value) => value !== 0 && value !== 1),
);
const cell = (indicator: boolean) => (indicator ? fc.constantFrom(0, 1) : measured);
const problem = fc
  .record({
    indicators: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
    count: fc.integer({ min: 1, max: 200 }),
  })
  .chain(({ indicators, count }) => {
    const row = fc.tuple(...indicators.map(cell));
    return fc.record({
      rows: fc.array(row, { minLength: count, maxLength: count }),
      query: row,
      p: fc.constantFrom(1 as const, 2 as const),
      k: fc.integer({ min: 1, max: Math.min(count, 12) }),
    });
  });

describe('the index of neighbours', () => {
  it('finds the same rows in the same order at the same distances as measuring all of them', () => {
    fc.assert(
      fc.property(problem, ({ rows, query, p, k }) => {
        const args = [Float64Array.from(rows.flat()), query.length, Float64Array.from(query), p, k] as const;
        expect(byIndex(...args)).toEqual(byMeasuring(...args));
      }),
      { numRuns: 300 },
    );
  });

  it('is used for many rows of few columns', () => {
    const zeros = (count: number, width: number) =>
      neighbourRows(new Float64Array(count * width).fill(0.5), width, count);
    expect([indexPays(zeros(4000, 4)), indexPays(zeros(3999, 4)), indexPays(zeros(4000, 5))]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('answers as the model would without it, for queries with missing values and levels between two as well', () => {
    const random = mersenneTwister(6);
    const count = 4000;
    const rows = Float64Array.from({ length: count * 3 }, (_, at) =>
      at % 3 === 2 ? random.boundedInt(1) : random.boundedInt(30) / 3,
    );
    const targets = Float64Array.from({ length: count }, () => random.double());
    const features = ['a', 'b', 'c'];
    const model: NeighboursModel = { kind: 'neighbours', features, k: 7, weights: 'uniform', p: 2, rows, targets };
    const queries = Array.from({ length: 50 }, (_, i) => [
      i === 7 ? Number.NaN : random.boundedInt(60) / 6,
      10 * random.double(),
      i % 10 === 3 ? 0.5 : random.boundedInt(1),
    ]);
    const found = predict(
      model,
      table(
        features.map((name, j) =>
          numericColumn(
            name,
            queries.map((query) => query[j]),
          ),
        ),
      ),
    );
    const expected = queries.map((query) => {
      if (query.some(Number.isNaN)) return Number.NaN;
      const nearest = byMeasuring(rows, 3, Float64Array.from(query), 2, 7);
      return nearest.reduce((sum, [row]) => sum + targets[row], 0) / 7;
    });
    expect(Array.from(found)).toEqual(expected);
  });
});
