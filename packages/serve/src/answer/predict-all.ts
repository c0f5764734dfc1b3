import type { Prediction, Table } from '@scorecast/core';
import type { RequestRecords } from '../input/request-records.js';
import type { ServedModel } from '../served-model.js';
import { serveError } from '../serve-error.js';
import type { CompleteOptions } from '../server-options.js';
import { finitePredictions } from './finite-predictions.js';
import { inputProblems } from './input-problems.js';
import { invalidInput } from './invalid-input.js';

/** The predictions for a request's records, and the features that they are made from. */
export interface Predicted {
  readonly features: Table;
  readonly predictions: readonly Prediction[];
}

/**
 * Predicts all records of a request, or refuses them all.
 *
 * @throws SERVE_TOO_MANY_RECORDS, SERVE_INPUT_INVALID, SERVE_OVERFLOW
 */
export function predictAll(
  input: RequestRecords,
  { bundle, predictor, parse, counts }: ServedModel,
  { maxRecords }: CompleteOptions,
): Predicted {
  const { length } = input.records;
  if (length > maxRecords) {
    throw serveError('SERVE_TOO_MANY_RECORDS', { found: length, limit: maxRecords });
  }
  try {
    const features = parse(input.records, input.source);
    const predictions = finitePredictions(features, predictor);
    counts.predicted(features, predictions);
    return { features, predictions };
  } catch (cause) {
    const problems = inputProblems(cause);
    if (problems === undefined) throw cause;
    counts.refused(problems);
    throw invalidInput(problems, input, bundle.schema, { cause });
  }
}
