export type { Estimator, FitContext } from './estimator.js';
export { keyedRandom, type KeyedRandom } from './keyed-random.js';
export type { Param, ParamTable, ParamValues } from './params.js';
export { trainErrors } from './train-error.js';
export { createEstimator, estimators, type EstimatorEntry, type EstimatorName } from './estimators/estimators.js';
export { kNeighbors, kNeighborsParams, type KNeighborsParams } from './estimators/k-neighbors.js';
