import { metrics } from '@scorecast/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scorePredictions } from '../../src/search/score-predictions.js';
import { chosenMetrics, eachMetric, type ScoringName } from '../../src/search/scoring.js';

const alone = (yTrue: Float64Array, yPred: Float64Array) => eachMetric((name) => metrics[name].score(yTrue, yPred));

describe('scoring predictions', () => {
  it('gives for every metric of the registry the bits that it gives alone', () => {
    const value = fc.oneof(fc.constantFrom(0, 1, 50), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 40 }), (pairs) => {
        const [yTrue, yPred] = [0, 1].map((i) => Float64Array.from(pairs, (pair) => pair[i]));
        expect(scorePredictions(yTrue, yPred)).toEqual(alone(yTrue, yPred));
      }),
    );
  });

  it('knows every metric', () => {
    const one = Float64Array.of(1);
    expect(Object.keys(scorePredictions(one, one))).toEqual(Object.keys(metrics));
  });

  it('leaves the predictions as they are', () => {
    const yPred = Float64Array.of(9, 1, 5, 3);
    scorePredictions(Float64Array.of(1, 2, 3, 4), yPred);
    expect(Array.from(yPred)).toEqual([9, 1, 5, 3]);
  });

  it('is not finite where a prediction is not, and comes to an end', () => {
    const { mae, r2 } = scorePredictions(Float64Array.of(1, 2, 3), Float64Array.of(1, Number.NaN, 3));
    expect([mae, r2].every(Number.isNaN)).toBe(true);
  });
});

describe('chosen metrics', () => {
  it('are R2 when nothing is said, and a list otherwise, each once', () => {
    expect(chosenMetrics()).toEqual(['r2']);
    expect(chosenMetrics('mae')).toEqual(['mae']);
    expect(chosenMetrics(['mae', 'r2', 'mae'])).toEqual(['mae', 'r2']);
  });

  it('are refused by name when there is no such metric', () => {
    const misspelt: readonly ScoringName[] = JSON.parse('["maee"]');
    expect(() => chosenMetrics(misspelt)).toThrow(
      'there is no metric "maee" to choose by (expected r2, mae, rmse, medianAbsoluteError, maxError, ' +
        'explainedVariance, meanAbsolutePercentageError): did you mean "mae"?',
    );
  });
});
