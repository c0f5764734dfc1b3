import { oriented, type ScoringName } from '../search/scoring.js';
import type { LeadingCandidate, SearchProgress } from '../search/search-progress.js';
import type { StartedBatch } from './run-strategy.js';

/** Turns what is known of batches and fits into the progress of the whole search. */
export interface SearchReporter {
  onBatch(this: void, batch: StartedBatch): void;
  /** Told of the fits of the batch that was announced last. */
  onFits(this: void, progress: SearchProgress): void;
}

/**
 * Reports after every fit how far a search by strategy is: its batches in a row, the best of all of them and of an earlier
 * run, and the time left by the limits that there are.
 *
 * @param search.folds Fits per candidate, where none are shared.
 * @param search.candidates How many candidates it will try: unknown where it goes on without end, or in rounds.
 * @param search.timeMs How long it may take.
 */
export function searchReporter(
  search: {
    readonly folds: number;
    readonly metric: ScoringName;
    readonly candidates?: number | undefined;
    readonly timeMs?: number | undefined;
    now(this: void): number;
  },
  onProgress: (progress: SearchProgress) => void,
): SearchReporter {
  const { folds, metric, timeMs = Infinity, now } = search;
  const { candidates = timeMs < Infinity ? Infinity : 0 } = search;
  const startedAt = now();
  let batch: StartedBatch = { candidates: 0, share: 1 };
  let earlierFits = 0;
  let fits = 0;

  const bestWith = (leader: LeadingCandidate | undefined): LeadingCandidate | undefined => {
    const known = batch.best && {
      candidate: batch.best.candidate,
      metric,
      score: oriented(metric, batch.best.score),
      folds,
    };
    if (known === undefined || leader === undefined) return known ?? leader;
    // With fewer rows or folds scores cannot be compared.
    if (batch.share < 1 || leader.folds < folds) return known;
    return oriented(metric, leader.score) > oriented(metric, known.score) ? leader : known;
  };

  return {
    onBatch(started) {
      batch = started;
      earlierFits += fits;
      fits = 0;
    },
    onFits(progress) {
      fits = progress.done;
      const done = earlierFits + fits;
      const elapsedMs = now() - startedAt;
      const upcoming = Math.max(0, candidates - batch.candidates) * folds;
      const total = earlierFits + progress.total + upcoming;
      const byCountMs = (Math.max(1, elapsedMs) / done) * (total - done);
      const byTimeMs = Math.max(0, timeMs - elapsedMs);
      const best = bestWith(progress.best);
      const state = { done, ...(best && { best }), elapsedMs };
      if (byCountMs <= byTimeMs) {
        onProgress({ ...state, total, remainingMs: byCountMs });
        return;
      }
      // What the time that is left will be enough for.
      const inTime = Math.round(done * (1 + byTimeMs / Math.max(1, elapsedMs)));
      onProgress({ ...state, total: inTime, remainingMs: byTimeMs });
    },
  };
}
