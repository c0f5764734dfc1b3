import { availableParallelism } from 'node:os';
import { checkRepeats } from '../splits/repeated-k-fold.js';
import { trainError } from '../train-error.js';
import { defaultGrid } from './default-grid.js';
import { chosenMetrics, type ChosenMetrics } from './scoring.js';
import type { TrainingOptions } from './training-options.js';

/** The options that do not come from the data, with their defaults. */
export interface TrainingSettings extends Required<
  Pick<
    TrainingOptions,
    | 'floor'
    | 'foldRepeats'
    | 'folds'
    | 'grid'
    | 'intervalLevel'
    | 'now'
    | 'preprocessing'
    | 'seed'
    | 'testSize'
    | 'workers'
  >
> {
  readonly metrics: ChosenMetrics;
}

/**
 * Fills the defaults in and checks what no other part checks: the split, the folds and the grid check their own.
 *
 * @throws TRAIN_OPTION, TRAIN_METRIC, TRAIN_REPEATS
 */
export function trainingSettings(options: TrainingOptions): TrainingSettings {
  const settings: TrainingSettings = {
    grid: options.grid ?? defaultGrid,
    preprocessing: options.preprocessing ?? {},
    seed: options.seed ?? 42,
    testSize: options.testSize ?? 0.2,
    folds: options.folds ?? 5,
    foldRepeats: options.foldRepeats ?? 1,
    metrics: chosenMetrics(options.metric),
    floor: options.floor ?? { metric: 'r2', limit: 0.6 },
    intervalLevel: options.intervalLevel ?? 0.9,
    workers: options.workers ?? availableParallelism(),
    now: options.now ?? (() => performance.now()),
  };
  const { intervalLevel, workers, floor } = settings;
  check(intervalLevel > 0 && intervalLevel < 1, 'intervalLevel', intervalLevel, 'a number between 0 and 1');
  check(Number.isInteger(workers) && workers >= 1, 'workers', workers, 'an integer of at least 1');
  checkRepeats(settings.foldRepeats);
  chosenMetrics(floor.metric);
  check(!Number.isNaN(floor.limit), 'floor.limit', floor.limit, 'a number');
  return settings;
}

function check(holds: boolean, option: string, value: number, expected: string): void {
  if (!holds) throw trainError('TRAIN_OPTION', { option, value, expected });
}
