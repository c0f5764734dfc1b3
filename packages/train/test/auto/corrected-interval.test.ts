import { describe, expect, it } from 'vitest';
import { correctedInterval } from '../../src/auto/corrected-interval.js';
import { studentTQuantile } from '../../src/auto/student-t-quantile.js';

describe('the quantile of Student’s t', () => {
  // R's qt(p, df).
  it.each([
    [0.975, 1, 12.706204736],
    [0.975, 2, 4.30265273],
    [0.975, 4, 2.776445105],
    [0.95, 7, 1.894578605],
    [0.975, 14, 2.144786688],
    [0.995, 30, 2.749995654],
    [0.5, 5, 0],
  ])('at %f with %i degrees of freedom is %f', (level, degrees, expected) => {
    expect(studentTQuantile(level, degrees)).toBeCloseTo(expected, 6);
  });

  it('is symmetric', () => {
    expect(studentTQuantile(0.1, 9)).toBe(-studentTQuantile(0.9, 9));
  });
});

describe('the corrected interval', () => {
  it('is wider than that of independent values by the share of rows that folds have in common', () => {
    const values = [1, 2, 3, 4, 5];
    const { mean, sd, lower, upper } = correctedInterval(values, 0.2);
    expect([mean, sd]).toEqual([3, Math.sqrt(2.5)]);
    expect(upper - mean).toBeCloseTo(2.776445105 * Math.sqrt(2.5) * Math.sqrt(1 / 5 + 1 / 4), 8);
    expect(mean - lower).toBeCloseTo(upper - mean, 12);
  });

  it('does not shrink to nothing when folds are repeated without end', () => {
    const often = Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? -1 : 1));
    const { lower, upper } = correctedInterval(often, 0.2);
    expect(upper - lower).toBeGreaterThan(2 * 1.95 * Math.sqrt(1 / 4));
  });
});
