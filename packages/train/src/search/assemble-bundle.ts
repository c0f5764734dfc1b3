import {
  numericColumn,
  predictPipeline,
  rowRecord,
  takeRows,
  type Bundle,
  type PartScores,
  type Pipeline,
  type PredictionInterval,
  type Replay,
} from '@scorecast/core';
import { measureImportance } from '../importance/measure-importance.js';
import { version } from '../version.js';
import { completeParams } from './complete-candidate.js';
import { conformalRadius } from './conformal-radius.js';
import type { LearningData } from './prepare-fold.js';
import { preprocessingOf } from './preprocessing-of.js';
import { profileColumn } from './profile-column.js';
import { scorePredictions } from './score-predictions.js';
import { pickMetrics, type Scores } from './scoring.js';
import type { Selection } from './select-winner.js';
import type { TrainingOptions } from './training-options.js';
import type { TrainingSettings } from './training-settings.js';

/** How many test rows a bundle records for its loaders to predict again. */
const REPLAY_ROWS = 20;

/** What a bundle is made of. */
interface Trained {
  readonly options: TrainingOptions;
  readonly settings: TrainingSettings;
  readonly selection: Selection;
  /** How the winner was found, besides what the settings say. */
  readonly search?: Readonly<Record<string, unknown>>;
  readonly pipeline: Pipeline;
  readonly train: LearningData;
  readonly test: LearningData;
  /** How many times the training part was cut into folds. */
  readonly foldRepeats: number;
  /** The winner's predictions for the training rows by the folds' models, repeat after repeat. */
  readonly outOfFold: Float64Array;
}

/** Scores the winner on both parts and puts the bundle together. Predictions are scored as they are, not clipped. */
export function assembleBundle(trained: Trained): Omit<Bundle, 'version'> {
  const { options, settings, selection, pipeline, train, test, foldRepeats, outOfFold } = trained;
  const { schema } = options;
  const asked = [...settings.metrics, settings.floor.metric];
  const reported = (scores: Scores): PartScores => {
    const { r2, mae, rmse } = scores;
    return { r2, mae, rmse, ...pickMetrics(scores, asked) };
  };
  const predictions = predictPipeline(pipeline, test.features);
  const target = numericColumn(schema.target.name, train.target);
  return {
    name: schema.name,
    schema,
    pipeline,
    interval: measureInterval(
      settings.intervalLevel,
      { calibration: residuals(train.target, outOfFold), repeats: foldRepeats },
      residuals(test.target, predictions),
    ),
    metrics: {
      train: reported(scorePredictions(train.target, predictPipeline(pipeline, train.features))),
      cv: reported(selection.winner.mean),
      cvSd: reported(selection.winner.sd),
      test: reported(scorePredictions(test.target, predictions)),
      trainRows: train.target.length,
      testRows: test.target.length,
    },
    importance: measureImportance(pipeline, train.features, test, settings.seed),
    reference: [...train.features.columns, target].map(profileColumn),
    provenance: provenanceOf(trained),
    replay: recordReplay(test, predictions),
  };
}

function measureInterval(
  level: number,
  { calibration, repeats }: { readonly calibration: Float64Array; readonly repeats: number },
  test: Float64Array,
): PredictionInterval {
  const radius = conformalRadius(calibration, level, repeats);
  const held = test.filter((residual) => Math.abs(residual) <= radius);
  return { level, radius, residualCount: calibration.length, testCoverage: held.length / test.length };
}

/** True value minus prediction; predictions may come repeat after repeat. */
function residuals(target: Float64Array, predictions: Float64Array): Float64Array {
  return predictions.map((value, i) => target[i % target.length] - value);
}

function provenanceOf({ options, settings, selection, search, foldRepeats }: Trained): Bundle['provenance'] {
  const { groups, groupColumn = 'unnamed', stratify = false } = options;
  const split = {
    group: groups === undefined ? null : groupColumn,
    stratify,
    ...(foldRepeats === 1 ? {} : { foldRepeats }),
  };
  return {
    scorecast: version,
    estimator: selection.winner.estimator,
    params: completeParams(selection.winner),
    preprocessing: { ...preprocessingOf(settings.preprocessing, selection.winner) },
    seed: settings.seed,
    testSize: settings.testSize,
    folds: settings.folds,
    dataSha256: options.dataSha256,
    dataRows: options.dataRows,
    selection: selection.reason,
    search: { metrics: settings.metrics, ...split, ...search },
  };
}

function recordReplay(test: LearningData, predictions: Float64Array): Replay {
  const rows = Array.from({ length: Math.min(REPLAY_ROWS, predictions.length) }, (_, row) => row);
  const recorded = takeRows(test.features, rows);
  return {
    rows: rows.map((row) => rowRecord(recorded, row)),
    predictions: Array.from(predictions.slice(0, rows.length)),
  };
}
