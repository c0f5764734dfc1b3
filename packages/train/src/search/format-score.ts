/**
 * A score as text, to four decimals.
 *
 * @example
 * formatScore(0.87124); // => "0.8712"
 */
export function formatScore(score: number): string {
  return score.toFixed(4);
}
