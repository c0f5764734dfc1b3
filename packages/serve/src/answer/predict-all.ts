import type { Prediction } from '@scorecast/core';
import type { RequestRecords } from '../input/request-records.js';
import type { ServeContext } from '../serve-context.js';
import { serveError } from '../serve-error.js';
import { inputProblems } from './input-problems.js';
import { invalidInput } from './invalid-input.js';

/**
 * Predicts all records of a request, or refuses them all.
 *
 * @throws SERVE_TOO_MANY_RECORDS, SERVE_INPUT_INVALID
 */
export function predictAll(input: RequestRecords, { predictor, options }: ServeContext): readonly Prediction[] {
  const { length } = input.records;
  if (length > options.maxRecords) {
    throw serveError('SERVE_TOO_MANY_RECORDS', { found: length, limit: options.maxRecords });
  }
  try {
    return predictor.predictRecords(input.records, input.source);
  } catch (cause) {
    const problems = inputProblems(cause);
    if (problems === undefined) throw cause;
    throw invalidInput(problems, input, predictor.bundle.schema, { cause });
  }
}
