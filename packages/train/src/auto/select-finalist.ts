import { mean, metrics } from '@scorecast/core';
import { describeCandidate } from '../search/candidate.js';
import type { FoldScore } from '../search/evaluate-fold.js';
import { formatScore } from '../search/format-score.js';
import type { LeaderboardEntry } from '../search/leaderboard.js';
import { eachMetric, oriented, type ScoringName } from '../search/scoring.js';
import type { AutomaticSelection, Finalist } from './automatic-options.js';
import { correctedInterval, scoreInterval } from './corrected-interval.js';

/** A finalist's scores in the same folds as the others'. */
export interface ScoredFinalist {
  readonly entry: LeaderboardEntry;
  readonly folds: readonly FoldScore[];
}

/**
 * Chooses among finalists: those that tie with the best, fold by fold, are equals, and of equals the simplest wins; among
 * equally simple ones the better mean.
 *
 * @param testShare The share of rows in a fold's test part.
 * @param metric What is compared.
 */
export function selectFinalist(
  scored: readonly ScoredFinalist[],
  testShare: number,
  metric: ScoringName = 'r2',
): AutomaticSelection {
  const scores = scored.map(({ folds }) => folds.map(({ test }) => oriented(metric, test[metric])));
  const means = scores.map((values) => mean(values));
  const order = Array.from(scored.keys()).sort((a, b) => means[b] - means[a] || a - b);
  const [first] = order;
  const finalists = order.map((i): Finalist => {
    const behind = correctedInterval(
      scores[first].map((value, fold) => value - scores[i][fold]),
      testShare,
    );
    const { entry, folds } = scored[i];
    const fresh = eachMetric((name) =>
      scoreInterval(
        name,
        folds.map(({ test }) => test[name]),
        testShare,
      ),
    );
    return { entry, fresh, behind, tied: behind.lower <= 0 };
  });
  const [best] = finalists;
  const expected = finalists
    .filter(({ tied }) => tied)
    .reduce((simplest, finalist) => (finalist.entry.complexity < simplest.entry.complexity ? finalist : simplest));
  const reason = explain(expected, best, finalists.length, scores[first].length, metric);
  return { winner: expected.entry, best: best.entry, finalists, expected, reason };
}

function explain(winner: Finalist, best: Finalist, finalists: number, folds: number, metric: ScoringName): string {
  const name = describeCandidate(winner.entry);
  const show = ({ fresh }: Finalist) => {
    const shown = formatScore(fresh[metric].mean);
    return metric === 'r2' ? shown : `${metrics[metric].label} ${shown}`;
  };
  const score = show(winner);
  if (finalists === 1) return `${name} wins: nothing else comes near it; it scores ${score} in ${folds} further folds.`;
  if (winner === best) {
    return `${name} wins: it scores ${score} in ${folds} further folds, the best of ${finalists} finalists, and no simpler one ties with it.`;
  }
  const { mean: difference, lower, upper } = winner.behind;
  return (
    `${name} wins: it scores ${score} in ${folds} further folds, ties with the best, ${describeCandidate(best.entry)} at ` +
    `${show(best)} (${formatScore(difference)} better, 95 % interval ${formatScore(lower)} to ${formatScore(upper)}), and is simpler.`
  );
}
