import { metrics } from '@scorecast/core';
import { trainError } from '../train-error.js';
import { describeCandidate } from './candidate.js';
import { formatScore } from './format-score.js';
import type { Leaderboard } from './leaderboard.js';
import { oriented, type Scores, type ScoringName } from './scoring.js';
import type { Selection } from './select-winner.js';

/** The least that a model must reach to become a bundle. */
export interface Floor {
  readonly metric: ScoringName;
  /** The lowest score that will do; the highest where lower is better. */
  readonly limit: number;
}

/**
 * Stops the training when the winner is below the floor. It is asked twice: with the winner's mean over the folds, and,
 * if that passed, with its score on the test part. A winner that fails the first leaves the test part unseen, so that
 * it still is one when the training is done again.
 *
 * @throws TRAIN_BELOW_FLOOR with the leaderboard in its details.
 */
export function requireFloor(
  floor: Floor,
  measured: { readonly where: 'the folds of the training part' | 'the test part'; readonly scores: Partial<Scores> },
  search: { readonly leaderboard: Leaderboard; readonly selection: Selection },
): void {
  const { metric, limit } = floor;
  const score = measured.scores[metric] ?? Number.NaN;
  if (oriented(metric, score) >= oriented(metric, limit)) return;
  const { label, better } = metrics[metric];
  throw trainError('TRAIN_BELOW_FLOOR', {
    winner: describeCandidate(search.selection.winner),
    where: measured.where,
    metric,
    score,
    floor: limit,
    found: `${label} ${formatScore(score)}`,
    expected: better === 'higher' ? `at least ${limit}` : `at most ${limit}`,
    ...search,
  });
}
