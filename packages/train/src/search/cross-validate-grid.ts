import { availableParallelism } from 'node:os';
import type { Pipeline } from '@scorecast/core';
import type { PreprocessingOptions } from '../preprocessing/preprocessing-options.js';
import type { Fold } from '../splits/fold.js';
import { trainError } from '../train-error.js';
import { describeCandidate } from './candidate.js';
import { expandGrid, type GridEntry } from './expand-grid.js';
import { fitCandidate } from './fit-candidate.js';
import { rankCandidates, type FailedCandidate, type LeaderboardEntry } from './leaderboard.js';
import type { LearningData } from './prepare-fold.js';
import { runSearch } from './run-search.js';
import type { SearchProgress } from './search-progress.js';
import type { ScoringName } from './scoring.js';

/** What {@link crossValidateGrid} needs. */
export interface GridValidationOptions extends LearningData {
  readonly grid: readonly GridEntry[];
  /** As `kFold` makes them, or `repeatedKFold`. */
  readonly folds: readonly Fold[];
  /** How columns become numbers, where a grid entry does not say otherwise; fitted anew in each fold. Default: the usual chain. */
  readonly preprocessing?: PreprocessingOptions;
  /** What candidates are ranked by. Default `r2`. */
  readonly metric?: ScoringName;
  /** Seed of the fits, 0 to 2^32 - 1. Default 42. */
  readonly seed?: number;
  /** Threads that fit; 1 fits on the calling thread. It changes no result. Default: all cores. */
  readonly workers?: number;
  /** Called after every fit. */
  onProgress?(this: void, progress: SearchProgress): void;
  /** Ends the search early: TRAIN_CANCELLED. */
  readonly signal?: AbortSignal;
  /** A clock in milliseconds. Default `performance.now`. */
  now?(this: void): number;
}

/** What came of a grid. */
export interface GridValidation {
  /** Best mean first. */
  readonly scored: readonly LeaderboardEntry[];
  /** Candidates that could not be fitted, in the order of the grid. */
  readonly failed: readonly FailedCandidate[];
  /** The candidate of the best mean, fitted to all rows. */
  readonly best: Pipeline;
}

/**
 * Cross-validates every candidate of a grid and fits the best one to all rows: what scikit-learn's `GridSearchCV` does,
 * for several estimators at once. {@link trainBundle} adds a test part, a choice among ties, intervals and a bundle.
 *
 * @throws TRAIN_GRID, TRAIN_GRID_SIZE and the estimators' TRAIN_UNKNOWN_... and TRAIN_PARAM for the grid; TRAIN_ALL_FAILED;
 * TRAIN_CANCELLED.
 */
export async function crossValidateGrid(options: GridValidationOptions): Promise<GridValidation> {
  const { schema, features, target, grid, folds, preprocessing = {}, metric = 'r2', seed = 42 } = options;
  const { workers = availableParallelism(), signal, onProgress, now = () => performance.now() } = options;
  const tested = folds.reduce((rows, { test }) => rows + test.length, 0);
  const repeats = Math.max(1, Math.round(tested / target.length));
  const plan = { schema, features, target, candidates: expandGrid(grid), folds, repeats, preprocessing, seed };
  const { scored, failed } = await runSearch(plan, { workers, signal, onProgress, now, metric });
  const ranked = rankCandidates(scored, metric, repeats);
  const best = ranked.at(0);
  if (best === undefined) {
    const reasons = failed.map((candidate) => ({ name: describeCandidate(candidate), reason: candidate.reason }));
    throw trainError('TRAIN_ALL_FAILED', { failed: reasons });
  }
  return { scored: ranked, failed, best: fitCandidate(plan, best) };
}
