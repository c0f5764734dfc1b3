import { ScorecastError } from '@scorecast/core';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { trackError, trackErrors } from '../track-error.js';
import { requestPath } from './request-log.js';

/** Codes of ours that no MLflow client knows, by the one that comes nearest. */
const NEAREST_CODE = new Map([
  ['ARTIFACT_TOO_LARGE', 'INVALID_PARAMETER_VALUE'],
  ['ARTIFACT_RANGE', 'INVALID_PARAMETER_VALUE'],
  ['ARTIFACT_INCOMPLETE', 'BAD_REQUEST'],
  ['REGISTRY_GATE_CLOSED', 'PERMISSION_DENIED'],
]);

/** Answers everything that fails as MLflow does: a status, and `error_code` and `message` as JSON. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((thrown, request, reply) => answerError(thrown, request, reply));
  app.setNotFoundHandler((request, reply) => answerError(nothingAt(request), request, reply));
}

/** The error for an address that nothing answers. */
export function nothingAt(request: FastifyRequest): Error {
  const message = `Nothing answers ${request.method} ${requestPath(request)} here.`;
  return trackError('ENDPOINT_NOT_FOUND', { message });
}

/** Answers one error. */
export function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, errorCode, ownCode, message } = refusal(thrown, request);
  // Messages of refusals repeat values of the request, which the log must not hold.
  if (status < 500 || status === 501) request.log.info({ code: errorCode }, 'request refused');
  else request.log.error({ err: thrown, code: errorCode }, 'request failed');
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json')
    .send(JSON.stringify({ error_code: errorCode, message, scorecast_code: ownCode }));
}

interface Refusal {
  readonly status: number;
  readonly errorCode: string;
  /** Our own code, where MLflow has none for it. */
  readonly ownCode?: string;
  readonly message: string;
}

/** Whatever was thrown in words of ours, so that no foreign message reaches a client. */
function refusal(thrown: unknown, request: FastifyRequest): Refusal {
  if (thrown instanceof ScorecastError && thrown.code in trackErrors && !thrown.code.startsWith('TRACK_')) {
    const { status, code, message } = thrown;
    return { status, errorCode: errorCode(code), message, ...(NEAREST_CODE.has(code) ? { ownCode: code } : {}) };
  }
  const status = field(thrown, 'statusCode');
  if (status === 413) {
    const message = `The body is larger than ${request.routeOptions.bodyLimit} bytes; send several requests.`;
    return { status, errorCode: 'BAD_REQUEST', message };
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, errorCode: 'BAD_REQUEST', message: 'The request did not arrive as HTTP requires.' };
  }
  const message = `Something failed inside the server; it was logged under the id ${request.id}.`;
  return { status: 500, errorCode: 'INTERNAL_ERROR', message };
}

function errorCode(code: string): string {
  return NEAREST_CODE.get(code) ?? (code.startsWith('ARTIFACT_') ? 'INTERNAL_ERROR' : code);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
