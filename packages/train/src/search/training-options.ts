import type { Schema, Table } from '@scorecast/core';
import type { PreprocessingOptions } from '../preprocessing/preprocessing-options.js';
import type { SplitOptions } from '../splits/split-and-fold.js';
import type { SpaceEntry } from '../strategies/search-space.js';
import type { StrategyOptions } from '../strategies/strategy-options.js';
import type { TrialJournal } from '../strategies/trial-journal.js';
import type { GridEntry } from './expand-grid.js';
import type { Floor } from './floor.js';
import type { Leaderboard } from './leaderboard.js';
import type { SearchProgress } from './search-progress.js';
import type { ScoringName } from './scoring.js';
import type { Selection } from './select-winner.js';

/** What {@link trainBundle} needs and what may be chosen. */
export interface TrainingOptions extends SplitOptions {
  readonly schema: Schema;
  /** The schema's features, in its order. Identifiers have no place here: nothing is learned from them. */
  readonly features: Table;
  /** One finite number per row. */
  readonly target: Float64Array;
  /** The SHA-256 of the file that the rows come from, for the provenance. */
  readonly dataSha256: string;
  /** The rows of that file, those that were dropped included. */
  readonly dataRows: number;
  /** What to try. Default {@link defaultGrid}. */
  readonly grid?: readonly GridEntry[];
  /** Searches a space instead of trying every candidate of a grid. Default when there is a `space`: TPE. */
  readonly search?: StrategyOptions;
  /** What `search` draws from. Default: the grid's lists, or {@link defaultSpace} when there is no grid. */
  readonly space?: readonly SpaceEntry[];
  /**
   * What candidates are searched, ranked, compared and chosen by; of a list the first, and the others are reported beside
   * it. Default `r2`.
   */
  readonly metric?: ScoringName | readonly ScoringName[];
  /** Where finished candidates are kept, so that a training that was killed goes on from them. Default: nowhere. */
  readonly journal?: TrialJournal;
  /** How columns become numbers, where a grid entry does not say otherwise. Default: the usual chain. */
  readonly preprocessing?: PreprocessingOptions;
  /** Seeds the split, the folds and every fit; 0 to 2^32 - 1. Default 42. */
  readonly seed?: number;
  /** The share of rows held out for the one final test, between 0 and 1. Default .2. */
  readonly testSize?: number;
  /** Folds of the cross-validation, at least 2. Default 5. */
  readonly folds?: number;
  /**
   * How many times the training part is cut into folds, each time in another way; every candidate is scored in all of them.
   * Default 1.
   */
  readonly foldRepeats?: number;
  /** What the winner must reach, by any metric. Default R2 of at least .6; a limit of -Infinity lets everything pass. */
  readonly floor?: Floor;
  /** The probability with which intervals are to hold the true value, between 0 and 1. Default .9. */
  readonly intervalLevel?: number;
  /** Threads that fit, at least 1; 1 fits on the calling thread. It changes no result. Default: all cores. */
  readonly workers?: number;
  /** Called after every fit of the search. */
  onProgress?(this: void, progress: SearchProgress): void;
  /** Called once, when the winner is chosen and before the test part is looked at. */
  onSelection?(this: void, leaderboard: Leaderboard, selection: Selection): void;
  /** Ends the training early: TRAIN_CANCELLED. */
  readonly signal?: AbortSignal;
  /** A clock in milliseconds, for progress; fit times on other threads are by those threads' own clock. Default `performance.now`. */
  now?(this: void): number;
}
