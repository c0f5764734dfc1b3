import { metrics } from '@scorecast/core';
import { describeCandidate } from './candidate.js';
import { formatScore } from './format-score.js';
import type { LeaderboardEntry } from './leaderboard.js';
import type { ScoringName } from './scoring.js';

/** Which candidate was chosen, and why in one sentence. */
export interface Selection {
  readonly winner: LeaderboardEntry;
  /** The candidate with the best mean: the winner itself, or more complex than it. */
  readonly best: LeaderboardEntry;
  readonly reason: string;
}

/**
 * Chooses by the one-standard-error rule: of the candidates whose mean is within one standard error of the best, the
 * least complex; among those, the best mean.
 *
 * Source: L. Breiman et al., "Classification and Regression Trees" (1984), section 3.4.3.
 *
 * @param ranked All scored candidates, best mean first; at least one.
 * @param metric What they were ranked by.
 */
export function selectWinner(ranked: readonly LeaderboardEntry[], metric: ScoringName = 'r2'): Selection {
  const [best] = ranked;
  const near = ranked.filter((entry) => entry.withinOneStandardError);
  const winner = near.reduce((simplest, entry) => (entry.complexity < simplest.complexity ? entry : simplest));
  return { winner, best, reason: explain(winner, best, ranked.length, metric) };
}

function explain(winner: LeaderboardEntry, best: LeaderboardEntry, count: number, metric: ScoringName): string {
  const show = (score: number) =>
    metric === 'r2' ? formatScore(score) : `${metrics[metric].label} ${formatScore(score)}`;
  const name = describeCandidate(winner);
  const score = show(winner.mean[metric]);
  const error = formatScore(best.standardError[metric]);
  if (count === 1) return `${name} is the only candidate: it scores ${score} (standard error ${error}).`;
  if (winner === best) {
    return `${name} wins: it scores ${score}, the best of ${count}, and no simpler kind of model is within one standard error (${error}).`;
  }
  return (
    `${name} wins: it scores ${score}, within one standard error (${error}) of the best, ` +
    `${describeCandidate(best)} at ${show(best.mean[metric])}, and is simpler.`
  );
}
