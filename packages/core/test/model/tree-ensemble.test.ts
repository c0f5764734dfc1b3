import { describe, expect, it } from 'vitest';
import { leafOf, numericColumn, predict, predictStages, table, type Tree, type TreeEnsemble } from '../../src/index.js';

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

  it('predicts a base and the sum of its trees', () => {
    const sum: TreeEnsemble = { ...model, combine: 'sum', base: 0.5, trees: [tree, stump] };
    expect(predict(sum, rows([1, 9], [1, 9]))).toEqual(Float64Array.of(0.5 + 40 + 20, 0.5 + 80 + 20));
  });

  it('predicts the median of its trees by their weights', () => {
    const of = (value: number) => ({ ...stump, value: Float64Array.of(value) });
    const median = (...weights: number[]): TreeEnsemble => ({
      ...model,
      combine: 'weighted-median',
      weights: Float64Array.from(weights),
      trees: [of(30), of(10), of(20)],
    });
    const [one, other] = [median(1, 1, 1), median(3, 1, 1)].map((ensemble) => predict(ensemble, rows([1], [1])));
    expect([one[0], other[0]]).toEqual([20, 30]);
    expect(predict(median(1, 2, 1), rows([1], [1]))[0]).toBe(10);
  });

  it('predicts many rows as it predicts each alone', () => {
    const hours = Array.from({ length: 1100 }, (_, i) => i / 100);
    const sleep = hours.map((value) => 11 - value);
    for (const ensemble of [
      { ...model, trees: [tree, stump] },
      { ...model, combine: 'sum', base: 3, trees: [tree, stump] },
      { ...model, combine: 'weighted-median', weights: Float64Array.of(1, 2), trees: [tree, stump] },
    ] satisfies TreeEnsemble[]) {
      const alone = hours.map((value, i) => predict(ensemble, rows([value], [sleep[i]]))[0]);
      expect(Array.from(predict(ensemble, rows(hours, sleep)))).toEqual(alone);
    }
  });

  it('predicts the stages of a growing ensemble as ensembles of so many trees do', () => {
    const trees = [tree, stump, { ...tree, value: Float64Array.of(57, 0.1, 68, 0.3, 0.7) }];
    const source = rows([1, 9, 9], [1, 1, 9]);
    const first = (count: number) => ({ ...model, trees: trees.slice(0, count) });
    for (const ensemble of [
      first,
      (count) => ({ ...first(count), combine: 'sum', base: 0.1 }),
      (count) => ({ ...first(count), combine: 'weighted-median', weights: Float64Array.of(1, 4, 2).slice(0, count) }),
    ] satisfies ((count: number) => TreeEnsemble)[]) {
      const counts = [3, 1, 2, 2];
      expect(predictStages(ensemble(3), source, counts)).toEqual(counts.map((n) => predict(ensemble(n), source)));
    }
  });

  it('sends the levels of a set the other way than missing and unseen ones', () => {
    const goes = (missingLeft: 0 | 1) => {
      const parted = { ...tree, missingLeft: Uint8Array.of(missingLeft, 0, 0, 0, 0) };
      const sets = [Int32Array.of(0, 2), ...new Array<Int32Array>(4).fill(new Int32Array(0))];
      const values = [0, 1, 2, 3, Number.NaN, 70000, -1, 0.5];
      return Array.from(
        predict({ ...model, trees: [{ ...parted, sets }] }, rows(values, new Array<number>(8).fill(9))),
      );
    };
    expect(goes(0)).toEqual([40, 80, 40, 80, 80, 80, 80, 80]);
    expect(goes(1)).toEqual([80, 40, 80, 40, 40, 40, 40, 40]);
  });

  it('says in which leaf a row ends', () => {
    expect(leafOf(tree, [Float64Array.of(6), Float64Array.of(8)], 0)).toBe(4);
  });
});
