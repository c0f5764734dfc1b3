import type { Candidate } from '../search/candidate.js';

/** Candidates that are to be scored side by side. */
export interface Batch {
  readonly candidates: readonly Candidate[];
  /** The share of each fold's training rows to learn from, above 0; 1 is all. */
  readonly share: number;
}

/**
 * A way to search, as a generator: it yields batches and is told their scores. Higher is better, -Infinity is a candidate
 * that could not be fitted. What it yields is a function of its params and of those scores; it knows no clock and no
 * thread, so that a search can be run again from a journal.
 */
export type Strategy = Generator<Batch, void, readonly number[]>;
