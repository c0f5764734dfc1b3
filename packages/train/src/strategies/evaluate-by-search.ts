import type { Candidate } from '../search/candidate.js';
import type { FoldScore } from '../search/evaluate-fold.js';
import { keptPredictions } from '../search/kept-predictions.js';
import { runSearch, type SearchRun } from '../search/run-search.js';
import { oriented } from '../search/scoring.js';
import type { FoldOutcome, SearchPlan } from '../search/search-plan.js';
import { predictAgain } from '../search/search-record.js';
import { thinFolds } from './thin-folds.js';
import { refusal, type Evaluate, type TrialOutcome } from './trial.js';

/** Evaluation by the search engine, and what it knows besides scores. */
export interface SearchEvaluation {
  readonly evaluate: Evaluate;
  /** What each row of the plan is predicted by a model that has not seen it, repeat after repeat; where it was not kept, by fitting again. */
  predictionsOf(this: void, candidate: Candidate): Float64Array;
}

/** Evaluates batches by cross-validation, with shared fits and on all threads of the search engine. */
export function evaluateBySearch(
  plan: Omit<SearchPlan, 'candidates'>,
  run: Pick<SearchRun, 'workers' | 'now' | 'metric' | 'onProgress'>,
): SearchEvaluation {
  const { metric = 'r2' } = run;
  const predictions = keptPredictions(plan);
  const numbers = new Map<Candidate, number>();
  const numberOf = (candidate: Candidate): number => {
    const number = numbers.get(candidate) ?? numbers.size;
    numbers.set(candidate, number);
    return number;
  };
  const keep = (candidate: Candidate, outcome: FoldOutcome) => {
    if (outcome.kind === 'failed') return;
    const score = oriented(metric, outcome.score.test[metric]);
    predictions.keep(numberOf(candidate), outcome.fold, outcome.predictions, score);
  };
  return {
    evaluate: async ({ candidates, share }, { signal, onFinished }) => {
      const folds = thinFolds(plan, share);
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
    predictionsOf: (candidate) => predictions.of(numberOf(candidate)) ?? predictAgain(plan, candidate),
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
