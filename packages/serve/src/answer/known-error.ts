import { ScorecastError } from '@scorecast/core';
import { serveError } from '../serve-error.js';

/** What is known about the request when an error is worded. */
export interface FailedRequest {
  readonly contentType: string | undefined;
  /** The media type that the route reads. */
  readonly expectedType: string;
  readonly bodyLimitBytes: number;
}

/** Turns whatever was thrown into an error of ours, so that no foreign message reaches a client. */
export function knownError(thrown: unknown, request: FailedRequest): ScorecastError {
  // An error of ours that means a mistake of ours (5xx) may name inner things: clients get the plain one.
  if (thrown instanceof ScorecastError) return isForClients(thrown) ? thrown : internal(thrown);
  switch (codeOf(thrown)) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return serveError('SERVE_MEDIA_TYPE', { found: request.contentType, expected: request.expectedType });
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return serveError('SERVE_BODY_TOO_LARGE', { limitBytes: request.bodyLimitBytes });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return serveError('SERVE_BAD_REQUEST', { reason: 'its body is not as long as its Content-Length says' });
    case 'FST_ERR_BAD_URL':
      return serveError('SERVE_BAD_REQUEST', { reason: 'its address is not a valid URL' });
    default:
      return isClientFault(thrown)
        ? serveError('SERVE_BAD_REQUEST', { reason: 'it did not arrive as HTTP requires' }, { cause: thrown })
        : internal(thrown);
  }
}

/** 503 is no mistake: it says that this server is not to be asked just now. */
function isForClients({ status }: ScorecastError): boolean {
  return status < 500 || status === 503;
}

/** Fastify marks a body that broke off half-way with a 4xx status. */
function isClientFault(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null || !('statusCode' in thrown)) return false;
  return typeof thrown.statusCode === 'number' && thrown.statusCode >= 400 && thrown.statusCode < 500;
}

function internal(cause: unknown): ScorecastError {
  return serveError('SERVE_INTERNAL', {}, { cause });
}

function codeOf(thrown: unknown): unknown {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
}
