import type { Param } from '../params.js';

/** How many features a node may choose from; see {@link maxFeatures}. */
export type MaxFeatures = number | 'sqrt' | 'log2' | null;

/**
 * The param `maxFeatures`. JSON does not tell 1 from 1.0, so up to 1 it is a share of the features and from 2 a count;
 * null means all.
 */
export function maxFeatures(declared: { about: string; default: MaxFeatures }): Param<MaxFeatures> {
  return {
    ...declared,
    expected: 'a share above 0, up to 1, or a count of at least 2, or "sqrt" or "log2", or null for all',
    accepts: (value): value is MaxFeatures =>
      value === null || value === 'sqrt' || value === 'log2' || (typeof value === 'number' && isShareOrCount(value)),
  };
}

/** The number of features that it means, from 1 to `featureCount`; shares, roots and logarithms are rounded down. */
export function countFeatures(chosen: MaxFeatures, featureCount: number): number {
  return Math.max(1, Math.min(featureCount, Math.floor(unrounded(chosen, featureCount))));
}

function unrounded(chosen: MaxFeatures, featureCount: number): number {
  if (chosen === null) return featureCount;
  if (chosen === 'sqrt') return Math.sqrt(featureCount);
  if (chosen === 'log2') return Math.log2(featureCount);
  return chosen <= 1 ? chosen * featureCount : chosen;
}

function isShareOrCount(value: number): boolean {
  return (value > 0 && value <= 1) || (Number.isSafeInteger(value) && value >= 2);
}
