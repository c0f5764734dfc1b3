import type { Labels, Sample } from './exposition.js';

/** Numbers that only grow, one per set of labels. */
export interface LabelledCounter {
  add(labels: Labels, by?: number): void;
  /** One per set of labels that was ever counted. */
  samples(): readonly Sample[];
}

/** @param first Labels that are there with 0 from the start: a rate is only known from the second value on. */
export function labelledCounter(first: readonly Labels[] = []): LabelledCounter {
  const counts = new Map<string, { readonly labels: Labels; value: number }>();
  const add = (labels: Labels, by = 1) => {
    const key = Object.values(labels).join('\0');
    const one = counts.get(key);
    if (one === undefined) counts.set(key, { labels, value: by });
    else one.value += by;
  };
  for (const labels of first) add(labels, 0);
  return { add, samples: () => Array.from(counts.values(), ({ labels, value }) => ({ labels, value })) };
}
