import { canonicalJson, type Table } from '@scorecast/core';
import type { Candidate } from './candidate.js';
import { prepareFold, type PreparedFold } from './prepare-fold.js';
import { preprocessingOf } from './preprocessing-of.js';
import type { SearchPlan } from './search-plan.js';

/** How much of a plan's transformed rows one thread keeps. */
const LIMIT_BYTES = 128 * 2 ** 20;

/**
 * Prepares a plan's folds, keeping the latest: all candidates of a fold with the same preprocessing learn from the same
 * tables, and what is derived from those (a sorted order, a factor) can be kept by them. At least one fold is kept.
 */
export function foldCache(plan: SearchPlan): (candidate: Candidate, fold: number) => PreparedFold {
  const kept = new Map<string, PreparedFold>();
  return (candidate, fold) => {
    const options = preprocessingOf(plan.preprocessing, candidate);
    const key = canonicalJson([fold, options]);
    const prepared = kept.get(key) ?? prepareFold(plan, options, plan.folds[fold]);
    // A map remembers the order of insertion: what was used last stands last.
    kept.delete(key);
    kept.set(key, prepared);
    let bytes = [...kept.values()].reduce((sum, { train, test }) => sum + tableBytes(train) + tableBytes(test), 0);
    for (const [oldest, { train, test }] of kept) {
      if (bytes <= LIMIT_BYTES || kept.size === 1) break;
      kept.delete(oldest);
      bytes -= tableBytes(train) + tableBytes(test);
    }
    return prepared;
  };
}

function tableBytes({ rowCount, columns }: Table): number {
  return rowCount * columns.length * Float64Array.BYTES_PER_ELEMENT;
}
