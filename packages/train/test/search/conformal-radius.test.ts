import { mersenneTwister } from '@scorecast/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conformalRadius } from '../../src/index.js';

/** Residuals 1, 2, ..., n: the radius is the rank. */
const ranks = (n: number) => Float64Array.from({ length: n }, (_, i) => i + 1);

describe('conformalRadius', () => {
  it.each([
    [99, 0.55, 55],
    [99, 1 - 0.45, 55],
    [99, 0.9, 90],
    [9, 0.9, 9],
    [19, 0.95, 19],
    [9, 1 - 0.7, 3],
    [10, 0.9, 10],
    [100, 0.9, 91],
    [999, 0.9, 900],
    [1, 0.5, 1],
  ])('of %i residuals at level %d has rank %i', (n, level, rank) => {
    expect(conformalRadius(ranks(n), level)).toBe(rank);
  });

  it('takes the rank that exact arithmetic gives, for every level in thousandths', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 0, max: 5000 }), (thousandths, n) => {
        const product = BigInt(thousandths) * BigInt(n + 1);
        const rank = Number((product + 999n) / 1000n);
        expect(conformalRadius(ranks(n), thousandths / 1000)).toBe(rank > n ? Infinity : rank);
      }),
    );
  });

  it('is infinite when there are too few residuals for the level', () => {
    expect([0, 8, 9].map((n) => conformalRadius(ranks(n), 0.9))).toEqual([Infinity, Infinity, 9]);
  });

  it('has the rank of the rows, not of their residuals, where each row has several', () => {
    const times = (repeats: number, n: number) => Array.from({ length: repeats }, () => [...ranks(n)]).flat();
    expect([1, 2, 5].map((repeats) => conformalRadius(times(repeats, 99), 0.9, repeats))).toEqual([90, 90, 90]);
    expect(conformalRadius(times(5, 8), 0.9, 5)).toBe(Infinity);
  });

  it('looks at sizes alone, in whatever order', () => {
    expect(conformalRadius([-5, 1, -3], 0.75)).toBe(5);
  });

  it('does not change the residuals', () => {
    const residuals = Float64Array.of(3, -1, 2);
    conformalRadius(residuals, 0.5);
    expect(Array.from(residuals)).toEqual([3, -1, 2]);
  });

  describe.each([10, 25, 50, 99, 100])('with %i residuals', (n) => {
    it.each([0.5, 0.8, 0.9])('holds the next value with probability %d to that plus 1/(n + 1)', (level) => {
      // 100 draws of calibration residuals, each tried on 1000 new values. Given the residuals, coverage is
      // Beta(k, n + 1 - k), so the mean of 100 of them strays by less than 5 of its standard errors.
      const random = mersenneTwister(n);
      const normals = (count: number) => Float64Array.from({ length: count }, () => random.normal());
      let held = 0;
      for (let draw = 0; draw < 100; draw++) {
        const radius = conformalRadius(normals(n), level);
        held += normals(1000).filter((error) => Math.abs(error) <= radius).length;
      }
      const coverage = held / 100_000;
      const noise = 5 * Math.sqrt((level * (1 - level)) / (100 * (n + 2)) + 0.25 / 100_000);
      expect(coverage).toBeGreaterThan(level - noise);
      expect(coverage).toBeLessThan(level + 1 / (n + 1) + noise);
    });
  });
});
