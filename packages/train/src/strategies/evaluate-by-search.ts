import { createEstimator } from '../estimators/estimators.js';
import type { Candidate } from '../search/candidate.js';
import { crossValidate, outOfFoldPredictions } from '../search/cross-validate.js';
import type { FoldScore } from '../search/evaluate-fold.js';
import { runSearch, type SearchRun } from '../search/run-search.js';
import type { FoldOutcome, SearchPlan } from '../search/search-plan.js';
import { thinFolds } from './thin-folds.js';
import { refusal, type Evaluate, type TrialOutcome } from './trial.js';

/** Evaluation by the search engine, and what it knows besides scores. */
export interface SearchEvaluation {
  readonly evaluate: Evaluate;
  /** What each row of the plan is predicted by a model that has not seen it; where it was not kept, by fitting again. */
  predictionsOf(this: void, candidate: Candidate): Float64Array;
}

/** How many bytes of predictions are kept: 16 000 candidates on 1000 rows. */
const PREDICTION_BYTES = 128 * 2 ** 20;

/** Evaluates batches by cross-validation, with shared fits and on all threads of the search engine. */
export function evaluateBySearch(
  plan: Omit<SearchPlan, 'candidates'>,
  run: Pick<SearchRun, 'workers' | 'now' | 'onProgress'>,
): SearchEvaluation {
  const predictions = new Map<Candidate, ReturnType<typeof outOfFoldPredictions>>();
  const mostKept = Math.floor(PREDICTION_BYTES / plan.target.byteLength);
  const keep = (candidate: Candidate, outcome: FoldOutcome) => {
    const kept = predictions.get(candidate) ?? outOfFoldPredictions(plan.target.length);
    if (outcome.kind === 'failed' || (predictions.size >= mostKept && !predictions.has(candidate))) return;
    predictions.set(candidate, kept);
    kept.add(plan.folds[outcome.fold], outcome.predictions);
  };
  return {
    evaluate: async ({ candidates, share }, { signal, onFinished }) => {
      const folds = thinFolds(plan.folds, share, plan.seed);
      const refusals = candidates.map(refusal);
      const sound = candidates.filter((_, i) => refusals[i] === undefined);
      const collected = new Map(candidates.map((candidate) => [candidate, collector(folds.length)]));
      const onOutcome = (outcome: FoldOutcome) => {
        const candidate = sound[outcome.candidate];
        if (share === 1) keep(candidate, outcome);
        const finished = collected.get(candidate)?.add(outcome);
        if (finished !== undefined) onFinished(candidates.indexOf(candidate), finished);
      };
      const onOutcomes = (outcomes: readonly FoldOutcome[]) => outcomes.forEach(onOutcome);
      await runSearch({ ...plan, folds, candidates: sound }, { ...run, signal, onAbort: 'keep', onOutcomes });
      return candidates.map((candidate, i): TrialOutcome | undefined => {
        const reason = refusals[i];
        return reason === undefined ? collected.get(candidate)?.outcome() : { kind: 'failed', reason };
      });
    },
    predictionsOf: (candidate) => predictions.get(candidate)?.means() ?? fitAgain(plan, candidate),
  };
}

/** Puts a candidate's folds together, whichever order they come in; undefined until every fold is there. */
function collector(foldCount: number) {
  const scores: FoldScore[] = [];
  const reasons: string[] = [];
  const outcome = (): TrialOutcome | undefined => {
    const [reason] = Object.values(reasons);
    if (Object.keys(scores).length + Object.keys(reasons).length < foldCount) return undefined;
    return reason === undefined ? { kind: 'scored', folds: scores } : { kind: 'failed', reason };
  };
  return {
    outcome,
    add(result: FoldOutcome): TrialOutcome | undefined {
      if (result.kind === 'scored') scores[result.fold] = result.score;
      else reasons[result.fold] = result.reason;
      return outcome();
    },
  };
}

function fitAgain(plan: Omit<SearchPlan, 'candidates'>, { estimator, params, preprocessing }: Candidate): Float64Array {
  return crossValidate({
    ...plan,
    estimator: createEstimator(estimator, params),
    preprocessing: { ...plan.preprocessing, ...preprocessing },
  }).predictions;
}
