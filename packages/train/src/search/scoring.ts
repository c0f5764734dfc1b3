import { metrics, type RegressionMetrics } from '@scorecast/core';

/** A metric that candidates can be chosen by. */
export type ScoringName = keyof RegressionMetrics;

/** A score turned so that higher is better, whichever metric it is. */
export function oriented(metric: ScoringName, score: number): number {
  return metrics[metric].better === 'higher' ? score : -score;
}
