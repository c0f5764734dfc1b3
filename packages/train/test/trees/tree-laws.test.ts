import fc from 'fast-check';
import { mersenneTwister, predict, takeRows, takeValues, type Tree } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { decisionTree, keyedRandom, randomForest, type RandomForestParams } from '../../src/index.js';
import { prune } from './prune.js';
import { columns, examsLike } from './tree-rows.js';

const context = { random: keyedRandom(42) };
const { x, y } = examsLike(150, 1);

function treeOf(...values: Parameters<typeof decisionTree>): Tree {
  return decisionTree(...values).fit(x, y, context).trees[0];
}

function forestOf(params: Partial<RandomForestParams>): readonly Tree[] {
  return randomForest({ nEstimators: 5, ...params }).fit(x, y, context).trees;
}

describe('limits prune', () => {
  it.each([1, 3, 6])('maxDepth %s', (maxDepth) => {
    expect(treeOf({ maxDepth })).toEqual(prune(treeOf(), (_, depth) => depth === maxDepth));
  });

  it.each([3, 10, 151])('minSamplesSplit %s', (minSamplesSplit) => {
    const full = treeOf();
    expect(treeOf({ minSamplesSplit })).toEqual(prune(full, (node) => full.cover[node] < minSamplesSplit));
  });

  it.each(['sqrt', 0.5, 3] as const)('a forest whose nodes choose from maxFeatures %s', (maxFeatures) => {
    const full = forestOf({ maxFeatures });
    expect(forestOf({ maxFeatures, maxDepth: 4 })).toEqual(full.map((tree) => prune(tree, (_, depth) => depth === 4)));
  });
});

describe('a forest', () => {
  it('begins with every smaller forest', () => {
    expect(forestOf({ nEstimators: 9, maxFeatures: 'log2' }).slice(0, 4)).toEqual(
      forestOf({ nEstimators: 4, maxFeatures: 'log2' }),
    );
  });

  it('is one tree many times without bootstrap and with all features, where no cuts are equally good', () => {
    const steps = [17, 31].map((step) => Array.from({ length: 100 }, (_, row) => (row * step) % 101));
    const rows = columns(...steps);
    const targets = Float64Array.from({ length: 100 }, (_, row) => Math.sin(row));
    const params = { minSamplesLeaf: 5 };
    const [alone] = decisionTree(params).fit(rows, targets, context).trees;
    const { trees } = randomForest({ ...params, nEstimators: 5, bootstrap: false }).fit(rows, targets, context);
    for (const tree of trees) expect(tree).toEqual(alone);
  });

  it('draws as many rows as there are, with repeats', () => {
    for (const tree of forestOf({})) expect(tree.cover[0]).toBe(150);
  });

  it('leaves out about 1/e of the rows in each tree', () => {
    const alone = columns(Array.from({ length: 1000 }, (_, row) => row));
    const trees = randomForest({ nEstimators: 20 }).fit(
      alone,
      Float64Array.from({ length: 1000 }, (_, row) => row),
      context,
    ).trees;
    const leaves = trees.map((tree) => tree.feature.filter((feature) => feature < 0).length);
    expect(leaves.reduce((a, b) => a + b) / 20 / 1000).toBeCloseTo(1 - 1 / Math.E, 2);
  });
});

describe('a tree', () => {
  it('is the same whatever the order of the rows, to the last threshold', () => {
    const { feature, threshold, cover } = treeOf();
    const order = mersenneTwister(9).permutation(150);
    const [mixed] = decisionTree().fit(takeRows(x, order), takeValues(y, order), context).trees;
    expect({ ...mixed }).toMatchObject({ feature, threshold, cover });
  });

  it('predicts its training rows exactly where no two rows are alike', () => {
    const rows = columns(Array.from({ length: 50 }, (_, row) => (row * 17) % 50));
    const targets = Float64Array.from({ length: 50 }, (_, row) => Math.sin(row) / 3);
    expect(predict(decisionTree().fit(rows, targets, context), rows)).toEqual(targets);
  });

  it('leaves no fewer rows than minSamplesLeaf on any side', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), (minSamplesLeaf) => {
        const tree = treeOf({ minSamplesLeaf });
        expect(Math.min(...tree.cover)).toBeGreaterThanOrEqual(minSamplesLeaf);
      }),
      { numRuns: 20 },
    );
  });

  it('has in each inner node the mean of its rows', () => {
    const { feature, left, right, value, cover } = treeOf();
    feature.forEach((at, node) => {
      if (at < 0) return;
      const sum = value[left[node]] * cover[left[node]] + value[right[node]] * cover[right[node]];
      expect(sum / cover[node]).toBeCloseTo(value[node], 10);
    });
  });

  it('does not care where zero is', () => {
    const far = decisionTree().fit(
      x,
      y.map((target) => target + 1e6),
      context,
    );
    expect(far.trees[0].threshold).toEqual(treeOf().threshold);
  });

  it('learns what is small beside an outlier', () => {
    const rows = columns(Array.from({ length: 200 }, (_, row) => row));
    const targets = Float64Array.from({ length: 200 }, (_, row) => (row === 199 ? 1e12 : row % 2));
    const small = decisionTree().fit(rows, targets, context);
    expect(Array.from(predict(small, columns([0, 1, 2, 3, 199])))).toEqual([0, 1, 0, 1, 1e12]);
  });

  it('may be deeper than the call stack', () => {
    // Where targets alternate, the best cut takes off one row at the end.
    const rows = 12_000;
    const { trees } = decisionTree().fit(
      columns(Array.from({ length: rows }, (_, row) => row)),
      Float64Array.from({ length: rows }, (_, row) => row % 2),
      context,
    );
    expect(depthOf(trees[0])).toBe(rows - 1);
  });
});

function depthOf({ feature, left, right }: Tree): number {
  const depths = new Int32Array(feature.length);
  feature.forEach((at, node) => {
    if (at >= 0) depths[left[node]] = depths[right[node]] = depths[node] + 1;
  });
  return depths.reduce((a, b) => Math.max(a, b));
}
