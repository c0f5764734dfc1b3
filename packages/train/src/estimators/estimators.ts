import { canonicalJson, closestName, type Table } from '@scorecast/core';
import type { Estimator, FitContext } from '../estimator.js';
import type { FitFamily } from '../fit-family.js';
import { readParams, type ParamTable, type ParamValues } from '../params.js';
import { trainError } from '../train-error.js';
import { adaboost, adaboostFamily, adaboostParams } from './adaboost.js';
import { decisionTree, decisionTreeFamily, decisionTreeParams } from './decision-tree.js';
import { elasticNet, elasticNetFamily, elasticNetParams } from './elastic-net.js';
import { extraTrees, extraTreesFamily, extraTreesParams } from './extra-trees.js';
import { gradientBoosting, gradientBoostingFamily, gradientBoostingParams } from './gradient-boosting.js';
import {
  histGradientBoosting,
  histGradientBoostingFamily,
  histGradientBoostingParams,
} from './hist-gradient-boosting.js';
import { kNeighbors, kNeighborsFamily, kNeighborsParams } from './k-neighbors.js';
import { lasso, lassoFamily, lassoParams } from './lasso.js';
import { leastSquares, leastSquaresParams } from './least-squares.js';
import { meanBaseline, meanBaselineParams } from './mean-baseline.js';
import { neuralNetwork, neuralNetworkParams } from './neural-network.js';
import { randomForest, randomForestFamily, randomForestParams } from './random-forest.js';
import { ridge, ridgeFamily, ridgeParams } from './ridge.js';

/** An estimator as configuration, workers and the reference pages find it. */
export interface EstimatorEntry {
  /** What may be chosen, with defaults and ranges. */
  readonly params: ParamTable;
  /** Makes the estimator from params of unknown origin, such as JSON; undefined means the defaults. */
  create(this: void, params?: unknown): Estimator;
  /** How one fit answers many candidates, where that is possible. */
  readonly family?: AnyFitFamily;
}

/** A {@link FitFamily} that takes params of unknown origin, as {@link EstimatorEntry.create} does. */
export interface AnyFitFamily {
  readonly about: string;
  /** Candidates with equal keys share a fit. */
  key(this: void, params: unknown): string;
  predictAll(
    this: void,
    members: readonly unknown[],
    x: Table,
    y: Float64Array,
    run: FitContext,
    tables: readonly Table[],
  ): readonly (readonly Float64Array[])[];
}

/** The names of all estimators. */
export type EstimatorName = keyof typeof registry;

const registry = {
  mean: entry('mean', meanBaselineParams, meanBaseline),
  'least-squares': entry('least-squares', leastSquaresParams, leastSquares),
  ridge: entry('ridge', ridgeParams, ridge, ridgeFamily),
  lasso: entry('lasso', lassoParams, lasso, lassoFamily),
  'elastic-net': entry('elastic-net', elasticNetParams, elasticNet, elasticNetFamily),
  'k-neighbors': entry('k-neighbors', kNeighborsParams, kNeighbors, kNeighborsFamily),
  'decision-tree': entry('decision-tree', decisionTreeParams, decisionTree, decisionTreeFamily),
  'random-forest': entry('random-forest', randomForestParams, randomForest, randomForestFamily),
  'extra-trees': entry('extra-trees', extraTreesParams, extraTrees, extraTreesFamily),
  'gradient-boosting': entry('gradient-boosting', gradientBoostingParams, gradientBoosting, gradientBoostingFamily),
  adaboost: entry('adaboost', adaboostParams, adaboost, adaboostFamily),
  'hist-gradient-boosting': entry(
    'hist-gradient-boosting',
    histGradientBoostingParams,
    histGradientBoosting,
    histGradientBoostingFamily,
  ),
  'neural-network': entry('neural-network', neuralNetworkParams, neuralNetwork),
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
  family?: FitFamily<ParamValues<S>>,
): EstimatorEntry {
  const read = (given: unknown) => readParams(name, params, given);
  const create = (given: unknown) => factory(read(given));
  if (family === undefined) return { params, create };
  return {
    params,
    create,
    family: {
      about: family.about,
      key: (given) => canonicalJson(family.shared(read(given))),
      predictAll: (members, x, y, run, tables) => family.predictAll(members.map(read), x, y, run, tables),
    },
  };
}
