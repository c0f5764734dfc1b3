import { metrics } from '@scorecast/core';

/** Words by which metrics of other programs are known. */
const WORDS: Readonly<Record<string, 'higher' | 'lower'>> = {
  accuracy: 'higher',
  auc: 'higher',
  f1: 'higher',
  precision: 'higher',
  recall: 'higher',
  score: 'higher',
  error: 'lower',
  loss: 'lower',
  mape: 'lower',
  mse: 'lower',
  warnings: 'lower',
};

const KNOWN = new Map([
  ...Object.entries(WORDS),
  ...Object.entries(metrics).map(([name, { better }]) => [name.toLowerCase(), better] as const),
]);

/**
 * Which of two values of a metric is the better one, judged by the last word of its key.
 *
 * @returns undefined where the key does not tell, or tells of spread or of a single fold.
 * @example
 * [betterOf('cv_r2'), betterOf('val/loss'), betterOf('rows') ?? null]; // => ["higher","lower",null]
 */
export function betterOf(key: string): 'higher' | 'lower' | undefined {
  const words = key.toLowerCase().split(/[^a-z0-9]+/);
  const isPartial = words.some((word) => ['sd', 'std', 'fold'].includes(word));
  return isPartial ? undefined : KNOWN.get(words[words.length - 1]);
}

/** The places of the best values; none where the key does not tell what is better, or all values are equal. */
export function bestPlaces(key: string, values: readonly (number | null)[]): readonly number[] {
  const better = betterOf(key);
  const numbers = values.filter((value): value is number => value !== null && !Number.isNaN(value));
  if (better === undefined || new Set(numbers).size < 2) return [];
  const best = better === 'higher' ? Math.max(...numbers) : Math.min(...numbers);
  return values.flatMap((value, place) => (value === best ? [place] : []));
}
