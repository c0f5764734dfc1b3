import { rankCandidates, type FailedCandidate, type ScoredCandidate } from '../search/leaderboard.js';
import type { ChosenMetrics, ScoringName } from '../search/scoring.js';
import type { Evaluated } from '../search/search-record.js';
import type { SearchPlan } from '../search/search-plan.js';
import { portfolioStrategy } from './portfolio-strategy.js';
import type { SpaceSearch, StageRunner } from './stage-runner.js';

/** What was found out about candidates, in the order in which they were tried. */
export interface Explored {
  readonly scored: readonly ScoredCandidate[];
  /** The best candidates of every estimator, with their out-of-fold predictions. */
  readonly pool: readonly Evaluated[];
  readonly failed: readonly FailedCandidate[];
}

/** From how many candidates of each estimator ensembles may be made. */
const POOLED = 6;

/**
 * Evaluates the plan's candidates and then, where there is more to try, tunes the best estimators.
 *
 * @param effort.metrics By the first of which the best are found.
 * @param effort.trials How many further candidates tuning may try; time may end it earlier.
 * @param effort.bySpace What to do instead.
 * @throws TRAIN_CANCELLED
 */
export async function explore(
  plan: SearchPlan,
  {
    metrics: [metric],
    trials,
    bySpace,
  }: { readonly metrics: ChosenMetrics; readonly trials: number; readonly bySpace?: SpaceSearch },
  runner: StageRunner,
): Promise<Explored> {
  if (bySpace !== undefined) {
    const found = await runner.searchSpace('search', plan, bySpace);
    return { ...found, pool: bestOfEach(found.scored, metric) };
  }
  const strategy = portfolioStrategy(plan.candidates, { trials, seed: plan.seed });
  const found = await runner.runStrategy('search', plan, strategy, plan.candidates.length + trials);
  const scored = found.trials.flatMap(({ candidate, outcome }) =>
    outcome.kind === 'scored' ? [{ candidate, folds: outcome.folds }] : [],
  );
  const failed = found.trials.flatMap(({ candidate, outcome }) =>
    outcome.kind === 'failed' ? [{ ...candidate, reason: outcome.reason }] : [],
  );
  const pool = bestOfEach(scored, metric).map((entry) => ({
    ...entry,
    predictions: found.predictionsOf(entry.candidate),
  }));
  return { scored, pool, failed };
}

function bestOfEach<Scored extends ScoredCandidate>(scored: readonly Scored[], metric: ScoringName): readonly Scored[] {
  const counts = new Map<string, number>();
  const byFolds = new Map(scored.map((entry) => [entry.folds, entry]));
  return rankCandidates(scored, metric).flatMap(({ estimator, folds }) => {
    const count = (counts.get(estimator) ?? 0) + 1;
    counts.set(estimator, count);
    return count <= POOLED ? (byFolds.get(folds) ?? []) : [];
  });
}
