import { ScorecastError, type Problem } from '@scorecast/core';

/** What is wrong with the records, when that is what the error says; undefined for any other error. */
export function inputProblems(error: unknown): readonly Problem[] | undefined {
  if (!(error instanceof ScorecastError)) return undefined;
  const { problems, column, level } = error.details;
  if (error.code === 'RECORD_INVALID' && Array.isArray(problems)) return problems.filter(isProblem);
  // The schema lists the level, but the model never saw it and its policy is to refuse such rows.
  if (error.code === 'TRANSFORM_UNSEEN_LEVEL' && typeof column === 'string' && typeof level === 'string') {
    return [{ code: 'unknown-level', column, value: level, expected: 'a level that occurred in training' }];
  }
  return undefined;
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'column' in value && 'expected' in value;
}
