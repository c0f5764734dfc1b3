import type { Leaderboard, LeaderboardEntry } from '../search/leaderboard.js';
import type { SearchProgress } from '../search/search-progress.js';
import type { Selection } from '../search/select-winner.js';
import type { TrainingOptions } from '../search/training-options.js';
import type { ScoringName } from '../search/scoring.js';
import type { CorrectedInterval } from './corrected-interval.js';
import type { Preset } from './portfolio.js';

/** What `trainAutomatically` may be told besides the options of every training. */
export interface AutomaticOptions extends Omit<TrainingOptions, 'onProgress' | 'onSelection'> {
  /** How much is tried when there is no grid. Default `quick`. */
  readonly preset?: Preset;
  /** The estimators to keep to, by name, when there is no grid. Default: all. */
  readonly estimators?: readonly string[];
  /**
   * When the search stops to start anything new, in milliseconds from the beginning; what has been started is finished and
   * the finalists are compared. With `nested`, each of the searches gets an equal share of it. With it the result depends
   * on the machine's speed. Default: no limit, and the same bytes every time.
   */
  readonly timeBudgetMs?: number;
  /** How many further times the finalists are cross-validated, at least 1, whatever `foldRepeats` is. Default 3. */
  readonly repeats?: number;
  /** Whether the whole procedure, search and choice, is cross-validated too: as many times the work as there are folds. Default false. */
  readonly nested?: boolean;
  /** Called after every fit. */
  onProgress?(this: void, progress: AutomaticProgress): void;
  /** Called once, when the winner is chosen and before the test part is looked at. */
  onSelection?(this: void, leaderboard: Leaderboard, selection: AutomaticSelection): void;
}

/** What an automatic training is doing. */
export interface AutomaticProgress extends SearchProgress {
  readonly stage: AutomaticStage;
  /** The fold that a nested cross-validation is in, from 0, of how many. */
  readonly fold?: { readonly index: number; readonly of: number };
}

/** The parts of an automatic training, in their order. */
export type AutomaticStage = 'search' | 'ensembles' | 'finalists' | 'nested';

/** A candidate of the last round, scored in folds that the search did not use. */
export interface Finalist {
  readonly entry: LeaderboardEntry;
  /** By each metric the mean over all folds of all repeats, with the interval in which the expected score on new data lies. */
  readonly fresh: Readonly<Record<ScoringName, CorrectedInterval>>;
  /** By how much the best finalist's score is better, fold by fold, in the metric that chooses; never negative in the mean. */
  readonly behind: CorrectedInterval;
  /** Whether the best may well be no better: the interval of the difference holds 0. */
  readonly tied: boolean;
}

/** Who won, against whom, and why. */
export interface AutomaticSelection extends Selection {
  /** Best first. */
  readonly finalists: readonly Finalist[];
  /** The winner among them: what to expect on new data. */
  readonly expected: Finalist;
}
