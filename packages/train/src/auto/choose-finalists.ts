import type { LeaderboardEntry } from '../search/leaderboard.js';
import { oriented, type ScoringName } from '../search/scoring.js';
import { correctedInterval } from './corrected-interval.js';

/** How many kinds of candidate are compared once more besides the simplest. */
const FINALISTS = 3;

/**
 * Those that may be the best: of the best three kinds their best candidate, and the best of each simpler class of models,
 * unless the folds of the search already tell it apart from the leader.
 *
 * @param ranked Best mean first, by the metric; at least one.
 * @param testShare The share of rows in a fold's test part.
 */
export function chooseFinalists(
  ranked: readonly LeaderboardEntry[],
  testShare: number,
  metric: ScoringName,
): readonly LeaderboardEntry[] {
  const [leader] = ranked;
  const open = ranked.filter((entry) => entry === leader || !isClearlyBehind(entry, leader, testShare, metric));
  const leaders = firstOfEach(open, (entry) => entry.estimator).slice(0, FINALISTS);
  const simplest = firstOfEach(open, (entry) => entry.complexity).reduce((a, b) =>
    b.complexity < a.complexity ? b : a,
  );
  return leaders.includes(simplest) ? leaders : [...leaders, simplest];
}

function isClearlyBehind(
  entry: LeaderboardEntry,
  leader: LeaderboardEntry,
  testShare: number,
  metric: ScoringName,
): boolean {
  const differences = leader.folds.map(({ test }, fold) =>
    oriented(metric, test[metric] - entry.folds[fold].test[metric]),
  );
  return correctedInterval(differences, testShare).lower > 0;
}

function firstOfEach(entries: readonly LeaderboardEntry[], keyOf: (entry: LeaderboardEntry) => string | number) {
  const seen = new Set<string | number>();
  return entries.filter((entry) => {
    const isFirst = !seen.has(keyOf(entry));
    seen.add(keyOf(entry));
    return isFirst;
  });
}
