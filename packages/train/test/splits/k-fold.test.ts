import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kFold, repeatedKFold } from '../../src/index.js';
import { expectFolds, goldenText, type GoldenFold } from './golden-rows.js';

interface Case {
  n: number;
  folds: number;
  seed: number;
  parts: GoldenFold[];
}

const golden: {
  kFold: (Case & { shuffle: boolean })[];
  repeatedKFold: (Case & { repeats: number })[];
} = JSON.parse(goldenText('folds'));

describe('kFold', () => {
  it.each(golden.kFold)(
    "cuts scikit-learn's folds: $n rows, $folds folds, shuffle $shuffle, seed $seed",
    ({ n, folds, shuffle, seed, parts }) => {
      expectFolds(kFold(n, { folds, shuffle, seed }), parts);
    },
  );

  it('makes 5 shuffled folds with seed 42 by default', () => {
    expect(kFold(100)).toEqual(kFold(100, { folds: 5, shuffle: true, seed: 42 }));
  });

  it('tests on every row once, and learns in each fold from all the others', () => {
    const sizes = fc
      .tuple(fc.integer({ min: 2, max: 200 }), fc.integer({ min: 2, max: 12 }))
      .filter(([n, k]) => k <= n);
    fc.assert(
      fc.property(sizes, fc.boolean(), fc.integer({ min: 0, max: 0xffffffff }), ([n, folds], shuffle, seed) => {
        const cut = kFold(n, { folds, shuffle, seed });
        const rows = Array.from({ length: n }, (_, row) => row);
        expect(cut.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual(rows);
        for (const { train, test } of cut) {
          expect([...train, ...test].sort((a, b) => a - b)).toEqual(rows);
          expect([Math.floor(n / folds), Math.ceil(n / folds)]).toContain(test.length);
        }
      }),
    );
  });

  it.each([
    [3, 4],
    [10, 1],
    [10, 2.5],
    [0, 2],
  ])('refuses to cut %s row(s) into %s folds', (n, folds) => {
    expect(() => kFold(n, { folds })).toThrow(
      `${n} row(s) cannot be cut into ${folds} folds (expected a whole number of folds, at least 2 and at most one per row)`,
    );
  });
});

describe('repeatedKFold', () => {
  it.each(golden.repeatedKFold)(
    "cuts scikit-learn's folds: $n rows, $folds folds, $repeats times, seed $seed",
    ({ n, folds, repeats, seed, parts }) => {
      expectFolds(repeatedKFold(n, { folds, repeats, seed }), parts);
    },
  );

  it('starts as one shuffled k-fold', () => {
    expect(repeatedKFold(20, { repeats: 3 }).slice(0, 5)).toEqual(kFold(20));
  });

  it.each([0, 1.5, -1])('refuses %s repeats', (repeats) => {
    expect(() => repeatedKFold(10, { repeats })).toThrow(`repeats cannot be ${repeats} (expected a whole number`);
  });
});
