import { type FastifyRequest } from 'fastify';
import { trackError } from '../../track-error.js';
import { objectSource, querySource, type FieldSource } from './fields.js';

/**
 * The fields of a request: those of its query for GET, those of its JSON for all others.
 *
 * A body that is no JSON object counts as an empty one, so that the answer names the parameter that is missing. Old
 * clients send JSON inside a JSON text.
 *
 * @throws INVALID_PARAMETER_VALUE for POST and PUT with another content type.
 */
export function requestFields(request: FastifyRequest): FieldSource {
  if (request.method === 'GET' || request.method === 'HEAD') return querySource(requestQuery(request));
  checkContentType(request);
  const value = parsed(parsed(request.body));
  return objectSource(typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}, '');
}

/** The query of a request. */
export function requestQuery(request: FastifyRequest): URLSearchParams {
  const mark = request.url.indexOf('?');
  return new URLSearchParams(mark === -1 ? '' : request.url.slice(mark + 1));
}

function checkContentType(request: FastifyRequest): void {
  if (request.method !== 'POST' && request.method !== 'PUT') return;
  const header = request.headers['content-type'];
  if (header === undefined) throw badContentType('Content-Type header is missing.');
  if (header.split(';', 1)[0].trim().toLowerCase() !== 'application/json') {
    throw badContentType("Content-Type must be one of ['application/json'].");
  }
}

function badContentType(reason: string): Error {
  return trackError('INVALID_PARAMETER_VALUE', { message: `Bad Request. ${reason}` });
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    const found: unknown = JSON.parse(value);
    return found;
  } catch {
    return undefined;
  }
}
