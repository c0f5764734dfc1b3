import type { Batch, Candidate, Strategy } from '../../src/index.js';

/** Scores a candidate that learned from a share of the rows. */
export type Score = (candidate: Candidate, share: number) => number;

/** Runs a strategy until it ends, or for a number of batches, and returns them with their scores. */
export function drive(strategy: Strategy, score: Score, batches = Infinity): { batch: Batch; scores: number[] }[] {
  const done: { batch: Batch; scores: number[] }[] = [];
  for (let step = strategy.next([]); step.done !== true && done.length < batches;) {
    const batch = step.value;
    const scores = batch.candidates.map((candidate) => score(candidate, batch.share));
    done.push({ batch, scores });
    step = strategy.next(scores);
  }
  return done;
}

/** The best score of the first `count` candidates that a strategy tries. */
export function bestOf(strategy: Strategy, score: Score, count: number): number {
  const scores: number[] = [];
  for (let step = strategy.next([]); step.done !== true && scores.length < count;) {
    const batch = step.value.candidates.map((candidate) => score(candidate, 1));
    scores.push(...batch);
    step = strategy.next(batch);
  }
  return Math.max(...scores.slice(0, count));
}
