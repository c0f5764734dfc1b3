import { betterDirection } from '../format/better.js';
import type { Sort } from '../route/route.js';
import { byImportance } from './column.js';

/**
 * By what the two best runs are found: the metric that the list is sorted by, or else the one that says most.
 * Undefined where the runs have no metric of which it is known what is good.
 */
export function topTwoOrder(sort: Sort | undefined, metrics: readonly string[]): Sort | undefined {
  if (sort?.column.kind === 'metrics') return sort;
  const key = byImportance(metrics).find((metric) => betterDirection(metric) !== undefined);
  if (key === undefined) return undefined;
  return { column: { kind: 'metrics', key }, isDescending: betterDirection(key) === 'larger' };
}
