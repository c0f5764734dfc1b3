import { transformAll, type Pipeline } from '@scorecast/core';
import type { FitContext } from '../estimator.js';
import { createEstimator } from '../estimators/estimators.js';
import { keyedRandom } from '../keyed-random.js';
import { fitPreprocessing } from '../preprocessing/fit-preprocessing.js';
import type { Candidate } from './candidate.js';
import { preprocessingOf } from './preprocessing-of.js';
import type { SearchPlan } from './search-plan.js';

/**
 * Fits a candidate to all rows of a plan, with the random source that it had in the folds.
 *
 * @param warn Takes the estimator's warnings.
 */
export function fitCandidate(plan: SearchPlan, candidate: Candidate, warn?: FitContext['warn']): Pipeline {
  const { estimator, params } = candidate;
  const options = preprocessingOf(plan.preprocessing, candidate);
  const transformers = fitPreprocessing(plan.features, plan.schema, options);
  const x = transformAll(transformers, plan.features);
  const model = createEstimator(estimator, params).fit(x, plan.target, { random: keyedRandom(plan.seed), warn });
  return { transformers, model };
}
