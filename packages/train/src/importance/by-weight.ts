/** The largest first; equal ones stay in their order. */
export function byWeight<T>(items: readonly T[], weigh: (item: T) => number): readonly T[] {
  return items.toSorted((a, b) => weigh(b) - weigh(a));
}
