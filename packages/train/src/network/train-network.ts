import type { NetworkLayer } from '@scorecast/core';
import type { KeyedRandom } from '../keyed-random.js';
import { shuffled } from '../shuffled.js';
import { adam, type AdamParams } from './adam.js';
import { backpropagation, type Backpropagation } from './backpropagation.js';
import { drawWeights } from './initial-weights.js';
import { layersOf, weightCount } from './network-layout.js';

/** How a network is trained. */
export interface NetworkTraining extends AdamParams {
  /** The inputs and then the units of each layer; the last is 1. */
  readonly sizes: readonly number[];
  /** How much squared weights cost; biases are free. */
  readonly alpha: number;
  readonly batchSize: number;
  readonly maxIter: number;
  readonly tol: number;
  readonly nIterNoChange: number;
  /** How many rows tell when to stop, and are not learned from; 0 to go by the rows that are. */
  readonly validationRows: number;
}

// The keys below a fit's own randomness.
const WEIGHTS = 0;
const SHUFFLE = 1;
const VALIDATION = 2;

/**
 * Trains a network by Adam on small batches, in another order each epoch, until it has stopped getting better by `tol`
 * for more than `nIterNoChange` epochs. With validation rows, their mean squared error decides, and the weights of the
 * best epoch are kept.
 *
 * @param rows Row by row.
 * @param targets Standardised.
 */
export function trainNetwork(
  training: NetworkTraining,
  rows: readonly Float64Array[],
  targets: Float64Array,
  random: KeyedRandom,
): readonly NetworkLayer[] {
  const { sizes, maxIter, tol, nIterNoChange, validationRows } = training;
  const mixed = shuffled(rows.length, random.at(VALIDATION));
  const validation = mixed.subarray(0, validationRows);
  const learned = validationRows === 0 ? mixed.map((_, i) => i) : mixed.subarray(validationRows).toSorted();
  const size = weightCount(sizes);
  const numbers = new Float64Array(size);
  const gradient = new Float64Array(size);
  const layers = layersOf(sizes, numbers);
  drawWeights(layers, random.at(WEIGHTS));
  const network = backpropagation(layers, layersOf(sizes, gradient));
  const runEpoch = epochRunner(training, { numbers, gradient, layers, network, rows, targets });
  let best = Infinity;
  let kept = numbers;
  let stalled = 0;
  for (let epoch = 0; epoch < maxIter && stalled <= nIterNoChange; epoch++) {
    const order = shuffled(learned.length, random.at(SHUFFLE).at(epoch)).map((i) => learned[i]);
    const trainingLoss = runEpoch(order);
    const loss = validationRows === 0 ? trainingLoss : meanSquare(network, validation, rows, targets);
    stalled = loss > best - tol ? stalled + 1 : 0;
    if (loss < best) {
      best = loss;
      if (validationRows > 0) kept = numbers.slice();
    }
  }
  return layersOf(sizes, kept);
}

interface Work {
  readonly numbers: Float64Array;
  readonly gradient: Float64Array;
  readonly layers: readonly NetworkLayer[];
  readonly network: Backpropagation;
  readonly rows: readonly Float64Array[];
  readonly targets: Float64Array;
}

/** Makes what learns from all rows once, in the order given, and returns the mean loss with the penalty. */
function epochRunner(training: NetworkTraining, work: Work): (order: Int32Array) => number {
  const { alpha, batchSize } = training;
  const { numbers, gradient, network, rows, targets } = work;
  const step = adam(numbers.length, training);
  const slopes = layersOf(training.sizes, gradient);
  return (order) => {
    let loss = 0;
    for (let start = 0; start < order.length; start += batchSize) {
      const batch = order.subarray(start, start + batchSize);
      gradient.fill(0);
      for (const row of batch) loss += network.learn(rows[row], targets[row]);
      work.layers.forEach(({ weights }, k) => (loss += addPenalty(weights, slopes[k].weights, alpha)));
      for (let i = 0; i < gradient.length; i++) gradient[i] /= batch.length;
      step(numbers, gradient);
    }
    return loss / order.length;
  };
}

function addPenalty(weights: Float64Array, slopes: Float64Array, alpha: number): number {
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    slopes[i] += alpha * weights[i];
    squares += weights[i] * weights[i];
  }
  return (alpha * squares) / 2;
}

function meanSquare(
  network: Backpropagation,
  some: Int32Array,
  rows: readonly Float64Array[],
  targets: Float64Array,
): number {
  let sum = 0;
  for (const row of some) {
    const error = network.predict(rows[row]) - targets[row];
    sum += error * error;
  }
  return sum / some.length;
}
