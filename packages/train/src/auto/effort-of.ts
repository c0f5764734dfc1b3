import type { ChosenMetrics } from '../search/scoring.js';
import { trainError } from '../train-error.js';
import { checkRepeats } from '../splits/repeated-k-fold.js';
import { defaultSpace } from '../strategies/default-space.js';
import { searchSpace } from '../strategies/search-space.js';
import type { AutomaticOptions } from './automatic-options.js';
import type { Effort } from './choose-model.js';
import type { Preset } from './portfolio.js';
import { timeLimitSeconds } from './time-limit.js';

/** An effort that a preset stands for. */
export interface PresetEffort extends Effort {
  readonly preset: Preset;
}

/** What decides how much is tried. */
export type EffortOptions = Pick<
  AutomaticOptions,
  'grid' | 'nested' | 'preset' | 'repeats' | 'search' | 'space' | 'timeBudgetMs'
>;

/** With a time budget tuning goes on until the time is up, or until nobody would believe in another trial. */
const MAX_TRIALS = 5000;

const trials: Readonly<Record<Preset, number>> = { quick: 0, standard: 20, thorough: 200 };
const ensembles: Readonly<Record<Preset, Effort['ensembles']>> = {
  quick: ['blend'],
  standard: ['blend', 'stacking'],
  thorough: ['blend', 'stacking', 'bag'],
};

/**
 * What a preset and the other options amount to. A grid is tried as it is, and a space is searched as
 * its strategy says: nothing is tuned or joined.
 *
 * @throws TRAIN_OPTION, TRAIN_REPEATS, TRAIN_SPACE
 */
export function effortOf(options: EffortOptions, metrics: ChosenMetrics): PresetEffort {
  const { preset, grid, space, search = space && {}, timeBudgetMs, repeats = 3 } = options;
  checkRepeats(repeats);
  if (timeBudgetMs !== undefined && !(timeBudgetMs > 0)) {
    throw trainError('TRAIN_OPTION', { option: 'timeBudgetMs', value: timeBudgetMs, expected: 'a number above 0' });
  }
  const chosen = preset ?? (timeBudgetMs === undefined ? 'quick' : 'standard');
  if (search !== undefined) {
    const seconds = timeLimitSeconds(options);
    const limited = { ...search, ...(seconds === undefined ? {} : { timeSeconds: seconds }) };
    const bySpace = { space: searchSpace(space ?? grid ?? defaultSpace), search: limited };
    return { preset: chosen, trials: 0, ensembles: [], repeats, metrics, bySpace };
  }
  if (grid !== undefined) return { preset: chosen, trials: 0, ensembles: [], repeats, metrics };
  const untilTimeIsUp = timeBudgetMs !== undefined && chosen !== 'quick';
  const allowed = untilTimeIsUp ? MAX_TRIALS : trials[chosen];
  return { preset: chosen, trials: allowed, ensembles: ensembles[chosen], repeats, metrics };
}
