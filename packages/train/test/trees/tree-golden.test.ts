import { readFileSync } from 'node:fs';
import { mersenneTwister } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { decisionTree, keyedRandom, type DecisionTreeParams } from '../../src/index.js';
import { columns } from './tree-rows.js';

interface Case {
  name: string;
  seed: number;
  rows: number;
  width: number;
  missing: number;
  params: Partial<DecisionTreeParams>;
  feature: number[];
  threshold: number[];
  missingLeft: number[];
  value: number[];
  cover: number[];
}

const golden: { trees: Case[] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/golden/trees.json', import.meta.url), 'utf8'),
);

/** The same draws as in `fixtures/make/make_trees.py`: columns in single precision, gaps, noise. */
function follow({ seed, rows, width, missing }: Case) {
  const random = mersenneTwister(seed);
  const draw = () => Float64Array.from({ length: rows }, () => random.double());
  const drawAll = () => Array.from({ length: width }, draw);
  const values = drawAll().map((column) => column.map(Math.fround));
  const gaps = drawAll().map((column) => column.map((u) => (u < missing ? Number.NaN : 0)));
  const noise = draw();
  const y = noise.map((u, i) => 10 * values[0][i] + 5 * Math.abs(values[width - 1][i] - 0.5) + u);
  return { x: columns(...values.map((column, j) => column.map((value, i) => value + gaps[j][i]))), y };
}

describe.each(golden.trees)('a tree on $name, against scikit-learn', (expected) => {
  const { x, y } = follow(expected);
  const [tree] = decisionTree(expected.params).fit(x, y, { random: keyedRandom(42) }).trees;

  it('has the same cuts', () => {
    expect(Array.from(tree.feature)).toEqual(expected.feature);
    expect(Array.from(tree.threshold)).toEqual(expected.threshold);
  });

  it('sends missing values to the same sides', () => {
    expect(Array.from(tree.missingLeft)).toEqual(expected.missingLeft);
  });

  it('has the same rows and means in its nodes', () => {
    expect(Array.from(tree.cover)).toEqual(expected.cover);
    expected.value.forEach((value, node) => expect(tree.value[node]).toBeCloseTo(value, 11));
  });
});
