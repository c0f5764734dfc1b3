import { canonicalJson } from '@scorecast/core';
import type { Candidate } from '../search/candidate.js';
import type { FoldScore } from '../search/evaluate-fold.js';
import type { ScoringName } from '../search/scoring.js';
import type { LeaderboardEntry } from '../search/leaderboard.js';
import type { SearchPlan } from '../search/search-plan.js';
import type { Fold } from '../splits/fold.js';
import { bagFolds, scoreBag } from './bag.js';
import { joinCandidates } from './ensemble.js';
import type { Evaluated } from '../search/search-record.js';
import type { Part, StageRunner } from './stage-runner.js';

/**
 * Cross-validates finalists several times in folds that the search has not seen. An ensemble's weights are chosen anew in
 * every fold, from the same members.
 *
 * @param repeats The folds of each repeat; each tests every row once.
 * @param metric What a blend's weights are chosen by.
 * @returns For each finalist its scores in all folds of all repeats; undefined where it could not be fitted in one.
 */
export async function scoreFinalists(
  finalists: readonly LeaderboardEntry[],
  plan: SearchPlan,
  repeats: readonly (readonly Fold[])[],
  metric: ScoringName,
  runner: StageRunner,
): Promise<readonly (readonly FoldScore[] | undefined)[]> {
  const scores = finalists.map((): FoldScore[] => []);
  for (const [index, folds] of repeats.entries()) {
    const part = { index, of: repeats.length };
    const evaluated = await evaluateIn({ ...plan, folds, repeats: 1 }, finalists, metric, part, runner);
    evaluated.forEach((entry, i) => scores[i].push(...(entry?.folds ?? [])));
  }
  const foldCount = repeats.reduce((sum, folds) => sum + folds.length, 0);
  return scores.map((folds) => (folds.length === foldCount ? folds : undefined));
}

async function evaluateIn(
  plan: SearchPlan,
  finalists: readonly Candidate[],
  metric: ScoringName,
  part: Part,
  runner: StageRunner,
): Promise<readonly (Evaluated | undefined)[]> {
  const parts = finalists.filter(({ estimator }) => estimator !== 'bag').flatMap((finalist) => partsOf(finalist));
  const candidates = [...new Map(parts.map((part) => [canonicalJson(part), part])).values()];
  const scored = candidates.length === 0 ? [] : (await runner.run('finalists', { ...plan, candidates }, part)).scored;
  const byKey = new Map(scored.map((entry) => [canonicalJson(entry.candidate), entry]));
  const found = (wanted: readonly Candidate[]) => wanted.flatMap((part) => byKey.get(canonicalJson(part)) ?? []);
  const evaluate = async (finalist: Candidate): Promise<Evaluated | undefined> => {
    const { estimator, members } = finalist;
    if (members === undefined) return found(partsOf(finalist))[0];
    if (estimator === 'bag') return evaluateBag(members[0].candidate, plan, 'finalists', runner);
    const entries = found(partsOf(finalist));
    if (entries.length < members.length) return undefined;
    return joinCandidates(estimator === 'blend' ? 'blend' : 'stacking', entries, plan, metric);
  };
  const evaluated: (Evaluated | undefined)[] = [];
  for (const finalist of finalists) evaluated.push(await evaluate(finalist));
  return evaluated;
}

/** Cross-validates the bag of folds of a candidate; undefined where it could not be fitted. */
export async function evaluateBag(
  candidate: Candidate,
  plan: SearchPlan,
  stage: 'ensembles' | 'finalists',
  runner: StageRunner,
): Promise<Evaluated | undefined> {
  const { scored } = await runner.run(stage, { ...plan, candidates: [candidate], folds: bagFolds(plan) });
  return scored.map((entry) => scoreBag(entry, plan))[0];
}

/** What must be fitted for a finalist: itself without its rank and scores, or its members. */
function partsOf({ estimator, params, preprocessing, members }: Candidate): readonly Candidate[] {
  return members === undefined ? [{ estimator, params, preprocessing }] : members.map(({ candidate }) => candidate);
}
