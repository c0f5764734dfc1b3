import { trainError } from '../train-error.js';
import { describeCandidate } from '../search/candidate.js';
import { rankCandidates, type Leaderboard } from '../search/leaderboard.js';
import type { ChosenMetrics } from '../search/scoring.js';
import type { Evaluated } from '../search/search-record.js';
import type { SearchPlan } from '../search/search-plan.js';
import type { Fold } from '../splits/fold.js';
import type { AutomaticSelection } from './automatic-options.js';
import { chooseFinalists } from './choose-finalists.js';
import { joinCandidates, type EnsembleKind } from './ensemble.js';
import { explore } from './explore.js';
import { evaluateBag, scoreFinalists } from './score-finalists.js';
import { selectFinalist } from './select-finalist.js';
import type { SpaceSearch, StageRunner } from './stage-runner.js';

/** How thoroughly a model is looked for. */
export interface Effort {
  /** Candidates that tuning may try. */
  readonly trials: number;
  /** The kinds of ensemble that are made of the candidates. */
  readonly ensembles: readonly (EnsembleKind | 'bag')[];
  readonly repeats: number;
  /** By the first of these candidates are ranked and compared. */
  readonly metrics: ChosenMetrics;
  /** Searches a space by a strategy instead of trying the plan's candidates. */
  readonly bySpace?: SpaceSearch;
}

/** Cuts the rows of a plan into as many folds as one of its repeats has, in another way for each number from 1 on. */
export type Refold = (repeat: number) => readonly Fold[];

/** What the search came to. */
export interface ChosenModel {
  readonly leaderboard: Leaderboard;
  readonly selection: AutomaticSelection;
  /** What each training row was predicted by a model of the winner that had not seen it, repeat after repeat. */
  readonly outOfFold: Float64Array;
}

/**
 * The whole way from candidates to a choice, on the rows of a plan alone: search, tuning, ensembles, finalists.
 *
 * @throws TRAIN_ALL_FAILED, TRAIN_CANCELLED
 */
export async function chooseModel(
  plan: SearchPlan,
  refold: Refold,
  effort: Effort,
  runner: StageRunner,
): Promise<ChosenModel> {
  const { metrics } = effort;
  const [metric] = metrics;
  const testShare = plan.repeats / plan.folds.length;
  const { scored, pool, failed } = await explore(plan, effort, runner);
  if (scored.length === 0) {
    const reasons = failed.map((candidate) => ({ name: describeCandidate(candidate), reason: candidate.reason }));
    throw trainError('TRAIN_ALL_FAILED', { failed: reasons });
  }
  const ensembles = await makeEnsembles(pool, plan, effort, runner);
  const leaderboard = { metrics, scored: rankCandidates([...scored, ...ensembles], metric, plan.repeats), failed };
  const finalists = chooseFinalists(leaderboard.scored, testShare, metric);
  const repeats = Array.from({ length: effort.repeats }, (_, i) => refold(i + 1));
  const folds = await scoreFinalists(finalists, plan, repeats, metric, runner);
  const complete = finalists.flatMap((entry, i) => {
    const scores = folds[i];
    return scores === undefined ? [] : [{ entry, folds: scores }];
  });
  const selection = selectFinalist(complete, testShare, metric);
  const [{ predictions }] = [...pool, ...ensembles].filter((entry) => entry.folds === selection.winner.folds);
  return { leaderboard, selection, outOfFold: predictions };
}

async function makeEnsembles(
  pool: readonly Evaluated[],
  plan: SearchPlan,
  { ensembles, metrics: [metric] }: Effort,
  runner: StageRunner,
): Promise<readonly Evaluated[]> {
  const kinds = new Set(pool.map(({ candidate }) => candidate.estimator));
  const made: Evaluated[] = [];
  for (const kind of ensembles) {
    if (kind !== 'bag') {
      if (kinds.size < 2) continue;
      const joined = joinCandidates(kind, pool, plan, metric);
      // One member alone is that candidate once more.
      if ((joined.candidate.members?.length ?? 0) > 1) made.push(joined);
      continue;
    }
    const unstable = rankCandidates(pool, metric).find(({ complexity }) => complexity > 1);
    if (unstable === undefined || runner.isTimeUp()) continue;
    const { estimator, params, preprocessing } = unstable;
    const bag = await evaluateBag({ estimator, params, preprocessing }, plan, 'ensembles', runner);
    if (bag !== undefined) made.push(bag);
  }
  return made;
}
