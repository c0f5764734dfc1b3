import type { Bundle } from '@scorecast/core';
import { describeCandidate } from './candidate.js';
import type { Leaderboard } from './leaderboard.js';

/** What is worth knowing about a training that went through. */
export function trainingWarnings(bundle: Omit<Bundle, 'version'>, { scored, failed }: Leaderboard): readonly string[] {
  const warnings: string[] = [];
  if (failed.length > 0) {
    const [first] = failed;
    const count = `${failed.length} of ${scored.length + failed.length} candidates could not be fitted`;
    warnings.push(`${count}; the first was ${describeCandidate(first)}: ${first.reason}`);
  }
  const { level, radius, residualCount } = bundle.interval;
  if (radius === Infinity) {
    warnings.push(
      `the interval has no bounds but the target's range: ${residualCount} training rows are too few for the level ${level}`,
    );
  }
  return warnings;
}
