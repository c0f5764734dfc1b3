import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanAbsoluteError, r2Score, regressionMetrics, rootMeanSquaredError } from '../../src/index.js';

interface Scores {
  name: string;
  yTrue: number[];
  yPred: number[];
  r2: number;
  mae: number;
  rmse: number;
}

const golden: { metrics: Scores[] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/golden/metrics.json', import.meta.url), 'utf8'),
);

describe('regressionMetrics', () => {
  it.each(golden.metrics)('scores as scikit-learn does: $name', ({ yTrue, yPred, r2, mae, rmse }) => {
    const scores = regressionMetrics(yTrue, yPred);
    expect(scores.r2).toBeCloseTo(r2, 12);
    expect(scores.mae).toBeCloseTo(mae, 12);
    expect(scores.rmse).toBeCloseTo(rmse, 12);
  });

  it('never has a mean error above the root mean squared one, nor an R2 above 1', () => {
    const pair = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1 }), (pairs) => {
        const { r2, mae, rmse } = regressionMetrics(
          pairs.map(([truth]) => truth),
          pairs.map(([, predicted]) => predicted),
        );
        expect(mae).toBeLessThanOrEqual(rmse * (1 + 1e-12));
        expect(r2).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.each([r2Score, meanAbsoluteError, rootMeanSquaredError])('refuses lists of different lengths: %o', (metric) => {
    expect(() => metric([1, 2], [1])).toThrow('2 values cannot be compared with 1');
    expect(() => metric([], [])).toThrow('0 values cannot be compared with 0');
  });
});
