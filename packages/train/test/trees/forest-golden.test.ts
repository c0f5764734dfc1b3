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
import { keyedRandom, kFold, randomForest, type RandomForestParams } from '../../src/index.js';
import { columns } from './tree-rows.js';

interface Score {
  params: Partial<RandomForestParams>;
  r2: number;
}

const golden: { forests: Score[]; forestsOnExams: Score[] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/golden/trees.json', import.meta.url), 'utf8'),
);

/** The mean R2 of 5 unshuffled folds over three seeds; the golden numbers are means over ten. */
function crossValidated(params: Partial<RandomForestParams>, x: Table, y: Float64Array): number {
  const scores = [1, 2, 3].flatMap((seed) =>
    kFold(y.length, { folds: 5, shuffle: false }).map(({ train, test }) => {
      const model = randomForest(params).fit(takeRows(x, train), takeValues(y, train), { random: keyedRandom(seed) });
      return r2Score(takeValues(y, test), predict(model, takeRows(x, test)));
    }),
  );
  return mean(scores);
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

  it.each(golden.forests)('scores as scikit-learn, within .005 of R2: $params', ({ params, r2 }) => {
    expect(numericColumns(x)).toHaveLength(19);
    expect(Math.abs(crossValidated(params, x, y) - r2)).toBeLessThan(0.005);
  });
});

const exams = new URL('../../../../../shared/data/students-exams.csv', import.meta.url);

describe.skipIf(!existsSync(exams))('a forest on the exams (skipped where ../shared/data is absent)', () => {
  const readExams = () => {
    const [, ...lines] = readFileSync(exams, 'utf8').trim().replaceAll('"', '').split('\n');
    const cells = lines.map((line) => line.split(','));
    const categories = [0, 1, 2, 3, 4].flatMap((column) => {
      const levels = [...new Set(cells.map((row) => row[column]))].sort();
      return oneHot(
        cells.map((row) => levels.indexOf(row[column])),
        levels.length,
      );
    });
    const numbers = (column: number) => Float64Array.from(cells, (row) => Number(row[column]));
    return { x: columns(numbers(6), numbers(7), ...categories), y: numbers(5) };
  };

  it.each(golden.forestsOnExams)('scores as scikit-learn, within .005 of R2: $params', ({ params, r2 }) => {
    const { x, y } = readExams();
    expect(Math.abs(crossValidated(params, x, y) - r2)).toBeLessThan(0.005);
  });
});
