import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absoluteError, huber, lowerQuantile, quantileLoss, squaredError } from '../../src/boosting/losses.js';

const targets = Float64Array.of(1, 2, 3, 4, 100);

function descend(loss: { descend(residuals: Float64Array, gradients: Float64Array): void }, residuals: number[]) {
  const gradients = new Float64Array(residuals.length);
  loss.descend(Float64Array.from(residuals), gradients);
  return Array.from(gradients);
}

describe('a loss', () => {
  it('begins with the mean, the median or the quantile', () => {
    const absolute = absoluteError(lowerQuantile);
    const upper = quantileLoss(0.75, lowerQuantile);
    expect([squaredError, absolute, huber(0.9), upper].map((loss) => loss.base(targets))).toEqual([22, 3, 3, 4]);
  });

  it('falls fastest along the residual, its sign, or the residual up to a bound', () => {
    expect(descend(squaredError, [-3, 0, 7])).toEqual([-3, 0, 7]);
    expect(descend(absoluteError(lowerQuantile), [-3, 0, 7])).toEqual([-1, 1, 1]);
    expect(descend(quantileLoss(0.75, lowerQuantile), [-3, 0, 7])).toEqual([-0.25, 0.75, 0.75]);
    expect(descend(huber(0.5), [-3, 0, 7, 2])).toEqual([-2, 0, 2, 2]);
  });

  it('gives a leaf its median, or for huber one bounded step from the median to the mean', () => {
    const loss = huber(0.5);
    descend(loss, [-1, 0, 1, 1, 1]);
    expect(loss.leafValue?.(Float64Array.of(0, 0, 9))).toBe(1 / 3);
    expect(absoluteError(lowerQuantile).leafValue?.(Float64Array.of(5, 0, 9))).toBe(5);
  });
});

describe('the lower quantile', () => {
  it('is the smallest value that has the share of all values at or below it', () => {
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (list, percent) => {
        const found = lowerQuantile(Float64Array.from(list), percent / 100);
        const share = (limit: (value: number) => boolean) => list.filter(limit).length * 100;
        expect(list).toContain(found);
        expect(share((value) => value <= found)).toBeGreaterThanOrEqual(percent * list.length);
        expect(share((value) => value < found)).toBeLessThan(percent * list.length);
      }),
    );
  });
});
