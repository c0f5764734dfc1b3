import { mean, standardDeviation } from '@scorecast/core';
import { describeCandidate, type Candidate } from './candidate.js';
import { complexityOf, type Complexity } from './complete-candidate.js';
import type { FoldScore } from './evaluate-fold.js';
import { eachMetric, oriented, type ChosenMetrics, type Scores, type ScoringName } from './scoring.js';

/** How all candidates of a search did, by cross-validation on the training part alone. */
export interface Leaderboard {
  /** What candidates are chosen by, and what else was asked for. */
  readonly metrics: ChosenMetrics;
  /** Best mean first, by the first metric. */
  readonly scored: readonly LeaderboardEntry[];
  /** Candidates that could not be fitted, in the order of the grid. */
  readonly failed: readonly FailedCandidate[];
}

/** A candidate with its scores over the folds. */
export interface LeaderboardEntry extends Candidate {
  /** From 1; by the mean of the metric, equal means by the candidate's text. */
  readonly rank: number;
  readonly mean: Scores;
  /** The standard deviation over the folds (ddof 0). */
  readonly sd: Scores;
  /**
   * The mean's standard error: the sample standard deviation over the square root of the folds of one repeat, which is
   * `sd / sqrt(folds - 1)` where there are no more. Repeats show the same rows again: they make `sd` surer, not this smaller.
   */
  readonly standardError: Scores;
  /** Every fold's scores, in the order of the folds. */
  readonly folds: readonly FoldScore[];
  /** The mean score on the rows that the folds' models learned from. */
  readonly trainMean: Scores;
  /** Mean time of a fold's fit, or of its part of a shared fit; measured, so it differs between runs. */
  readonly fitTimeMs: number;
  /** How many candidates shared each fit and its time; 1 where each had its own. */
  readonly fitSharedBy: number;
  readonly complexity: Complexity;
  /** Whether the mean is no farther from the best one than the best one's standard error. */
  readonly withinOneStandardError: boolean;
}

/** A candidate that could not be fitted in at least one fold, and why. */
export interface FailedCandidate extends Candidate {
  readonly reason: string;
}

/** A candidate's scores, one per fold. */
export interface ScoredCandidate {
  readonly candidate: Candidate;
  readonly folds: readonly FoldScore[];
}

/**
 * Summarises and ranks candidates, by mean R2 unless another metric is named.
 *
 * @param repeats How many times the folds test every row.
 */
export function rankCandidates(
  scored: readonly ScoredCandidate[],
  metric: ScoringName = 'r2',
  repeats = 1,
): readonly LeaderboardEntry[] {
  const score = ({ mean }: Summary) => oriented(metric, mean[metric]);
  const summaries = scored
    .map((entry) => summarize(entry, metric, repeats))
    .sort((a, b) => score(b) - score(a) || byText(a, b));
  const least = summaries.length === 0 ? 0 : score(summaries[0]) - summaries[0].standardError[metric];
  return summaries.map((summary, i) => ({
    rank: i + 1,
    ...summary,
    withinOneStandardError: score(summary) >= least,
  }));
}

type Summary = Omit<LeaderboardEntry, 'rank' | 'withinOneStandardError'>;

/** Summaries have the metric that counts as their first key: that is how people meet them in JSON. */
function summarize({ candidate, folds }: ScoredCandidate, metric: ScoringName, repeats: number): Summary {
  const over = (measure: (name: ScoringName) => number): Scores => ({
    [metric]: 0,
    ...eachMetric(measure),
  });
  const sd = over((name) => standardDeviation(folds.map((fold) => fold.test[name])));
  return {
    ...candidate,
    mean: over((name) => mean(folds.map((fold) => fold.test[name]))),
    sd,
    standardError: over((name) => sd[name] / Math.sqrt((folds.length - 1) / repeats)),
    folds,
    trainMean: over((name) => mean(folds.map((fold) => fold.train[name]))),
    fitTimeMs: mean(folds.map((fold) => fold.fitTimeMs)),
    fitSharedBy: Math.max(...folds.map(({ sharedBy = 1 }) => sharedBy)),
    complexity: complexityOf(candidate),
  };
}

function byText(a: Summary, b: Summary): number {
  return describeCandidate(a) < describeCandidate(b) ? -1 : 1;
}
