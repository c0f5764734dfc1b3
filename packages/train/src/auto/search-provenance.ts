import type { Leaderboard } from '../search/leaderboard.js';
import type { AutomaticOptions, AutomaticSelection } from './automatic-options.js';
import type { CorrectedInterval } from './corrected-interval.js';
import type { PresetEffort } from './effort-of.js';

/** How the winner was found, for the bundle's provenance. */
export function searchProvenance(
  { grid, search, timeBudgetMs, estimators }: AutomaticOptions,
  { preset, repeats }: PresetEffort,
  leaderboard: Leaderboard,
  { expected }: AutomaticSelection,
  nested: CorrectedInterval | undefined,
): Readonly<Record<string, unknown>> {
  const timeBudgetSeconds = search?.timeSeconds ?? (timeBudgetMs === undefined ? null : timeBudgetMs / 1000);
  const by = search?.strategy ?? 'tpe';
  return {
    preset: search !== undefined ? by : grid === undefined ? preset : 'grid',
    ...(estimators === undefined ? {} : { estimators }),
    timeBudgetSeconds,
    // Where time decides how much is tried, another machine or another minute may choose another model.
    repeatable: timeBudgetSeconds === null,
    candidates: leaderboard.scored.length,
    repeats,
    expectedR2: expected.r2,
    ...(nested === undefined ? {} : { nestedR2: nested }),
  };
}
