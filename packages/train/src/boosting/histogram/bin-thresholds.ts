import { ascending } from '../../ascending.js';

/**
 * The limits between bins, ascending: a value is in the bin of the first threshold that is not below it. With at most
 * `maxBins` different values they are the midpoints between them, else quantiles.
 */
export function binThresholds(values: Float64Array, maxBins: number): Float64Array {
  const sorted = ascending(values);
  const distinct = firstDistinct(sorted, maxBins + 1);
  if (distinct.length <= maxBins) return distinct.slice(1).map((value, i) => distinct[i] / 2 + value / 2);
  const quantiles = Float64Array.from({ length: maxBins - 1 }, (_, i) => midpointQuantile(sorted, (i + 1) / maxBins));
  return firstDistinct(quantiles, maxBins);
}

/** At most `limit` of the different values. */
function firstDistinct(sorted: Float64Array, limit: number): Float64Array {
  const distinct = new Float64Array(Math.min(limit, sorted.length));
  let size = 0;
  for (let i = 0; i < sorted.length && size < limit; i++) {
    if (i === 0 || sorted[i] > sorted[i - 1]) distinct[size++] = sorted[i];
  }
  return distinct.subarray(0, size);
}

function midpointQuantile(sorted: Float64Array, level: number): number {
  const position = level * (sorted.length - 1);
  return sorted[Math.floor(position)] / 2 + sorted[Math.ceil(position)] / 2;
}
