import type { ScoringName } from '@scorecast/train';

/** What people always want to see. */
const USUAL: readonly ScoringName[] = ['r2', 'mae', 'rmse'];

/**
 * The metrics of a report: what was asked for, the one that chooses first, and then the usual ones.
 *
 * @example
 * shownMetrics(['mae', 'maxError']); // => ['mae', 'maxError', 'r2', 'rmse']
 */
export function shownMetrics(asked: readonly ScoringName[]): readonly ScoringName[] {
  return [...new Set([...asked, ...USUAL])];
}
