import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mean, quantile, standardDeviation } from '../../src/index.js';

interface Summary {
  name: string;
  values: number[];
  mean: number;
  sd0: number;
  sd1?: number;
  quantiles: [level: number, value: number][];
}

const golden: { summaries: Summary[] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/golden/metrics.json', import.meta.url), 'utf8'),
);

describe.each(golden.summaries)('$name, against numpy', ({ values, ...expected }) => {
  it('has the same mean', () => {
    expect(mean(values) / expected.mean).toBeCloseTo(1, 13);
  });

  it('has the same standard deviations', () => {
    // A large offset costs digits: the mean is only known to its own last one.
    const lost = Math.abs(expected.mean) * Number.EPSILON;
    expect(Math.abs(standardDeviation(values) - expected.sd0)).toBeLessThanOrEqual(lost + 1e-14 * expected.sd0);
    if (expected.sd1 === undefined) expect(standardDeviation(values, 1)).toBeNaN();
    else expect(Math.abs(standardDeviation(values, 1) - expected.sd1)).toBeLessThanOrEqual(lost + 1e-14 * expected.sd1);
  });

  it.each(expected.quantiles)('has the same quantile of level %s', (level, value) => {
    expect(quantile(values, level) / value).toBeCloseTo(1, 13);
  });
});

it('has no mean, deviation or quantile of nothing', () => {
  expect([mean([]), standardDeviation([]), quantile([], 0.5)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

it('leaves the values of a quantile in their order', () => {
  const values = [3, 1, 2];
  quantile(values, 0.5);
  expect(values).toEqual([3, 1, 2]);
});
