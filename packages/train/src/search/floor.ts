import { trainError } from '../train-error.js';
import { describeCandidate } from './candidate.js';
import type { Leaderboard } from './leaderboard.js';
import type { Selection } from './select-winner.js';

/** The least that a model must reach to become a bundle. */
export interface Floor {
  readonly metric: 'r2';
  readonly min: number;
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
  measured: { readonly where: 'the folds of the training part' | 'the test part'; readonly r2: number },
  search: { readonly leaderboard: Leaderboard; readonly selection: Selection },
): void {
  if (measured.r2 >= floor.min) return;
  throw trainError('TRAIN_BELOW_FLOOR', {
    winner: describeCandidate(search.selection.winner),
    floor: floor.min,
    ...measured,
    ...search,
  });
}
