import { takeRows, takeValues, type Pipeline } from '@scorecast/core';
import type { FitContext } from '../estimator.js';
import type { Candidate } from '../search/candidate.js';
import { fitCandidate } from '../search/fit-candidate.js';
import { firstCut, type SearchPlan } from '../search/search-plan.js';

/**
 * Fits a candidate or an ensemble to all rows of a plan. An ensemble becomes a stack of pipelines, each fitted by itself;
 * a bag has one member per fold of one repeat, fitted to that fold's training rows.
 *
 * @param warn Takes the estimators' warnings.
 */
export function fitChosen(plan: SearchPlan, candidate: Candidate, warn?: FitContext['warn']): Pipeline {
  const { estimator, params, members } = candidate;
  if (members === undefined) return fitCandidate(plan, candidate, warn);
  const folds = firstCut(plan);
  const fitted =
    estimator === 'bag'
      ? folds.map(({ train }) => ({
          weight: 1 / folds.length,
          pipeline: fitChosen({ ...plan, ...takePlanRows(plan, train) }, members[0].candidate, warn),
        }))
      : members.map(({ candidate: member, weight }) => ({ weight, pipeline: fitChosen(plan, member, warn) }));
  const { intercept } = params;
  return {
    transformers: [],
    model: {
      kind: 'stack',
      features: plan.schema.features.map((feature) => feature.name),
      members: fitted.map(({ pipeline }) => pipeline),
      weights: Float64Array.from(fitted, ({ weight }) => weight),
      intercept: typeof intercept === 'number' ? intercept : 0,
    },
  };
}

function takePlanRows({ features, target }: SearchPlan, rows: Int32Array): Pick<SearchPlan, 'features' | 'target'> {
  return { features: takeRows(features, rows), target: takeValues(target, rows) };
}
