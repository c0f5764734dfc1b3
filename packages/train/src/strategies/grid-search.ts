import { canonicalJson } from '@scorecast/core';
import type { Candidate } from '../search/candidate.js';
import type { Strategy } from './strategy.js';

/**
 * Tries given candidates in their order. A batch is all that follow each other with one estimator and one preprocessing:
 * these can share their fits, and between batches a search can be stopped.
 */
export function* gridSearch(candidates: readonly Candidate[]): Strategy {
  const kindOf = ({ estimator, preprocessing }: Candidate) => canonicalJson([estimator, preprocessing]);
  for (let first = 0; first < candidates.length;) {
    const kind = kindOf(candidates[first]);
    const length = candidates.slice(first).findIndex((candidate) => kindOf(candidate) !== kind);
    const end = length < 0 ? candidates.length : first + length;
    yield { candidates: candidates.slice(first, end), share: 1 };
    first = end;
  }
}
