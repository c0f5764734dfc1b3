import { describeCandidate } from './candidate.js';
import { formatScore } from './format-score.js';
import type { LeaderboardEntry } from './leaderboard.js';

/** Which candidate was chosen, and why in one sentence. */
export interface Selection {
  readonly winner: LeaderboardEntry;
  /** The candidate with the best mean R2: the winner itself, or more complex than it. */
  readonly best: LeaderboardEntry;
  readonly reason: string;
}

/**
 * Chooses by the one-standard-error rule: of the candidates whose mean R2 is within one standard error of the best, the
 * least complex; among those, the best mean.
 *
 * Source: L. Breiman et al., "Classification and Regression Trees" (1984), section 3.4.3.
 *
 * @param ranked All scored candidates, best mean first; at least one.
 */
export function selectWinner(ranked: readonly LeaderboardEntry[]): Selection {
  const [best] = ranked;
  const near = ranked.filter((entry) => entry.withinOneStandardError);
  const winner = near.reduce((simplest, entry) => (entry.complexity < simplest.complexity ? entry : simplest));
  return { winner, best, reason: explain(winner, best, ranked.length) };
}

function explain(winner: LeaderboardEntry, best: LeaderboardEntry, count: number): string {
  const name = describeCandidate(winner);
  const score = formatScore(winner.mean.r2);
  const error = formatScore(best.standardError.r2);
  if (count === 1) return `${name} is the only candidate: it scores ${score} (standard error ${error}).`;
  if (winner === best) {
    return `${name} wins: it scores ${score}, the best of ${count}, and no simpler kind of model is within one standard error (${error}).`;
  }
  return (
    `${name} wins: it scores ${score}, within one standard error (${error}) of the best, ` +
    `${describeCandidate(best)} at ${formatScore(best.mean.r2)}, and is simpler.`
  );
}
