import { takeRows, takeValues } from '@scorecast/core';
import { assembleBundle } from '../search/assemble-bundle.js';
import type { Candidate } from '../search/candidate.js';
import { checkTrainingData } from '../search/check-training-data.js';
import { expandGrid } from '../search/expand-grid.js';
import { requireFloor } from '../search/floor.js';
import type { LearningData } from '../search/prepare-fold.js';
import type { ScoringName } from '../search/scoring.js';
import type { SearchPlan } from '../search/search-plan.js';
import type { TrainingResult } from '../search/train-bundle.js';
import { trainingSettings } from '../search/training-settings.js';
import { trainingWarnings } from '../search/training-warnings.js';
import type { AutomaticOptions, AutomaticSelection } from './automatic-options.js';
import { chooseModel } from './choose-model.js';
import type { CorrectedInterval } from './corrected-interval.js';
import { effortOf, type PresetEffort } from './effort-of.js';
import { fitChosen } from './fit-chosen.js';
import { leakageWarnings } from './leakage-warnings.js';
import { nestedScore } from './nested-score.js';
import { overfitWarnings } from './overfit-warnings.js';
import { partitionRows } from './partition-rows.js';
import { portfolioCandidates } from './portfolio.js';
import { searchProvenance } from './search-provenance.js';
import { stageRunner, type Part } from './stage-runner.js';
import { withShareOfTime } from './time-limit.js';

const ONE_WAY =
  'as many groups as folds can be cut in one way only: the finalists met in the folds of the search once more';
const NO_REPEATS = ', and the search scored in these once';

/** A trained bundle, how it came about, and what to make of its score. */
export interface AutomaticResult extends TrainingResult {
  readonly selection: AutomaticSelection;
  /** Those of the warnings that say that the score may be too good: near copies of the target, identifiers, repeated rows. */
  readonly leakage: readonly string[];
  /** The score of the whole procedure by nested cross-validation, by every metric, where that was asked for. */
  readonly nested?: Readonly<Record<ScoringName, CorrectedInterval>>;
}

/**
 * Trains a bundle without being told what to try: a preset's portfolio (or the grid that is given), tuning of the best
 * estimators, ensembles, and a last round between the finalists in fresh folds, where the simplest of those that tie with
 * the best wins. The test part is looked at once, after that.
 *
 * Without a time budget the same data, options and version give the same bundle to the last bit.
 *
 * @throws As `trainBundle`, and TRAIN_REPEATS.
 */
export async function trainAutomatically(options: AutomaticOptions): Promise<AutomaticResult> {
  const { onProgress: _progress, onSelection, ...plain } = options;
  const settings = trainingSettings(plain);
  const { metrics } = settings;
  const timed = withShareOfTime(options, options.nested === true ? settings.folds + 1 : 1);
  const wanted = effortOf(timed, metrics);
  const candidates = firstCandidates(options, wanted);
  const { split, folds, oneWay, repeats, cut } = partitionRows(options, settings, wanted.repeats);
  checkTrainingData(options);
  const effort = { ...wanted, repeats };
  const { preprocessing, seed, floor } = settings;
  const foldRepeats = folds.length / settings.folds;
  const train = takePart(options, split.train);
  const plan: SearchPlan = { ...train, candidates, folds, repeats: foldRepeats, preprocessing, seed };
  const runner = stageRunner(timed, settings);
  const { leaderboard, selection, outOfFold } = await chooseModel(
    plan,
    (repeat) => cut(Int32Array.from(split.train.keys()), repeat),
    effort,
    runner,
  );
  onSelection?.(leaderboard, selection);
  const { winner } = selection;
  requireFloor(floor, { where: 'the folds of the training part', scores: winner.mean }, { leaderboard, selection });
  const startNested = (fold: number) =>
    stageRunner(nestedOptions(timed, { index: fold, of: settings.folds }), settings);
  const nested = options.nested === true ? await nestedScore(plan, cut, effort, startNested) : undefined;

  const fitWarnings = new Set<string>();
  const pipeline = fitChosen(plan, winner, (warning) => fitWarnings.add(warning));
  const test = takePart(options, split.test);
  const search = searchProvenance(options, effort, leaderboard, selection, nested);
  const bundle = assembleBundle({
    options: plain,
    settings,
    selection,
    search,
    pipeline,
    train: plan,
    test,
    foldRepeats,
    outOfFold,
  });
  requireFloor(floor, { where: 'the test part', scores: bundle.metrics.test }, { leaderboard, selection });
  const leakage = leakageWarnings(options, plan, split);
  const warnings = [
    ...fitWarnings,
    ...trainingWarnings(bundle, leaderboard, plan),
    ...(oneWay ? [foldRepeats < settings.foldRepeats ? `${ONE_WAY}${NO_REPEATS}` : ONE_WAY] : []),
    ...leakage,
    ...overfitWarnings(bundle, outOfFold, metrics[0]),
  ];
  return { bundle, leaderboard, split, selection, warnings, leakage, ...(nested === undefined ? {} : { nested }) };
}

/** What is tried before anything is learned from scores; nothing where a strategy draws from a space. */
function firstCandidates(
  { grid, estimators }: AutomaticOptions,
  { preset, bySpace }: PresetEffort,
): readonly Candidate[] {
  if (bySpace !== undefined) return [];
  return grid === undefined ? portfolioCandidates(preset, estimators) : expandGrid(grid);
}

/** The journal belongs to the outer search. */
function nestedOptions({ journal: _journal, onProgress, ...options }: AutomaticOptions, fold: Part): AutomaticOptions {
  if (onProgress === undefined) return options;
  return { ...options, onProgress: (progress) => onProgress({ ...progress, stage: 'nested', fold }) };
}

function takePart({ schema, features, target }: LearningData, rows: Int32Array): LearningData {
  return { schema, features: takeRows(features, rows), target: takeValues(target, rows) };
}
