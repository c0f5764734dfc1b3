import { metrics } from '@scorecast/core';
import type { ScoringName } from '../search/scoring.js';

/** From this share of the explained variance on that training rows are ahead of others. */
const GAP = 0.1;
/** From so many times the error of the training rows on. */
const RATIO = 1.5;

/**
 * Whether a model knows its training rows partly by heart: it explains more than .1 more of their variance than of that of
 * rows that it has not seen (R2, explained variance), or errs there more than 1.5 times as much (all other metrics).
 *
 * @param train The score on the rows that it learned from.
 * @param unseen The score on others.
 * @example
 * [isOverfit('r2', 0.95, 0.8), isOverfit('mae', 4, 4.2)]; // => [true, false]
 */
export function isOverfit(metric: ScoringName, train: number, unseen: number): boolean {
  return metrics[metric].better === 'higher' ? train - unseen > GAP : unseen > RATIO * train;
}
