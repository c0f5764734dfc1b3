import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupKFold, groupSplit, stratifiedKFold, targetStrata } from '../../src/index.js';
import { expectFolds, goldenText, type GoldenFold } from './golden-rows.js';

interface Case {
  labels: number;
  seed: number;
  parts: GoldenFold[];
}

const golden: {
  labels: (string | number)[][];
  groupKFold: (Case & { folds: number; shuffle: boolean })[];
  groupSplit: (Case & { testSize: number })[];
  stratifiedKFold: (Case & { folds: number; shuffle: boolean; repeats: number })[];
} = JSON.parse(goldenText('group-folds'));

const groupsOf = ({ labels }: Case) => golden.labels[labels].map(String);

const anyGroups = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 2, maxLength: 60 });
const anySeed = fc.integer({ min: 0, max: 0xffffffff });

describe('groupKFold', () => {
  it.each(golden.groupKFold)(
    "cuts scikit-learn's folds: labels $labels, $folds folds, shuffle $shuffle, seed $seed",
    ({ folds, shuffle, seed, parts, ...rest }) => {
      expectFolds(groupKFold(groupsOf({ ...rest, seed, parts }), { folds, shuffle, seed }), parts);
    },
  );

  it('tests on every row once per repeat, and never on a group that it learned from', () => {
    const cuttable = anyGroups.filter((groups) => new Set(groups).size >= 2);
    fc.assert(
      fc.property(cuttable, fc.boolean(), fc.constantFrom(1, 2), anySeed, (groups, shuffle, repeats, seed) => {
        const cut = groupKFold(groups, { folds: 2, shuffle, repeats, seed });
        for (let repeat = 0; repeat < repeats; repeat++) {
          const tested = cut.slice(2 * repeat, 2 * repeat + 2).flatMap(({ test }) => [...test]);
          expect(tested.sort((a, b) => a - b)).toEqual([...groups.keys()]);
        }
        for (const { train, test } of cut) {
          const learned = new Set(Array.from(train, (row) => groups[row]));
          expect(Array.from(test).some((row) => learned.has(groups[row]))).toBe(false);
          expect(train.length + test.length).toBe(groups.length);
        }
      }),
    );
  });

  it('shuffles by itself when it repeats', () => {
    const groups = Array.from({ length: 40 }, (_, row) => `pupil ${row}`);
    const cut = groupKFold(groups, { folds: 2, repeats: 2 });
    expect(cut).toHaveLength(4);
    expect(cut[2]).not.toEqual(cut[0]);
  });

  it('refuses more folds than groups, no repeat, and a row without a group', () => {
    expect(() => groupKFold(['a', 'a', 'b'], { folds: 3 })).toThrow('2 group(s) cannot be cut into 3 folds');
    expect(() => groupKFold(['a', 'b'], { folds: 2, repeats: 0 })).toThrow('repeats cannot be 0');
    expect(() => groupKFold(['a', null, 'b'], { folds: 2 })).toThrow('row 2 belongs to no group');
  });
});

describe('groupSplit', () => {
  it.each(golden.groupSplit)(
    "draws scikit-learn's test part: labels $labels, test size $testSize, seed $seed",
    ({ testSize, ...rest }) => {
      expectFolds([groupSplit(groupsOf(rest), { testSize, seed: rest.seed })], rest.parts);
    },
  );

  it('cannot hold out the only group', () => {
    expect(() => groupSplit(['a', 'a', 'a'])).toThrow('1 group(s) cannot be split with testSize 0.2');
  });
});

describe('stratifiedKFold', () => {
  it.each(golden.stratifiedKFold)(
    "cuts scikit-learn's folds: labels $labels, $folds folds, shuffle $shuffle, seed $seed, $repeats repeat(s)",
    ({ labels, folds, shuffle, seed, repeats, parts }) => {
      expectFolds(stratifiedKFold(golden.labels[labels], { folds, shuffle, seed, repeats }), parts);
    },
  );

  it('spreads every stratum over the folds as evenly as it can be', () => {
    const strata = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 9, maxLength: 60 });
    fc.assert(
      fc.property(strata, fc.boolean(), anySeed, (labels, shuffle, seed) => {
        const cut = stratifiedKFold(labels, { folds: 3, shuffle, seed });
        expect(cut.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([...labels.keys()]);
        for (const stratum of new Set(labels)) {
          const counts = cut.map(({ test }) => test.filter((row) => labels[row] === stratum).length);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('refuses more folds than the largest stratum has rows', () => {
    expect(() => stratifiedKFold([0, 1, 1], { folds: 3 })).toThrow('strata of at most 2 row(s) cannot be cut into 3');
  });
});

describe('targetStrata', () => {
  it('cuts a target into strata of about as many rows', () => {
    const target = Float64Array.from({ length: 100 }, (_, i) => ((i * 37) % 100) ** 2);
    const sizes = new Int32Array(10);
    for (const stratum of targetStrata(target)) sizes[stratum]++;
    expect(Array.from(sizes)).toEqual(new Array(10).fill(10));
  });

  it('never parts equal values and keeps the order of the values', () => {
    const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 12 }), (target, bins) => {
        const strata = targetStrata(target, { bins });
        target.forEach((a, i) =>
          target.forEach((b, j) => {
            if (a === b) expect(strata[i]).toBe(strata[j]);
            if (a < b) expect(strata[i]).toBeLessThanOrEqual(strata[j]);
          }),
        );
      }),
    );
  });
});
