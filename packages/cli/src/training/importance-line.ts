import type { Importance } from '@scorecast/core';

/** How many features are named; the rest is in the bundle. */
const NAMED = 5;

/**
 * What the model rests on, in a line.
 *
 * @example
 * const features = [{ name: 'reading', mean: 0.812, sd: 0.1 }, { name: 'lunch', mean: 0.04, sd: 0 }];
 * importanceLine({ permutation: { metric: 'r2', baseline: 0.9, rows: 200, repeats: 5, features } });
 * // => 'R2 lost when shuffled: reading 0.812, lunch 0.040'
 */
export function importanceLine({ permutation: { features } }: Importance): string {
  const named = features.slice(0, NAMED).map(({ name, mean }) => `${name} ${mean.toFixed(3)}`);
  const rest = features.length - named.length;
  return `R2 lost when shuffled: ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
