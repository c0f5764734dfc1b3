import { leafOf, nominalColumn, predict, table, type Table, type Tree } from '@scorecast/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionTree, extraTrees, keyedRandom, type DecisionTreeParams } from '../../src/index.js';

const { NaN: gap } = Number;
const context = { random: keyedRandom(1) };

function codes(levelCount: number, values: readonly number[]): Table {
  return table([nominalColumn('level', values, levelCount)]);
}

function treeOf(x: Table, y: readonly number[], params: Partial<DecisionTreeParams> = {}): Tree {
  return decisionTree(params).fit(x, Float64Array.from(y), context).trees[0];
}

/** What a side's mean leaves of the criterion; there must be a side. */
function loss(criterion: 'squared_error' | 'poisson', side: readonly number[]): number {
  if (side.length === 0) return Infinity;
  const mean = side.reduce((a, b) => a + b, 0) / side.length;
  if (criterion === 'squared_error') return side.reduce((sum, y) => sum + (y - mean) ** 2, 0);
  return side.reduce((sum, y) => sum + y * Math.log(y / mean), 0);
}

/** Of every partition of the levels into two sets, missing values being a level: what it leaves of the criterion. */
function everyLoss(criterion: 'squared_error' | 'poisson', values: readonly number[], y: readonly number[]): number[] {
  const names = values.map(String);
  const levels = [...new Set(names)];
  return Array.from({ length: 2 ** (levels.length - 1) - 1 }, (_, subset) => {
    const isLeft = (row: number) => (((subset + 1) >> levels.indexOf(names[row])) & 1) === 1;
    const left = y.filter((_, row) => isLeft(row));
    const right = y.filter((_, row) => !isLeft(row));
    return loss(criterion, left) + loss(criterion, right);
  });
}

function anyRows(lowest: number) {
  const code = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 6 }) },
    { weight: 1, arbitrary: fc.constant(gap) },
  );
  return fc.integer({ min: 2, max: 14 }).chain((rows) => {
    const list = (cell: fc.Arbitrary<number>) => fc.array(cell, { minLength: rows, maxLength: rows });
    return fc.record({ values: list(code), y: list(fc.integer({ min: lowest, max: 9 })) });
  });
}

describe('the cut of levels', () => {
  it.each([
    ['squared_error', 0],
    ['poisson', 1],
  ] as const)('leaves no more %s than any partition into two sets', (criterion, lowest) => {
    fc.assert(
      fc.property(anyRows(lowest), ({ values, y }) => {
        const x = codes(7, values);
        const best = Math.min(...everyLoss(criterion, values, y));
        const tree = treeOf(x, y, { criterion, maxDepth: 1 });
        if (tree.feature[0] < 0) {
          expect(best === Infinity || new Set(y).size === 1).toBe(true);
          return;
        }
        const leaf = (row: number) => leafOf(tree, [Float64Array.from(values)], row);
        const [left, right] = [tree.left[0], tree.right[0]].map((node) => y.filter((_, row) => leaf(row) === node));
        const found = loss(criterion, left) + loss(criterion, right);
        expect(found).toBeCloseTo(best, 9);
      }),
      { numRuns: 500 },
    );
  });

  it('has the levels of lower means on the left', () => {
    const tree = treeOf(codes(4, [0, 1, 2, 3, 0, 2]), [9, 1, 8, 2, 9, 8], { maxDepth: 1 });
    expect(tree.value[tree.left[0]]).toBe(1.5);
    expect(tree.missingLeft[0]).toBe(0);
    expect(tree.sets?.[0]).toEqual(Int32Array.of(1, 3));
  });

  it('takes levels of equal means in the order of their codes', () => {
    const { sets, missingLeft } = treeOf(codes(4, [3, 2, 1, 0]), [5, 5, 5, 9], { maxDepth: 1, minSamplesLeaf: 2 });
    expect([missingLeft[0], sets?.[0]]).toEqual([0, Int32Array.of(1, 2)]);
  });

  it('of equally good ones has the fewest levels on the left', () => {
    const tree = treeOf(codes(3, [2, 0, 1]), [0, 1, 2], { maxDepth: 1 });
    expect(tree.value[tree.left[0]]).toBe(0);
  });

  it('sends missing values where they fit', () => {
    const x = codes(3, [0, 1, 2, gap]);
    expect(treeOf(x, [1, 1, 9, 9], { maxDepth: 1 })).toMatchObject({
      missingLeft: { 0: 0 },
      sets: { 0: { 0: 0, 1: 1 } },
    });
    expect(treeOf(x, [1, 1, 9, 1], { maxDepth: 1 })).toMatchObject({ missingLeft: { 0: 1 }, sets: { 0: { 0: 2 } } });
  });

  it('may part one level from none', () => {
    const tree = treeOf(codes(3, [1, gap, 1, gap]), [3, 7, 3, 7]);
    expect(Array.from(tree.value)).toEqual([5, 3, 7]);
    expect(tree.sets?.[0]).toEqual(Int32Array.of(1));
  });

  it('sends levels that it has not seen with missing values, to the side of more rows', () => {
    const x = codes(5, [0, 1, 2, 3]);
    for (const [y, expected] of [
      [[9, 1, 1, 1], 1],
      [[1, 9, 9, 9], 9],
    ] as const) {
      const model = decisionTree().fit(x, Float64Array.from(y), context);
      expect(Array.from(predict(model, codes(5, [4, gap])))).toEqual([expected, expected]);
    }
  });

  it('does not care which code a level has', () => {
    const levels = Array.from({ length: 60 }, (_, row) => (row * 7) % 9);
    const y = levels.map((level, row) => Math.sin(level * 3) + Math.cos(row) / 9);
    const recoded = levels.map((level) => (level * 4 + 2) % 9);
    const [one, other] = [levels, recoded].map((values) => {
      const x = codes(9, values);
      return predict(decisionTree({ maxDepth: 3 }).fit(x, Float64Array.from(y), context), x);
    });
    expect(other).toEqual(one);
  });

  it('is refused where absolute errors count', () => {
    expect(() => treeOf(codes(3, [0, 1, 2]), [1, 2, 3], { criterion: 'absolute_error' })).toThrow(
      'decision-tree: column "level" holds codes of levels',
    );
  });

  it('in a column of very many levels costs no more than its rows', () => {
    const rows = 400;
    const values = Array.from({ length: rows }, (_, row) => (row * 163) % 65536);
    const x = codes(65536, values);
    const y = values.map((value) => value % 17);
    const tree = treeOf(x, y);
    expect(predict(decisionTree().fit(x, Float64Array.from(y), context), x)).toEqual(Float64Array.from(y));
    expect(tree.sets?.flatMap((set) => Array.from(set)).length).toBeLessThan(rows * 17);
  });
});

describe('the cut of levels by chance', () => {
  it('parts levels in every way, each as often', () => {
    const x = codes(3, [0, 1, 2]);
    const { trees } = extraTrees({ nEstimators: 600, maxDepth: 1 }).fit(x, Float64Array.of(1, 2, 4), context);
    const lone = trees.map(({ value, left, right, cover }) => value[cover[left[0]] === 1 ? left[0] : right[0]]);
    for (const value of [1, 2, 4]) {
      expect(lone.filter((other) => other === value).length / 600).toBeCloseTo(1 / 3, 1);
    }
  });

  it('sends missing values to either side', () => {
    const x = codes(2, [0, 1, gap]);
    const { trees } = extraTrees({ nEstimators: 40, maxDepth: 1 }).fit(x, Float64Array.of(1, 2, 4), context);
    expect(new Set(trees.map(({ missingLeft }) => missingLeft[0]))).toEqual(new Set([0, 1]));
  });

  it('may part one level from none', () => {
    const x = codes(3, [1, gap, 1, gap]);
    const { trees } = extraTrees({ nEstimators: 3 }).fit(x, Float64Array.of(3, 7, 3, 7), context);
    for (const tree of trees) expect(Array.from(tree.value)).toEqual([5, 3, 7]);
  });
});
