import type { Leaderboard } from '../search/leaderboard.js';
import { pickMetrics, type ScoringName } from '../search/scoring.js';
import type { AutomaticOptions, AutomaticSelection } from './automatic-options.js';
import type { CorrectedInterval } from './corrected-interval.js';
import type { PresetEffort } from './effort-of.js';
import { timeLimitSeconds } from './time-limit.js';

/** How the winner was found, for the bundle's provenance. */
export function searchProvenance(
  options: AutomaticOptions,
  { preset, repeats, metrics }: PresetEffort,
  leaderboard: Leaderboard,
  { expected }: AutomaticSelection,
  nested: Readonly<Record<ScoringName, CorrectedInterval>> | undefined,
): Readonly<Record<string, unknown>> {
  const { grid, space, search = space && {}, estimators } = options;
  const timeBudgetSeconds = timeLimitSeconds(options) ?? null;
  const by = search?.strategy ?? 'tpe';
  return {
    preset: search !== undefined ? by : grid === undefined ? preset : 'grid',
    ...(estimators === undefined ? {} : { estimators }),
    timeBudgetSeconds,
    // Where time decides how much is tried, another machine or another minute may choose another model.
    repeatable: timeBudgetSeconds === null,
    candidates: leaderboard.scored.length,
    repeats,
    expected: pickMetrics(expected.fresh, metrics),
    ...(nested === undefined ? {} : { nested: pickMetrics(nested, metrics) }),
  };
}
