import type { Pipeline } from '../model/model.js';
import type { MetricName } from '../metrics/metrics.js';
import type { RegressionMetrics } from '../metrics/regression-metrics.js';
import type { Schema } from '../schema/schema.js';
import type { CellValue } from '../schema/format-record.js';

/** The bundle format that this release writes. It reads this one and every earlier one. */
export const BUNDLE_FORMAT_VERSION = 1;

/** A trained pipeline with everything that is needed to use it, check it and say where it comes from. */
export interface Bundle {
  readonly name: string;
  /** Tells this model from others of its name: the first 12 hexadecimal digits of the content's SHA-256. */
  readonly version: string;
  readonly schema: Schema;
  readonly pipeline: Pipeline;
  readonly interval: PredictionInterval;
  readonly metrics: BundleMetrics;
  /** What the model rests on; bundles of other makers may not say. */
  readonly importance?: Importance;
  readonly reference: readonly ColumnProfile[];
  readonly provenance: Provenance;
  /** A few rows of the test part with their predictions, which every loader predicts again. */
  readonly replay: Replay;
}

/** How wide an interval must be to hold the true value with the probability `level`. */
export interface PredictionInterval {
  /** The nominal coverage, between 0 and 1; .9 by default. */
  readonly level: number;
  /** Half the width, in the target's unit; Infinity when there were too few residuals for the level. */
  readonly radius: number;
  /** How many out-of-fold residuals the radius is a quantile of. */
  readonly residualCount: number;
  /** The share of test rows whose true value the interval held. */
  readonly testCoverage: number;
}

/** How good a model is on some rows: the usual three, and what else it was chosen by. */
export type PartScores = RegressionMetrics & Readonly<Partial<Record<MetricName, number>>>;

/** What was measured where. `cv` is the mean over the folds of the training part, `cvSd` their standard deviation. */
export interface BundleMetrics {
  readonly train: PartScores;
  readonly cv: PartScores;
  readonly cvSd: PartScores;
  readonly test: PartScores;
  readonly trainRows: number;
  readonly testRows: number;
}

/** What a model's predictions rest on. */
export interface Importance {
  readonly permutation: PermutationImportance;
  /** What the model itself says of its columns, as they are after the transformers; only linear models and trees do. */
  readonly columns?: ColumnImportance;
}

/** How much worse the predictions for test rows become when one feature's values are dealt out to other rows. */
export interface PermutationImportance {
  readonly metric: keyof RegressionMetrics;
  /** The metric on the rows as they are. */
  readonly baseline: number;
  /** How many rows it was measured on. */
  readonly rows: number;
  /** How often each feature was shuffled. */
  readonly repeats: number;
  /** The most important feature first: mean and standard deviation (ddof 0) of what is lost, over the repeats. */
  readonly features: readonly { readonly name: string; readonly mean: number; readonly sd: number }[];
}

/**
 * What each column does in the model, the most important first. `impurity`: its share of the squared error that the
 * trees took away. `coefficients`: how much one standard deviation more of it adds to the prediction.
 */
export interface ColumnImportance {
  readonly kind: 'impurity' | 'coefficients';
  readonly values: readonly { readonly name: string; readonly value: number }[];
}

/** What a training column looked like; kept as the reference for later comparison. */
export type ColumnProfile =
  | {
      readonly kind: 'numeric';
      readonly name: string;
      readonly missing: number;
      readonly mean: number;
      readonly sd: number;
      /** Minimum, quartiles and maximum. */
      readonly quantiles: readonly [number, number, number, number, number];
    }
  | {
      readonly kind: 'categorical';
      readonly name: string;
      readonly missing: number;
      readonly counts: readonly { readonly level: string; readonly count: number }[];
    };

/** Where a model comes from: enough to train it again. */
export interface Provenance {
  readonly scorecast: string;
  readonly estimator: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly preprocessing: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly testSize: number;
  readonly folds: number;
  readonly dataSha256: string;
  readonly dataRows: number;
  /** Why this candidate was chosen, in one sentence. */
  readonly selection: string;
  /** How candidates were split, found and compared: metrics, groups, preset, time budget, expected score. */
  readonly search?: Readonly<Record<string, unknown>>;
}

/** Rows and the predictions that were recorded for them, not clipped. */
export interface Replay {
  readonly rows: readonly Readonly<Record<string, CellValue>>[];
  readonly predictions: readonly number[];
}
