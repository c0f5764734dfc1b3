import { createEstimator } from '../estimators/estimators.js';
import type { Candidate } from './candidate.js';

/** Which kind of model is simpler: 0 a constant, 1 linear, 2 neighbours, 3 one tree, 4 many trees or a network, 5 several of these. */
export type Complexity = 0 | 1 | 2 | 3 | 4 | 5;

/** How complex a candidate's model is. */
export function complexityOf({ estimator, params, members }: Candidate): Complexity {
  return members === undefined ? createEstimator(estimator, params).complexity : 5;
}

/** A candidate's params with the estimator's defaults; an ensemble's with its members in full. */
export function completeParams({ estimator, params, members }: Candidate): Readonly<Record<string, unknown>> {
  if (members === undefined) return { ...createEstimator(estimator, params).params };
  return {
    ...params,
    members: members.map(({ candidate, weight }) => ({
      estimator: candidate.estimator,
      params: completeParams(candidate),
      preprocessing: candidate.preprocessing,
      weight,
    })),
  };
}
