import type { Problem, Schema, ScorecastError } from '@scorecast/core';
import type { RequestRecords } from '../input/request-records.js';
import { serveError } from '../serve-error.js';
import { fieldErrors } from './field-errors.js';

/** How many errors an answer lists; the rest is counted. */
const LISTED_ERRORS = 1000;

/** The refusal of records, with the place of each wrong value. */
export function invalidInput(
  problems: readonly Problem[],
  input: RequestRecords,
  schema: Schema,
  options?: ErrorOptions,
): ScorecastError {
  const errors = fieldErrors(problems.slice(0, LISTED_ERRORS), input, schema);
  return serveError('SERVE_INPUT_INVALID', { errors, errorCount: problems.length }, options);
}
