import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainTestSplit } from '../../src/index.js';

interface Rows {
  rows?: number[];
  sha256: string;
}

const golden: { cases: { n: number; testSize: number; seed: number; testRows: number; train: Rows; test: Rows }[] } =
  JSON.parse(readFileSync(new URL('../../../../fixtures/golden/hold-outs.json', import.meta.url), 'utf8'));

function expectRows(found: Int32Array, expected: Rows): void {
  if (expected.rows !== undefined) expect(Array.from(found)).toEqual(expected.rows);
  expect(createHash('sha256').update(found).digest('hex')).toBe(expected.sha256);
}

describe('trainTestSplit', () => {
  it.each(golden.cases)(
    "holds out scikit-learn's rows: $n rows, test size $testSize, seed $seed",
    ({ n, testSize, seed, ...expected }) => {
      const { train, test } = trainTestSplit(n, { testSize, seed });
      expect(test).toHaveLength(expected.testRows);
      expectRows(test, expected.test);
      expectRows(train, expected.train);
    },
  );

  it('holds out a fifth with seed 42 by default', () => {
    expect(trainTestSplit(1000)).toEqual(trainTestSplit(1000, { testSize: 0.2, seed: 42 }));
  });

  it('puts every row in exactly one part', () => {
    const sizes = fc.integer({ min: 2, max: 300 });
    const seeds = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(sizes, fc.double({ min: 0.01, max: 0.5, noNaN: true }), seeds, (n, testSize, seed) => {
        const { train, test } = trainTestSplit(n, { testSize, seed });
        expect([...train, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, row) => row));
        expect(test.length).toBeGreaterThanOrEqual(n * testSize);
        expect(test.length).toBeLessThanOrEqual(n * testSize + 1);
      }),
    );
  });

  it.each([0, 1, -0.2, 20, Number.NaN])('refuses the test size %s', (testSize) => {
    expect(() => trainTestSplit(10, { testSize })).toThrow(
      `testSize ${testSize} cannot be used (expected a share between 0 and 1, such as 0.2)`,
    );
  });

  it.each([
    [0, 0.2],
    [1, 0.2],
    [4, 0.8],
  ])('refuses %s row(s) with test size %s: nothing to learn from', (n, testSize) => {
    expect(() => trainTestSplit(n, { testSize })).toThrow(
      `${n} row(s) cannot be split with testSize ${testSize}: none would be left to learn from`,
    );
  });
});
