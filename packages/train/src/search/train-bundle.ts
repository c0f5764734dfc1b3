import { takeRows, takeValues, type Bundle } from '@scorecast/core';
import type { Fold } from '../splits/fold.js';
import { drawTestPart, foldTrainingPart } from '../splits/split-and-fold.js';
import { defaultSpace } from '../strategies/default-space.js';
import { searchBySpace, searchGrid } from '../strategies/search-candidates.js';
import { searchSpace } from '../strategies/search-space.js';
import { trainError } from '../train-error.js';
import { assembleBundle } from './assemble-bundle.js';
import { describeCandidate } from './candidate.js';
import { checkFolds, checkPartSizes, checkTrainingData } from './check-training-data.js';
import { expandGrid } from './expand-grid.js';
import { fitCandidate } from './fit-candidate.js';
import { requireFloor } from './floor.js';
import { rankCandidates, type FailedCandidate, type Leaderboard } from './leaderboard.js';
import type { LearningData } from './prepare-fold.js';
import type { SearchPlan } from './search-plan.js';
import { selectWinner, type Selection } from './select-winner.js';
import type { TrainingOptions } from './training-options.js';
import { trainingSettings } from './training-settings.js';
import { trainingWarnings } from './training-warnings.js';

const ONE_WAY = 'as many groups as folds can be cut in one way only: every candidate was scored in these folds once';

/** A trained bundle and how it came about. */
export interface TrainingResult {
  /** Ready for `encodeBundle`, which adds the version. Nothing in it depends on time or machine. */
  readonly bundle: Omit<Bundle, 'version'>;
  readonly leaderboard: Leaderboard;
  /** Row indices of the training and the test part. */
  readonly split: Fold;
  readonly selection: Selection;
  /** What is worth knowing but no reason to stop, one sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Trains a bundle: holds a test part out, cross-validates every candidate on the rest, chooses by the
 * one-standard-error rule, fits the winner to the whole training part and then looks at the test part, once.
 *
 * The same data, options and version give the same bundle to the last bit, on any number of workers, unless time is
 * limited.
 *
 * @throws TRAIN_OPTION, TRAIN_METRIC, TRAIN_REPEATS, TRAIN_GRID, TRAIN_GRID_SIZE, TRAIN_SPACE and the estimators' TRAIN_UNKNOWN_... and TRAIN_PARAM for the
 * options; TRAIN_TABLE, TRAIN_ROW_TARGET, TRAIN_ONE_VALUE, TRAIN_ROWS, TRAIN_SPLIT_ROWS, TRAIN_FOLDS,
 * TRAIN_FOLD_ROWS and TRAIN_GROUP... for the data;
 * TRAIN_ALL_FAILED; TRAIN_BELOW_FLOOR; TRAIN_CANCELLED.
 */
export async function trainBundle(options: TrainingOptions): Promise<TrainingResult> {
  const settings = trainingSettings(options);
  const { metrics } = settings;
  const [metric] = metrics;
  const search = options.search ?? (options.space && {});
  const space = search && searchSpace(options.space ?? options.grid ?? defaultSpace);
  const candidates = space === undefined ? expandGrid(settings.grid) : [];
  const split = drawTestPart(options.target, options, settings);
  checkPartSizes(split, settings.folds);
  checkTrainingData(options);

  const { preprocessing, seed, floor, workers, now } = settings;
  const { signal, journal, onProgress, onSelection } = options;
  const folds = foldTrainingPart(options.target, options, split, { ...settings, repeats: settings.foldRepeats });
  const repeats = folds.length / settings.folds;
  const plan: SearchPlan = { ...takePart(options, split.train), candidates, folds, repeats, preprocessing, seed };
  checkFolds(folds, plan);
  const run = { workers, now, signal, journal, metric, onProgress };
  const { scored, failed } = await (space ? searchBySpace(plan, space, search, run) : searchGrid(plan, run));
  if (scored.length === 0) throw trainError('TRAIN_ALL_FAILED', { failed: failed.map(nameWithReason) });
  const leaderboard = { metrics, scored: rankCandidates(scored, metric, repeats), failed };
  const selection = selectWinner(leaderboard.scored, metric);
  onSelection?.(leaderboard, selection);
  const { winner } = selection;
  requireFloor(floor, { where: 'the folds of the training part', scores: winner.mean }, { leaderboard, selection });

  const fitWarnings = new Set<string>();
  const pipeline = fitCandidate(plan, winner, (warning) => fitWarnings.add(warning));
  const [{ predictions: outOfFold }] = scored.filter((entry) => entry.folds === winner.folds);
  const test = takePart(options, split.test);
  const trained = { options, settings, selection, pipeline, train: plan, test, foldRepeats: repeats, outOfFold };
  const bundle = assembleBundle(trained);
  requireFloor(floor, { where: 'the test part', scores: bundle.metrics.test }, { leaderboard, selection });
  const warnings = [
    ...fitWarnings,
    ...trainingWarnings(bundle, leaderboard, plan),
    ...(repeats < settings.foldRepeats ? [ONE_WAY] : []),
  ];
  return { bundle, leaderboard, split, selection, warnings };
}

function nameWithReason(candidate: FailedCandidate): { name: string; reason: string } {
  return { name: describeCandidate(candidate), reason: candidate.reason };
}

function takePart({ schema, features, target }: LearningData, rows: Int32Array): LearningData {
  return { schema, features: takeRows(features, rows), target: takeValues(target, rows) };
}
