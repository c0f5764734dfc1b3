import type { PreprocessingOptions } from '../preprocessing/preprocessing-options.js';
import type { Fold } from '../splits/fold.js';
import type { Candidate } from './candidate.js';
import type { FoldScore } from './evaluate-fold.js';
import type { LearningData } from './prepare-fold.js';

/** Everything that the tasks of one search share: plain data, so that it can be sent to worker threads. */
export interface SearchPlan extends LearningData {
  readonly folds: readonly Fold[];
  /** How many times the folds test every row; they come repeat by repeat, as many in each. */
  readonly repeats: number;
  readonly candidates: readonly Candidate[];
  readonly preprocessing: PreprocessingOptions;
  readonly seed: number;
}

/** One fit of a search: the candidates that it answers, by index, and the fold's index. */
export interface FitTask {
  readonly candidates: readonly number[];
  readonly fold: number;
}

/** What came of one candidate in one fold. That it cannot be fitted is a result too, with its reason. */
export type FoldOutcome = { readonly candidate: number; readonly fold: number } & (
  | { readonly kind: 'scored'; readonly score: FoldScore; readonly predictions: Float64Array }
  | { readonly kind: 'failed'; readonly reason: string }
);

/** The repeat that a fold is of, from 0. */
export function repeatOf({ folds, repeats }: Pick<SearchPlan, 'folds' | 'repeats'>, fold: number): number {
  return Math.floor((fold * repeats) / folds.length);
}

/** The folds of the first repeat. */
export function firstCut({ folds, repeats }: Pick<SearchPlan, 'folds' | 'repeats'>): readonly Fold[] {
  return folds.slice(0, folds.length / repeats);
}
