import { predictPipeline } from '../model/model.js';
import { recordParser } from '../schema/parse-records.js';
import type { CellSource } from '../schema/cell-parser.js';
import type { Target } from '../schema/schema.js';
import type { Table } from '../table/table.js';
import type { Bundle } from './bundle.js';

/** A prediction and the interval that holds the true value with the bundle's probability, clipped to the target's range. */
export interface Prediction {
  readonly value: number;
  /** -Infinity when the target has no minimum and the interval is unbounded. */
  readonly lower: number;
  readonly upper: number;
}

/** Predicts with one bundle; made once, used for every request. */
export interface Predictor {
  readonly bundle: Bundle;
  /**
   * Predicts from records by field name or alias.
   * @throws RECORD_INVALID with all problems of all records.
   */
  predictRecords(records: readonly unknown[], source: CellSource): readonly Prediction[];
  /** Predicts from a table of the schema's features. */
  predictTable(features: Table): readonly Prediction[];
}

/**
 * Prepares a loaded bundle for predictions.
 *
 * @example
 * predictor(tinyBundle).predictRecords([{ hours: 5 }], 'typed')[0].value; // => 50
 */
export function predictor(bundle: Bundle): Predictor {
  const parse = recordParser(bundle.schema);
  const predictTable = (features: Table) =>
    Array.from(predictPipeline(bundle.pipeline, features), (raw) =>
      within(raw, bundle.interval.radius, bundle.schema.target),
    );
  return { bundle, predictTable, predictRecords: (records, source) => predictTable(parse(records, source)) };
}

function within(raw: number, radius: number, target: Target): Prediction {
  return { value: clip(raw, target), lower: clip(raw - radius, target), upper: clip(raw + radius, target) };
}

/** The nearest number in the target's range. */
export function clip(value: number, range: { readonly min?: number; readonly max?: number }): number {
  return Math.min(Math.max(value, range.min ?? -Infinity), range.max ?? Infinity);
}
