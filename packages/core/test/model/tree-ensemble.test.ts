import { describe, expect, it } from 'vitest';
import { leafOf, numericColumn, predict, table, type Tree, type TreeEnsemble } from '../../src/index.js';

/** `hours <= 5`: 40, else `sleep <= 7`: 60, else 80; missing hours go left, missing sleep goes right. */
const tree: Tree = {
  feature: Int32Array.of(0, -1, 1, -1, -1),
  threshold: Float64Array.of(5, 0, 7, 0, 0),
  left: Int32Array.of(1, 0, 3, 0, 0),
  right: Int32Array.of(2, 0, 4, 0, 0),
  missingLeft: Uint8Array.of(1, 0, 0, 0, 0),
  value: Float64Array.of(57, 40, 68, 60, 80),
  cover: Float64Array.of(10, 4, 6, 3, 3),
};

const stump: Tree = { ...tree, feature: Int32Array.of(-1), value: Float64Array.of(20) };

const model: TreeEnsemble = { kind: 'tree-ensemble', features: ['hours', 'sleep'], combine: 'mean', trees: [tree] };

function rows(hours: number[], sleep: number[]) {
  return table([numericColumn('hours', hours), numericColumn('sleep', sleep)]);
}

describe('a tree ensemble', () => {
  it('sends a row left up to the threshold', () => {
    expect(predict(model, rows([5, 5.001, 9], [9, 7, 7.5]))).toEqual(Float64Array.of(40, 60, 80));
  });

  it('sends missing values where each node says', () => {
    const { NaN: missing } = Number;
    expect(predict(model, rows([missing, 9], [9, missing]))).toEqual(Float64Array.of(40, 80));
  });

  it('predicts the mean of its trees', () => {
    expect(predict({ ...model, trees: [tree, stump, stump] }, rows([1], [1]))[0]).toBe((40 + 20 + 20) / 3);
  });

  it('says in which leaf a row ends', () => {
    expect(leafOf(tree, [Float64Array.of(6), Float64Array.of(8)], 0)).toBe(4);
  });
});
