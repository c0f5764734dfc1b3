import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metrics } from '@scorecast/core';
import { selectEnsemble } from '../../src/auto/select-ensemble.js';
import { oriented } from '../../src/search/scoring.js';
import { stackPredictions } from '../../src/auto/stack-predictions.js';

const metricNames = [
  'r2',
  'mae',
  'rmse',
  'medianAbsoluteError',
  'maxError',
  'explainedVariance',
  'meanAbsolutePercentageError',
] as const;
const number = fc.double({ min: -100, max: 100, noNaN: true });
const rows = fc.integer({ min: 4, max: 20 });
const joint = fc.tuple(rows, fc.integer({ min: 1, max: 6 })).chain(([n, count]) =>
  fc.record({
    target: fc.array(number, { minLength: n, maxLength: n }).map((values) => Float64Array.from(values)),
    predictions: fc.array(
      fc.array(number, { minLength: n, maxLength: n }).map((values) => Float64Array.from(values)),
      { minLength: count, maxLength: count },
    ),
  }),
);

const blended = (predictions: readonly Float64Array[], weights: Float64Array, intercept = 0) =>
  predictions[0].map((_, row) => predictions.reduce((sum, values, j) => sum + weights[j] * values[row], intercept));

describe('greedy ensemble selection', () => {
  it('gives weights that are not negative and sum to 1, to no more members than allowed', () => {
    fc.assert(
      fc.property(joint, fc.integer({ min: 1, max: 4 }), (input, maxMembers) => {
        const { weights, intercept } = selectEnsemble(input, { maxMembers });
        expect(weights.every((weight) => weight >= 0)).toBe(true);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        expect(weights.filter((weight) => weight > 0).length).toBeLessThanOrEqual(maxMembers);
        expect(intercept).toBe(0);
      }),
    );
  });

  it.each(metricNames)('is never worse by %s than the best candidate on the rows that it was chosen by', (metric) => {
    const loss = (target: Float64Array, values: Float64Array) =>
      -oriented(metric, metrics[metric].score(target, values));
    fc.assert(
      fc.property(joint, (input) => {
        const { weights } = selectEnsemble(input, { metric });
        const best = Math.min(...input.predictions.map((values) => loss(input.target, values)));
        const reached = loss(input.target, blended(input.predictions, weights));
        expect(reached).toBeLessThanOrEqual(best + Math.abs(best) * 1e-9 + 1e-9);
      }),
    );
  });

  it('makes another mixture where another metric counts', () => {
    const target = Float64Array.of(0, 0, 0, 0, 10);
    const predictions = [Float64Array.of(0, 0, 0, 0, 0), Float64Array.of(5, 5, 5, 5, 5)];
    expect(Array.from(selectEnsemble({ predictions, target }, { metric: 'medianAbsoluteError' }).weights)).toEqual([
      1, 0,
    ]);
    expect(Array.from(selectEnsemble({ predictions, target }, { metric: 'maxError' }).weights)).toEqual([0, 1]);
    const [first, second] = selectEnsemble({ predictions, target }).weights;
    expect([first > 0, second > 0]).toEqual([true, true]);
  });

  it('of many rows looks at every so manieth, where squared errors do not decide', () => {
    const target = Float64Array.from({ length: 25_000 }, (_, row) => row % 7);
    const predictions = [target.map((value) => value + 1), target.map((value) => value - 3)];
    const [first] = selectEnsemble({ predictions, target }, { metric: 'mae' }).weights;
    expect(first).toBeCloseTo(0.75, 1);
  });

  it('chooses the earlier of two equal candidates', () => {
    const same = Float64Array.of(1, 2, 3);
    expect(selectEnsemble({ predictions: [same, same], target: Float64Array.of(1, 2, 4) }).weights).toEqual(
      Float64Array.of(1, 0),
    );
  });

  it('finds the mixture of which the target is made, to one over the rounds', () => {
    const predictions = [Float64Array.of(0, 4, 8, 0), Float64Array.of(8, 0, 4, 0)];
    const target = blended(predictions, Float64Array.of(0.75, 0.25));
    const { weights } = selectEnsemble({ predictions, target });
    expect(weights[0]).toBeCloseTo(0.75, 1);
  });
});

describe('stacking', () => {
  it('gives weights that are not negative, whatever the predictions', () => {
    fc.assert(
      fc.property(joint, (input) => {
        const { weights, intercept } = stackPredictions(input);
        expect([...weights, intercept].every(Number.isFinite)).toBe(true);
        expect(weights.every((weight) => weight >= 0)).toBe(true);
      }),
    );
  });

  it('mends candidates that are off by a factor and a constant, as a blend cannot', () => {
    const truth = Float64Array.of(10, 20, 30, 50);
    const { weights, intercept } = stackPredictions({ predictions: [truth.map((v) => 2 * v + 7)], target: truth });
    expect(weights[0]).toBeCloseTo(0.5, 2);
    expect(intercept).toBeCloseTo(-3.5, 1);
  });

  it('gives nothing to a candidate that predicts a constant', () => {
    const predictions = [Float64Array.of(5, 5, 5), Float64Array.of(1, 2, 3)];
    expect(stackPredictions({ predictions, target: Float64Array.of(1, 2, 3) }).weights[0]).toBe(0);
  });
});
