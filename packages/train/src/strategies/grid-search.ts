import type { Candidate } from '../search/candidate.js';
import type { Strategy } from './strategy.js';

/** Tries given candidates, all in one batch, so that they share as many fits as they can. */
export function* gridSearch(candidates: readonly Candidate[]): Strategy {
  yield { candidates, share: 1 };
}
