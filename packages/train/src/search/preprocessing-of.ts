import { createEstimator } from '../estimators/estimators.js';
import type { PreprocessingOptions } from '../preprocessing/preprocessing-options.js';
import type { Candidate } from './candidate.js';

/**
 * How a candidate's columns are made: as the search says, but for what the candidate says itself. That nominal features
 * stay whole holds for estimators that can take them; where the candidate itself asks for it, its estimator decides.
 */
export function preprocessingOf(
  { nominal, ...shared }: PreprocessingOptions,
  { estimator, params, preprocessing, members }: Candidate,
): PreprocessingOptions {
  const isAlone = members === undefined;
  const isLeftOut = nominal === 'native' && isAlone && createEstimator(estimator, params).takesNominal !== true;
  return { ...shared, ...(nominal === undefined || isLeftOut ? {} : { nominal }), ...preprocessing };
}
