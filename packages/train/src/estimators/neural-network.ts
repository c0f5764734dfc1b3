import { mean, standardDeviation, type NetworkModel, type Table } from '@scorecast/core';
import type { Estimator, FitContext } from '../estimator.js';
import { trainNetwork } from '../network/train-network.js';
import { counts, flag, integer, readParams, real, type ParamValues } from '../params.js';
import { trainError } from '../train-error.js';
import { trainingColumns } from '../training-data.js';

/** The params of {@link neuralNetwork}. */
export const neuralNetworkParams = {
  hiddenLayerSizes: counts({
    about: 'the units of each hidden layer; a number is one layer',
    default: Object.freeze([100]),
  }),
  alpha: real({ about: 'how much squared weights cost', default: 1e-4, min: 0 }),
  batchSize: integer({ about: 'rows per step; null is 200, or all where there are fewer', default: null, min: 1 }),
  learningRateInit: real({ about: 'the size of a step', default: 0.001, above: 0 }),
  maxIter: integer({ about: 'after how many epochs it stops', default: 200, min: 1 }),
  tol: real({ about: 'an epoch has to lower the loss by so much', default: 1e-4, min: 0 }),
  nIterNoChange: integer({ about: 'how many epochs may fail to', default: 10, min: 1 }),
  earlyStopping: flag({ about: 'whether rows that are held back decide when to stop', default: false }),
  validationFraction: real({ about: 'the share of rows held back for that', default: 0.1, above: 0, max: 0.9 }),
  beta1: real({ about: "how much of its gradient's mean Adam keeps", default: 0.9, min: 0, max: 0.999999 }),
  beta2: real({ about: "how much of its gradient's mean square Adam keeps", default: 0.999, min: 0, max: 0.999999 }),
  epsilon: real({ about: "what keeps Adam's divisions from zero", default: 1e-8, above: 0 }),
};

/** The values of {@link neuralNetworkParams}. */
export type NeuralNetworkParams = ParamValues<typeof neuralNetworkParams>;

/**
 * A multi-layer perceptron with rectified units (ReLU), trained by Adam on the squared error. Scale the columns first:
 * all weights start alike and move alike.
 *
 * Params as scikit-learn's `MLPRegressor` with `activation='relu'` and `solver='adam'`, and two differences. Targets are
 * standardised inside: there, the default of 200 epochs is often too few to reach targets far from zero; here, losses
 * (and `tol`) are shares of the target's variance, as with `TransformedTargetRegressor(MLPRegressor(), transformer=
 * StandardScaler())`. And with `earlyStopping` the rows held back are judged by their squared error instead of their R2.
 * Arithmetic is +, -, *, / and sqrt alone, and draws are keyed by (seed, layer, unit) and (seed, epoch): the same data,
 * params and seed give the same bytes on every machine.
 *
 * Source: D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning representations by back-propagating errors", Nature
 * 323 (1986); D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", ICLR (2015).
 *
 * @param params `hiddenLayerSizes` (default [100]), `alpha` (default 1e-4), `batchSize` (default null, 200 at most),
 * `learningRateInit` (default .001), `maxIter` (default 200), `tol` (default 1e-4), `nIterNoChange` (default 10),
 * `earlyStopping` (default false), `validationFraction` (default .1), `beta1` (default .9), `beta2` (default .999),
 * `epsilon` (default 1e-8).
 * @throws TRAIN_PARAM, TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws TRAIN_NO_ROWS, TRAIN_TARGET_LENGTH,
 * TRAIN_TARGET_VALUE, TRAIN_FEATURE_VALUE, TRAIN_VALIDATION_ROWS when early stopping leaves no row to learn from, and
 * TRAIN_OVERFLOW when the weights grow without bound.
 * @example
 * const x = table([numericColumn('hours', [-1, 0, 1])]);
 * const model = neuralNetwork({ learningRateInit: 0.01 }).fit(x, Float64Array.of(40, 40, 80), {
 *   random: keyedRandom(42),
 * });
 * Array.from(predict(model, x), (value) => 10 * Math.round(value / 10)); // => [40, 40, 80]
 */
export function neuralNetwork(params: Partial<NeuralNetworkParams> = {}): Estimator<NeuralNetworkParams, NetworkModel> {
  const name = 'neural-network';
  const checked = readParams(name, neuralNetworkParams, params);
  return { name, complexity: 4, params: checked, fit: (x, y, run) => train(name, checked, x, y, run) };
}

function train(name: string, params: NeuralNetworkParams, x: Table, y: Float64Array, run: FitContext): NetworkModel {
  const columns = trainingColumns(name, x, y);
  const { hiddenLayerSizes, batchSize } = params;
  const validationRows = params.earlyStopping ? Math.ceil(y.length * params.validationFraction) : 0;
  if (validationRows >= y.length) {
    throw trainError('TRAIN_VALIDATION_ROWS', { estimator: name, rows: y.length, held: validationRows });
  }
  const hidden = typeof hiddenLayerSizes === 'number' ? [hiddenLayerSizes] : hiddenLayerSizes;
  const outputCenter = mean(y);
  const outputScale = standardDeviation(y);
  const targets = y.map((value) => (outputScale === 0 ? 0 : (value - outputCenter) / outputScale));
  const rows = Array.from(y, (_, i) => Float64Array.from(columns, (values) => values[i]));
  const training = {
    ...params,
    sizes: [columns.length, ...hidden, 1],
    batchSize: Math.min(batchSize ?? 200, y.length),
    validationRows,
  };
  const layers = trainNetwork(training, rows, targets, run.random).map(({ weights, biases }) => ({
    weights: withoutNegativeZero(weights),
    biases: withoutNegativeZero(biases),
  }));
  const isFinite = layers.every(
    ({ weights, biases }) => weights.every(Number.isFinite) && biases.every(Number.isFinite),
  );
  if (!isFinite || !Number.isFinite(outputScale)) throw trainError('TRAIN_OVERFLOW', { estimator: name });
  return {
    kind: 'network',
    features: x.columns.map((column) => column.name),
    layers,
    outputCenter: outputCenter + 0,
    outputScale,
  };
}

/** Copies that own their memory, with 0 for -0: the only zero that JSON knows. */
function withoutNegativeZero(values: Float64Array): Float64Array {
  return values.map((value) => value + 0);
}
