import type { Prediction, Predictor, Table } from '@scorecast/core';
import { serveError } from '../serve-error.js';

/**
 * Predicts all rows; an answer without a number is no answer.
 *
 * @throws SERVE_OVERFLOW for numbers that are valid and so large that the model's own do not suffice; SERVE_NO_NUMBER when
 * the model gives none, since it leaves a gap unfilled.
 */
export function finitePredictions(features: Table, predictor: Predictor): readonly Prediction[] {
  const predictions = predictor.predictTable(features);
  const at = predictions.findIndex(({ value }) => !Number.isFinite(value));
  if (at < 0) return predictions;
  const isOverflow = !Number.isNaN(predictions[at].value) || isHuge(features, at);
  throw serveError(isOverflow ? 'SERVE_OVERFLOW' : 'SERVE_NO_NUMBER', { record: at + 1 });
}

/** Two such numbers may take each other's place: infinity less infinity is no number, as is what is made from a gap. */
function isHuge({ columns }: Table, row: number): boolean {
  return columns.some((column) => column.kind === 'numeric' && Math.abs(column.values[row]) > 1e100);
}
