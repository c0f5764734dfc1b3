import { mersenneTwister, numericColumn, predict, r2Score, table } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { keyedRandom, neuralNetwork, type NeuralNetworkParams } from '../../src/index.js';

const random = mersenneTwister(8);
const hours = Float64Array.from({ length: 120 }, () => 2 * random.double() - 1);
const x = table([numericColumn('hours', hours)]);
const hat = hours.map((value) => 50 + 20 * Math.abs(value));
const context = { random: keyedRandom(42) };
const quick = { hiddenLayerSizes: [16], learningRateInit: 0.02, batchSize: 30 };

const fit = (params: Partial<NeuralNetworkParams>, y = hat) =>
  neuralNetwork({ ...quick, ...params }).fit(x, y, context);

describe('the neural network', () => {
  it('learns what no line can', () => {
    expect(r2Score(hat, predict(fit({}), x))).toBeGreaterThan(0.99);
  });

  it('takes a number for one hidden layer', () => {
    expect(fit({ hiddenLayerSizes: 16 })).toEqual(fit({ hiddenLayerSizes: [16] }));
  });

  it('learns in several layers', () => {
    const model = fit({ hiddenLayerSizes: [8, 4] });
    expect(model.layers.map(({ weights, biases }) => [weights.length, biases.length])).toEqual([
      [8, 8],
      [32, 4],
      [4, 1],
    ]);
    expect(r2Score(hat, predict(model, x))).toBeGreaterThan(0.95);
  });

  it('learns the same in another unit and from another zero', () => {
    const predictions = predict(fit({}), x);
    const moved = predict(
      fit(
        {},
        hat.map((value) => 1000 + value * 8),
      ),
      x,
    );
    moved.forEach((value, i) => expect(value).toBeCloseTo(1000 + predictions[i] * 8, 6));
  });

  it('stops when the loss has stalled, however many epochs it may take', () => {
    const patient = { tol: 0.01, nIterNoChange: 3 };
    expect(fit({ ...patient, maxIter: 100 })).toEqual(fit({ ...patient, maxIter: 5000 }));
    expect(fit({ ...patient, maxIter: 2 })).not.toEqual(fit({ ...patient, maxIter: 100 }));
  });

  it('with early stopping keeps the epoch that did best on the rows held back', () => {
    const noisy = hat.map((value) => value + 10 * random.normal());
    const held = { earlyStopping: true, validationFraction: 0.4, maxIter: 400, tol: 0 };
    const short = fit({ ...held, nIterNoChange: 40 }, noisy);
    expect(short).toEqual(fit({ ...held, nIterNoChange: 41 }, noisy));
    expect(short).not.toEqual(fit({ ...held, nIterNoChange: 40, maxIter: 1 }, noisy));
  });

  it('keeps weights small where they cost much', () => {
    const largest = (alpha: number) =>
      Math.max(...fit({ alpha, maxIter: 400 }).layers.flatMap(({ weights }) => Array.from(weights, Math.abs)));
    expect(largest(300)).toBeLessThan(largest(0) / 10);
  });

  it('says so when early stopping leaves nothing to learn from', () => {
    const one = table([numericColumn('hours', [1])]);
    expect(() => neuralNetwork({ earlyStopping: true }).fit(one, Float64Array.of(1), context)).toThrow(
      'earlyStopping holds 1 of 1 row(s) back and leaves none to learn from',
    );
  });

  it('says so when weights grow without bound', () => {
    expect(() => fit({ learningRateInit: 1e200 })).toThrow('neural-network: the numbers are too large');
  });

  it.each([[[]], [[0]], [[8, 1.5]], [0]])('refuses the hidden layers %j', (hiddenLayerSizes) => {
    expect(() => neuralNetwork({ hiddenLayerSizes })).toThrow('an integer of at least 1, or a list of such integers');
  });
});
