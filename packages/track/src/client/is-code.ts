import { ScorecastError } from '@scorecast/core';

/** Whether something that was thrown is an error of this code. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof ScorecastError && error.code === code;
}
