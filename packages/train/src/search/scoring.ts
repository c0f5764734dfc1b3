import { closestName, metrics, type MetricName } from '@scorecast/core';
import { trainError } from '../train-error.js';

/** A metric that candidates can be chosen by: any of core's registry. */
export type ScoringName = MetricName;

/** Predictions scored by every metric. */
export type Scores = Readonly<Record<ScoringName, number>>;

/** What a training is scored by: the first metric chooses, the others are reported beside it. */
export type ChosenMetrics = readonly [ScoringName, ...ScoringName[]];

/** Something for every metric, in the order of the registry. */
export function eachMetric<T>(measure: (name: ScoringName) => T): Readonly<Record<ScoringName, T>> {
  return {
    r2: measure('r2'),
    mae: measure('mae'),
    rmse: measure('rmse'),
    medianAbsoluteError: measure('medianAbsoluteError'),
    maxError: measure('maxError'),
    explainedVariance: measure('explainedVariance'),
    meanAbsolutePercentageError: measure('meanAbsolutePercentageError'),
  };
}

/** Some of what there is for every metric, in the order in which it is asked for. */
export function pickMetrics<T>(
  all: Readonly<Record<ScoringName, T>>,
  names: readonly ScoringName[],
): Readonly<Partial<Record<ScoringName, T>>> {
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

/** A score turned so that higher is better, whichever metric it is; what was turned is turned back. */
export function oriented(metric: ScoringName, score: number): number {
  return metrics[metric].better === 'higher' ? score : -score;
}

/**
 * One metric or a list as a list without repetitions.
 *
 * @throws TRAIN_METRIC for a name that the registry does not have, and for a list of none.
 */
export function chosenMetrics(given: ScoringName | readonly ScoringName[] = 'r2'): ChosenMetrics {
  const [first, ...others] = new Set(typeof given === 'string' ? [given] : given);
  const known = Object.keys(metrics);
  const unknown = [first, ...others].find((name) => !Object.hasOwn(metrics, name ?? ''));
  if (first !== undefined && unknown === undefined) return [first, ...others];
  throw trainError('TRAIN_METRIC', { name: unknown, known, meant: closestName(String(unknown), known) });
}
