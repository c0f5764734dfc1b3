import { STATUS_CODES } from 'node:http';
import type { ScorecastError } from '@scorecast/core';

/** The media type of RFC 9457. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** An error as clients get it, after RFC 9457; `code` is stable, `errors` lists every wrong value. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Names this very request, also in the log. Absent when the request could not even be read. */
  readonly instance?: string;
  readonly code: string;
  readonly errors?: unknown;
  /** How many errors there are, where only the first are listed. */
  readonly errorCount?: unknown;
}

/** Words an error for clients. */
export function problemDetails(error: ScorecastError, requestId?: string): ProblemDetails {
  const { errors, errorCount } = error.details;
  return {
    type: `urn:scorecast:error:${error.code}`,
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    detail: error.message,
    ...(requestId === undefined ? {} : { instance: `urn:scorecast:request:${requestId}` }),
    code: error.code,
    ...(errors === undefined ? {} : { errors, errorCount }),
  };
}
