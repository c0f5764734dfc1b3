import { existsSync, readFileSync } from 'node:fs';
import {
  mean,
  mersenneTwister,
  numericColumns,
  predict,
  r2Score,
  takeRows,
  takeValues,
  type Table,
} from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { createEstimator, keyedRandom, kFold } from '../../src/index.js';
import { columns } from './tree-rows.js';

interface Score {
  estimator: string;
  params: object;
  r2: number;
}

interface DataScore extends Score {
  /** The standard deviation between seeds of scikit-learn. */
  sd: number;
  file: string;
  separator: string;
  target: string;
}

const golden: { forests: Score[]; forestsOnData: DataScore[] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/golden/trees.json', import.meta.url), 'utf8'),
);

/** The mean R2 of 5 unshuffled folds over so many seeds; the golden numbers are means over more. */
function crossValidated({ estimator, params }: Score, x: Table, y: Float64Array, seeds: number): number {
  const folds = kFold(y.length, { folds: 5, shuffle: false }).map(({ train, test }) => ({
    train: takeRows(x, train),
    trainTarget: takeValues(y, train),
    test: takeRows(x, test),
    testTarget: takeValues(y, test),
  }));
  const scores = Array.from({ length: seeds }, (_, seed) =>
    folds.map(({ train, trainTarget, test, testTarget }) => {
      const model = createEstimator(estimator, params).fit(train, trainTarget, { random: keyedRandom(seed + 1) });
      return r2Score(testTarget, predict(model, test));
    }),
  );
  return mean(scores.flat());
}

/** As many seeds as bring the standard error of our mean to .0014; with that of the golden one, .005 is three of them. */
function seedsFor({ sd }: DataScore): number {
  return Math.max(1, Math.ceil((sd / 0.0014) ** 2));
}

function oneHot(codes: readonly number[], levels: number): readonly Float64Array[] {
  return Array.from({ length: levels }, (_, level) => Float64Array.from(codes, (code) => (code === level ? 1 : 0)));
}

/** The same draws as `exams_like` in `fixtures/make/make_trees.py`. */
function examsLike(): { x: Table; y: Float64Array } {
  const random = mersenneTwister(7);
  const n = 500;
  const draw = () => Array.from({ length: n }, () => random.double());
  const talent = draw();
  const reading = draw().map((u, i) => Math.floor(100 * (0.8 * talent[i] + 0.2 * u)));
  const writing = draw().map((u, i) => Math.floor(100 * (0.85 * talent[i] + 0.15 * u)));
  const effect = new Float64Array(n);
  const categories = [2, 5, 6, 2, 2].flatMap((levels) => {
    const codes = draw().map((u) => Math.floor(u * levels));
    codes.forEach((code, i) => (effect[i] += (code * 6) / levels));
    return oneHot(codes, levels);
  });
  const y = Float64Array.from(draw(), (u, i) => Math.floor(0.4 * reading[i] + 0.4 * writing[i] + effect[i] + 12 * u));
  return { x: columns(reading, writing, ...categories), y };
}

describe('a forest on rows like the exams', () => {
  const { x, y } = examsLike();

  it.each(golden.forests)('scores as scikit-learn, within .005 of R2: $estimator $params', (score) => {
    expect(numericColumns(x)).toHaveLength(19);
    expect(Math.abs(crossValidated(score, x, y, 4) - score.r2)).toBeLessThan(0.005);
  });
});

const data = new URL('../../../../../shared/data/', import.meta.url);

/** Columns of numbers as they are; one column per level of all others. */
function readData({ file, separator, target }: DataScore): { x: Table; y: Float64Array } {
  const text = readFileSync(new URL(file, data), 'utf8').trim().replaceAll('"', '').replaceAll('\r', '');
  const [header, ...lines] = text.split('\n').map((line) => line.split(separator));
  const cellsOf = (column: number) => lines.map((cells) => cells[column]);
  const features = header.flatMap((name, column) => {
    if (name === target) return [];
    const cells = cellsOf(column);
    if (cells.every((cell) => cell !== '' && !Number.isNaN(Number(cell)))) return [Float64Array.from(cells, Number)];
    const levels = [...new Set(cells)].sort();
    return oneHot(
      cells.map((cell) => levels.indexOf(cell)),
      levels.length,
    );
  });
  return { x: columns(...features), y: Float64Array.from(cellsOf(header.indexOf(target)), Number) };
}

describe.skipIf(!existsSync(data))('a forest on real students (skipped where ../shared/data is absent)', () => {
  it.each(golden.forestsOnData)(
    'scores as scikit-learn, within .005 of R2: $estimator on $file',
    (score) => {
      const { x, y } = readData(score);
      expect(Math.abs(crossValidated(score, x, y, seedsFor(score)) - score.r2)).toBeLessThan(0.005);
    },
    120_000,
  );
});
