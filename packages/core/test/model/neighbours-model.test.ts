import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  mersenneTwister,
  numericColumn,
  predict,
  predictNeighbourVotes,
  table,
  type NeighboursModel,
} from '../../src/index.js';

interface Case {
  name: string;
  seed: number;
  rows: number;
  width: number;
  twins: number;
  fits: { k: number; weights: 'uniform' | 'distance'; p: 1 | 2; predictions: number[] }[];
}

const golden: { cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/golden/neighbors.json', import.meta.url), 'utf8'),
);

/** The same draws as in `fixtures/make/make_neighbors.py`. */
function follow({ seed, rows, width, twins }: Case) {
  const random = mersenneTwister(seed);
  const draw = (length: number) => Float64Array.from({ length }, () => random.double());
  const x = draw(rows * width);
  const targets = draw(rows).map((u) => u * 100);
  x.copyWithin((rows - twins) * width, 0, twins * width);
  const queries = [...draw(6 * width), ...x.slice(0, 6 * width)];
  const features = Array.from({ length: width }, (_, j) => `x${j}`);
  return {
    model: { kind: 'neighbours', features, rows: x, targets } as const,
    queries: table(
      features.map((name, j) =>
        numericColumn(
          name,
          queries.filter((_, i) => i % width === j),
        ),
      ),
    ),
  };
}

describe.each(golden.cases)('neighbours on $name, against scikit-learn', ({ fits, ...given }) => {
  const { model, queries } = follow({ fits, ...given });

  it.each(fits)('k $k, $weights weights, p $p', ({ predictions, ...params }) => {
    const found = predict({ ...model, ...params }, queries);
    predictions.forEach((expected, i) => expect(found[i]).toBeCloseTo(expected, 10));
  });
});

describe('neighbours', () => {
  const model: NeighboursModel = {
    kind: 'neighbours',
    features: ['x', 'y'],
    k: 2,
    weights: 'uniform',
    p: 2,
    rows: Float64Array.of(0, 0, 3, 4, 0, 6, 10, 10, 3, 4),
    targets: Float64Array.of(10, 20, 40, 80, 160),
  };
  const at = (x: number, y: number, changes: Partial<NeighboursModel> = {}) =>
    predict({ ...model, ...changes }, table([numericColumn('x', [x]), numericColumn('y', [y])]))[0];

  it('predicts the mean of the nearest', () => {
    expect(at(0, 4)).toBe((40 + 20) / 2);
  });

  it('takes the earlier of two equally near rows', () => {
    expect(at(3, 4, { k: 1 })).toBe(20);
  });

  it('measures along the axes with p 1, and as the crow flies with p 2', () => {
    expect(at(0, 0, { k: 3, p: 1 })).toBe((10 + 40 + 20) / 3);
    expect(at(0, 0, { k: 3, p: 2 })).toBe((10 + 20 + 160) / 3);
  });

  it('weighs by 1/distance', () => {
    expect(at(0, 4, { weights: 'distance' })).toBeCloseTo((40 / 2 + 20 / 3) / (1 / 2 + 1 / 3), 13);
  });

  it('lets exact matches answer alone where weights are by distance', () => {
    expect(at(3, 4, { k: 4, weights: 'distance' })).toBe((20 + 160) / 2);
  });

  it('knows nothing near a row with a missing value', () => {
    expect(at(Number.NaN, 4)).toBeNaN();
    expect(at(Number.NaN, 4, { weights: 'distance', p: 1 })).toBeNaN();
  });

  it('measures indicators by their values where a query has others, and knows nothing where one is missing', () => {
    const flags: NeighboursModel = { ...model, rows: Float64Array.of(0, 0, 1, 0, 0, 1, 1, 1, 0, 1), k: 1 };
    const near = (x: number, y: number, p: 1 | 2 = 2) =>
      predict({ ...flags, p }, table([numericColumn('x', [x]), numericColumn('y', [y])]))[0];
    expect([near(1, 1), near(0.9, 0.2), near(0.4, 5), near(0.9, 0.2, 1)]).toEqual([80, 20, 40, 20]);
    expect(near(Number.NaN, 1)).toBeNaN();
  });

  it('answers several votes at once as each alone', () => {
    const random = mersenneTwister(11);
    const width = 45;
    // 40 indicators, more than a word has bits, between five columns of few values, so that many distances tie.
    const cell = (j: number) => (j % 9 === 0 ? random.boundedInt(3) / 2 : random.boundedInt(1));
    const draw = (rows: number) => Float64Array.from({ length: rows * width }, (_, at) => cell(at % width));
    const rows = draw(60);
    const queries = draw(30);
    const features = Array.from({ length: width }, (_, j) => `x${j}`);
    const targets = Float64Array.from({ length: 60 }, () => random.double());
    const source = table(
      features.map((name, j) =>
        numericColumn(
          name,
          queries.filter((_, at) => at % width === j),
        ),
      ),
    );
    for (const p of [1, 2] as const) {
      const largest: NeighboursModel = { kind: 'neighbours', features, k: 9, weights: 'uniform', p, rows, targets };
      const votes = [1, 4, 9].flatMap((k) => [{ k, weights: 'uniform' } as const, { k, weights: 'distance' } as const]);
      const together = predictNeighbourVotes(largest, votes, source);
      votes.forEach((vote, v) => expect(together[v]).toEqual(predict({ ...largest, ...vote }, source)));
      // Without indicators all is measured; few values make every sum exact.
      const halved: NeighboursModel = { ...largest, rows: rows.map((value) => value / 2) };
      const halves = table(
        source.columns.map((column) =>
          numericColumn(column.name, column.kind === 'numeric' ? column.values.map((value) => value / 2) : []),
        ),
      );
      expect(predict({ ...halved, k: 9 }, halves)).toEqual(together[4]);
    }
  });
});
