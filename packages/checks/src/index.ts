export { checkEstimator } from './check-estimator.js';
export type { CheckedEstimator, EstimatorCheckOptions } from './estimator-subject.js';
export { checkModel } from './check-model.js';
export { checkTransformer } from './check-transformer.js';
