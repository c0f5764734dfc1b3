import type { SchemaInput } from '@scorecast/core';
import type { GridEntry, PreprocessingOptions, Preset } from '@scorecast/train';
import type { Floor, ScoringName, SpaceEntry, StrategyOptions } from '@scorecast/train';

/** What `scorecast.config.ts` says. Everything but the schema has a default; options on the command line win. */
export interface Config {
  /** What the columns mean; see the schema reference. */
  readonly schema: SchemaInput;
  /** The file to train on, seen from the configuration's folder. */
  readonly data?: string;
  /** The folder for what training writes. Default `scorecast-out`. */
  readonly out?: string;
  /** Seeds the split, the folds and every estimator; an integer from 0 to 2^32 - 1. Default 42. */
  readonly seed?: number;
  /** The share of rows that is kept for the one final test, between 0 and 1. Default .2. */
  readonly testSize?: number;
  /** In how many folds the training part is cut; at least 2. Default 5. */
  readonly folds?: number;
  /** How many times it is cut, each time in another way; every candidate is scored in all of these folds. Default 1. */
  readonly foldRepeats?: number;
  /** An identifier column, such as a pupil or a school, whose rows stay together: in one part and in one fold. */
  readonly group?: string;
  /** Whether every fold gets its share of low, middle and high targets. Default false. */
  readonly stratify?: boolean;
  /** Below this R2, cross-validated or on the test part, the training fails; null lets everything pass. Default .6. */
  readonly minR2?: number | null;
  /** The same with any metric, instead of `minR2`: `{ metric: 'mae', limit: 5 }` fails above 5. */
  readonly floor?: Floor;
  /** The probability with which an interval holds the true value, between 0 and 1. Default .9. */
  readonly intervalLevel?: number;
  /** Threads that fit; changes no result. Default: all cores. */
  readonly workers?: number;
  /** What candidates are searched, compared and chosen by; of a list the first, and all are reported. Default `r2`. */
  readonly metric?: ScoringName | readonly ScoringName[];
  /** Searches a space instead of trying all of a grid; see the guide to search spaces. Default when there is a space: TPE. */
  readonly search?: StrategyOptions;
  /** What `search` draws from. Default: the grid's lists, or a space over most estimators. */
  readonly space?: readonly SpaceEntry[];
  /** What is done with rows that do not meet the schema. Default `fail`. */
  readonly onInvalid?: 'fail' | 'drop';
  /** What stands between the cells of a CSV file. Default: found in its header. */
  readonly separator?: string;
  /** Numbers are written `3,5`. Default false. */
  readonly decimalComma?: boolean;
  /** Unquoted texts that mean "missing", besides the empty cell. */
  readonly missing?: readonly string[];
  /** How columns become numbers. */
  readonly preprocessing?: PreprocessingOptions;
  /** The estimators and params to try. Default: the automatic mode. */
  readonly grid?: readonly GridEntry[];
  /** How much the automatic mode tries: `quick` (the default), `standard` or `thorough`. */
  readonly preset?: Preset;
  /** The estimators that the automatic mode keeps to. Default: all. */
  readonly estimators?: readonly string[];
  /**
   * Seconds after which nothing new is tried; with `nested`, all searches share them. With it the result depends on the
   * machine. Default: no limit.
   */
  readonly time?: number;
  /** How many further times the finalists are cross-validated. Default 3. */
  readonly repeats?: number;
  /** Whether the whole procedure is cross-validated too. Default false. */
  readonly nested?: boolean;
  /**
   * Where trainings are recorded: a tracking server (`http://host:5000`, `databricks`), a database (a file, `postgresql://...`) or
   * `none`. Default: MLFLOW_TRACKING_URI, else `tracking.db` in the output folder.
   */
  readonly trackingUri?: string;
  /** Where a database's files are kept: a folder or `s3://bucket/prefix`. Default: `artifacts` in the output folder. */
  readonly artifactRoot?: string;
  /** The experiment that runs belong to. Default: the schema's name. */
  readonly experiment?: string;
}

/**
 * Gives a configuration its type, so that the editor completes and checks it.
 *
 * @example
 * defineConfig({
 *   schema: {
 *     name: 'tiny',
 *     features: [{ kind: 'numeric', name: 'hours', min: 0 }],
 *     target: { name: 'score', min: 0, max: 100 },
 *   },
 *   seed: 7,
 * }).seed; // => 7
 */
export function defineConfig(config: Config): Config {
  return config;
}
