import type { Point } from '../api/histories.js';

/** A history in three figures; numbers are undefined where it has no finite value. */
export interface HistoryFacts {
  readonly last: number | undefined;
  readonly least: number | undefined;
  readonly most: number | undefined;
}

/** Sums a history up. */
export function historyFacts(points: readonly Point[]): HistoryFacts {
  const values = points.map(({ value }) => value).filter(Number.isFinite);
  const extreme = (better: (a: number, b: number) => number) =>
    values.length === 0 ? undefined : values.reduce((a, b) => better(a, b));
  return {
    last: points.at(-1)?.value,
    least: extreme(Math.min),
    most: extreme(Math.max),
  };
}
