/**
 * A score to four decimals, without the zero before the point.
 *
 * @example
 * formatScore(0.87124); // => ".8712"
 */
export function formatScore(score: number): string {
  return score.toFixed(4).replace(/^(-?)0\./, '$1.');
}
