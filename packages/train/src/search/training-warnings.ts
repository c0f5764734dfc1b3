import { metrics as registry, type Bundle } from '@scorecast/core';
import { describeCandidate } from './candidate.js';
import type { Leaderboard } from './leaderboard.js';
import type { SearchPlan } from './search-plan.js';

/**
 * What is worth knowing about a training that went through.
 *
 * @param plan The training part and its folds.
 */
export function trainingWarnings(
  bundle: Omit<Bundle, 'version'>,
  { scored, failed, metrics }: Leaderboard,
  plan: Pick<SearchPlan, 'target' | 'folds'>,
): readonly string[] {
  const warnings: string[] = [];
  if (failed.length > 0) {
    const [first] = failed;
    const count = `${failed.length} of ${scored.length + failed.length} candidates could not be fitted`;
    warnings.push(`${count}; the first was ${describeCandidate(first)}: ${first.reason}`);
  }
  const { level, radius } = bundle.interval;
  if (radius === Infinity) {
    warnings.push(
      `the interval has no bounds but the target's range: ${bundle.metrics.trainRows} training rows are too few for the level ${level}`,
    );
  }
  return [...warnings, ...metricWarnings(metrics, plan)];
}

/** Where a metric says nothing, or too much, of this target. */
function metricWarnings(
  metrics: Leaderboard['metrics'],
  { target, folds }: Pick<SearchPlan, 'target' | 'folds'>,
): readonly string[] {
  const warnings: string[] = [];
  const constant = folds.filter(({ test }) => test.every((row) => target[row] === target[test[0]])).length;
  const [shares] = metrics.filter((name) => registry[name].better === 'higher');
  if (constant > 0 && shares !== undefined) {
    warnings.push(
      `in ${constant} of ${folds.length} folds the target has one value only, where ${registry[shares].label} says nothing ` +
        '(it is 0 or 1): choose by an error such as mae, or bring rows in which the target differs',
    );
  }
  const zeros = target.filter((value) => Math.abs(value) < Number.EPSILON).length;
  if (zeros > 0 && metrics.includes('meanAbsolutePercentageError')) {
    warnings.push(`MAPE is an error divided by the target, which is 0 in ${zeros} training rows: it says nothing here`);
  }
  return warnings;
}
