import { mean, takeValues } from '@scorecast/core';
import type { Candidate } from '../search/candidate.js';
import type { FoldScore } from '../search/evaluate-fold.js';
import { scorePredictions } from '../search/score-predictions.js';
import { eachMetric } from '../search/scoring.js';
import type { Evaluated } from '../search/search-record.js';
import { firstCut, repeatOf, type SearchPlan } from '../search/search-plan.js';
import { kFold } from '../splits/k-fold.js';
import type { Fold } from '../splits/fold.js';

/** A bag of folds as a candidate: as many models as folds, each of which misses another part of the rows. */
export function bagCandidate(candidate: Candidate, folds: number): Candidate {
  return { estimator: 'bag', params: { folds }, preprocessing: {}, members: [{ candidate, weight: 1 }] };
}

/**
 * The folds in which a bag is scored: each fold's training rows are cut again, and each model that a part is missing
 * from predicts the fold's test rows. The mean over them is what the bag predicts.
 */
export function bagFolds({ folds, repeats, seed }: Pick<SearchPlan, 'folds' | 'repeats' | 'seed'>): readonly Fold[] {
  return folds.flatMap(({ train, test }) =>
    kFold(train.length, { folds: folds.length / repeats, seed }).map((inner) => ({
      train: inner.train.map((at) => train[at]),
      test,
    })),
  );
}

/**
 * A bag's scores from those of its models.
 *
 * @param evaluated The candidate in the folds of {@link bagFolds}; its predictions are means over the models.
 */
export function scoreBag(evaluated: Evaluated, plan: Pick<SearchPlan, 'folds' | 'repeats' | 'target'>): Evaluated {
  const { folds, target } = plan;
  const size = firstCut(plan).length;
  const scores = folds.map(({ test }, k): FoldScore => {
    const models = evaluated.folds.slice(k * size, (k + 1) * size);
    const start = repeatOf(plan, k) * target.length;
    const predictions = test.map((row) => start + row);
    return {
      train: eachMetric((name) => mean(models.map(({ train }) => train[name]))),
      test: scorePredictions(takeValues(target, test), takeValues(evaluated.predictions, predictions)),
      fitTimeMs: models.reduce((sum, { fitTimeMs }) => sum + fitTimeMs, 0),
    };
  });
  return {
    candidate: bagCandidate(evaluated.candidate, size),
    folds: scores,
    predictions: evaluated.predictions,
  };
}
