import { closestName } from '@scorecast/core';
import type { Estimator } from '../estimator.js';
import { readParams, type ParamTable, type ParamValues } from '../params.js';
import { trainError } from '../train-error.js';
import { decisionTree, decisionTreeParams } from './decision-tree.js';
import { kNeighbors, kNeighborsParams } from './k-neighbors.js';
import { lasso, lassoParams } from './lasso.js';
import { leastSquares, leastSquaresParams } from './least-squares.js';
import { randomForest, randomForestParams } from './random-forest.js';
import { ridge, ridgeParams } from './ridge.js';

/** An estimator as configuration, workers and the reference pages find it. */
export interface EstimatorEntry {
  /** What may be chosen, with defaults and ranges. */
  readonly params: ParamTable;
  /** Makes the estimator from params of unknown origin, such as JSON; undefined means the defaults. */
  create(this: void, params?: unknown): Estimator;
}

/** The names of all estimators. */
export type EstimatorName = keyof typeof registry;

const registry = {
  'least-squares': entry('least-squares', leastSquaresParams, leastSquares),
  ridge: entry('ridge', ridgeParams, ridge),
  lasso: entry('lasso', lassoParams, lasso),
  'k-neighbors': entry('k-neighbors', kNeighborsParams, kNeighbors),
  'decision-tree': entry('decision-tree', decisionTreeParams, decisionTree),
  'random-forest': entry('random-forest', randomForestParams, randomForest),
};

/** All estimators by name, simplest first. */
export const estimators: Readonly<Record<EstimatorName, EstimatorEntry>> = Object.freeze(registry);

/**
 * Makes an estimator by name, from params of unknown origin.
 *
 * @throws TRAIN_UNKNOWN_ESTIMATOR, TRAIN_PARAMS, TRAIN_UNKNOWN_PARAM, TRAIN_PARAM
 * @example
 * createEstimator('k-neighbors', { nNeighbors: 3 }).name; // => "k-neighbors"
 */
export function createEstimator(name: string, params?: unknown): Estimator {
  if (!isEstimatorName(name)) {
    const known = Object.keys(estimators);
    throw trainError('TRAIN_UNKNOWN_ESTIMATOR', { name, known, meant: closestName(name, known) });
  }
  return estimators[name].create(params);
}

function isEstimatorName(name: string): name is EstimatorName {
  return Object.hasOwn(estimators, name);
}

function entry<S extends ParamTable>(
  name: string,
  params: S,
  factory: (params: ParamValues<S>) => Estimator,
): EstimatorEntry {
  return { params, create: (given) => factory(readParams(name, params, given)) };
}
