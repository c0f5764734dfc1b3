import { takeValues } from '@scorecast/core';
import { scorePredictions } from '../search/score-predictions.js';
import { oriented, type ScoringName } from '../search/scoring.js';
import { errorProducts, type JointPredictions } from './error-products.js';

/** An average of candidates' predictions to which candidates are added, one at a time, also again. */
export interface GrowingAverage {
  add(candidate: number): void;
  /** How bad the average of all so far is; lower is better. */
  loss(): number;
  /** How bad it would be with one more. */
  lossWith(candidate: number): number;
}

/** On how many rows an average is scored where squared errors do not decide: each look at it reads them all. */
const MOST_ROWS = 10_000;

/** An average whose loss is the metric's. */
export function growingAverage(joint: JointPredictions, metric: ScoringName): GrowingAverage {
  return metric === 'r2' || metric === 'rmse' ? bySquaredError(joint) : byMetric(thinned(joint), metric);
}

/** With the products of errors, the squared error of any average is known without looking at the rows again. */
function bySquaredError(joint: JointPredictions): GrowingAverage {
  const count = joint.predictions.length;
  const products = errorProducts(joint);
  const own = (candidate: number) => products[candidate * count + candidate];
  /** For each candidate the sum of its error products with all members so far. */
  const cross = new Float64Array(count);
  /** The squared error of the sum (not the mean) of all members so far. */
  let total = 0;
  let size = 0;
  return {
    add(candidate) {
      total += 2 * cross[candidate] + own(candidate);
      for (let other = 0; other < count; other++) cross[other] += products[candidate * count + other];
      size++;
    },
    loss: () => total / size ** 2,
    lossWith: (candidate) => (total + 2 * cross[candidate] + own(candidate)) / (size + 1) ** 2,
  };
}

function byMetric({ predictions, target }: JointPredictions, metric: ScoringName): GrowingAverage {
  const sums = new Float64Array(target.length);
  let size = 0;
  const lossOf = (averages: Float64Array) => -oriented(metric, scorePredictions(target, averages)[metric]);
  return {
    add(candidate) {
      predictions[candidate].forEach((value, row) => (sums[row] += value));
      size++;
    },
    loss: () => lossOf(sums.map((sum) => sum / size)),
    lossWith: (candidate) => lossOf(sums.map((sum, row) => (sum + predictions[candidate][row]) / (size + 1))),
  };
}

/** Every so manieth row, where there are many. */
function thinned({ predictions, target }: JointPredictions): JointPredictions {
  const step = Math.ceil(target.length / MOST_ROWS);
  if (step === 1) return { predictions, target };
  const rows = Int32Array.from({ length: Math.ceil(target.length / step) }, (_, i) => i * step);
  return { predictions: predictions.map((values) => takeValues(values, rows)), target: takeValues(target, rows) };
}
