import { labelledCounter, type LabelledCounter } from './labelled-counter.js';
import { tally, type Tally } from './tally.js';

/** A number that only grows. */
export interface Counter {
  value: number;
}

/**
 * Counts by key that outlive the model they were made for: when a server goes on with another model, what both have in
 * common is counted on. A histogram goes on where its bounds are the same, and begins anew where they are not.
 */
export interface KeptCounts {
  counter(key: string): Counter;
  tally(key: string, bounds: readonly number[]): Tally;
  /** Refused values by field and kind. */
  readonly problems: LabelledCounter;
}

/** Starts counting. */
export function keptCounts(): KeptCounts {
  const counters = new Map<string, Counter>();
  const tallies = new Map<string, Tally>();
  return {
    counter: (key) => get(counters, key, () => ({ value: 0 })),
    tally: (key, bounds) => get(tallies, `${key} ${bounds.join(' ')}`, () => tally(bounds)),
    problems: labelledCounter(),
  };
}

function get<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
