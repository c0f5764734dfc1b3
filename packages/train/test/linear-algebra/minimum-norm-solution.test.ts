import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimumNormSolution } from '../../src/linear-algebra/minimum-norm-solution.js';

const CUTOFF = 1e-12;

function solve(columns: readonly (readonly number[])[], b: readonly number[]): number[] {
  return Array.from(
    minimumNormSolution(
      columns.map((column) => Float64Array.from(column)),
      Float64Array.from(b),
      CUTOFF,
    ),
  );
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

function expectVector(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 12));
}

/** Square matrices of small whole numbers, by columns: about as often singular as not. */
const systems = fc.integer({ min: 1, max: 5 }).chain((size) => {
  const vector = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: size, maxLength: size });
  return fc.tuple(fc.array(vector, { minLength: size, maxLength: size }), vector);
});

describe('minimumNormSolution', () => {
  it('solves a system of full rank', () => {
    expectVector(
      solve(
        [
          [2, 1],
          [1, 3],
        ],
        [5, 10],
      ),
      [1, 3],
    );
  });

  it('shares a weight equally between equal columns', () => {
    expectVector(
      solve(
        [
          [1, 0],
          [1, 0],
        ],
        [4, 0],
      ),
      [2, 2],
    );
  });

  it('gives a zero column no weight', () => {
    expectVector(
      solve(
        [
          [0, 0],
          [0, 2],
        ],
        [3, 4],
      ),
      [0, 2],
    );
  });

  it('gives no weights at all where every column is zero', () => {
    expect(solve([[0]], [3])).toEqual([0]);
    expect(solve([], [])).toEqual([]);
  });

  it('leaves a residual that no column can make smaller', () => {
    fc.assert(
      fc.property(systems, ([columns, b]) => {
        const w = solve(columns, b);
        const residual = b.map(
          (value, i) =>
            value -
            dot(
              columns.map((column) => column[i]),
              w,
            ),
        );
        for (const column of columns) expect(Math.abs(dot(column, residual))).toBeLessThan(1e-10);
      }),
      { numRuns: 500 },
    );
  });

  it('finds the shortest solution: it is a sum of rows', () => {
    fc.assert(
      fc.property(systems, ([columns, b]) => {
        const w = solve(columns, b);
        const rows = b.map((_, i) => columns.map((column) => column[i]));
        // What is left of w after the best sum of rows is the part that makes it longer than needed.
        const weights = solve(rows, w);
        const left = w.map(
          (value, j) =>
            value -
            dot(
              rows.map((row) => row[j]),
              weights,
            ),
        );
        for (const value of left) expect(Math.abs(value)).toBeLessThan(1e-10);
      }),
      { numRuns: 500 },
    );
  });
});
