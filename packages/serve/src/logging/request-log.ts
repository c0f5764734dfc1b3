import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { LogController, type FastifyReply, type FastifyRequest } from 'fastify';
import { KEY_PREFIX } from '../access/serve-keys.js';
import { logLayouts, type LogFormat } from './log-format.js';

/** W3C Trace Context: version, trace, span, flags. */
const TRACE_PARENT = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/;

const REQUEST_ID = /^[\w.-]{1,64}$/;

/** The path that was asked for, without the query, which may hold input values, and without a key that got lost in it. */
export function requestPath(request: FastifyRequest): string {
  const path = request.url.split('?', 1)[0].slice(0, 200);
  return path.includes(KEY_PREFIX) ? path.slice(0, path.indexOf(KEY_PREFIX) + KEY_PREFIX.length) : path;
}

/** A caller's own id (`x-request-id`) when it is harmless, so that one request has one id in all logs; else a new one. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) && !given.includes(KEY_PREFIX) ? given : randomUUID();
}

/** One line per request: what was asked, what came of it, how long it took. No values, no addresses of people. */
export class RequestLog extends LogController {
  readonly #request;

  constructor(format: LogFormat) {
    super({ requestIdLogLabel: logLayouts[format].idKey });
    this.#request = logLayouts[format].request;
  }

  override incomingRequest(): void {
    // The line is written when the outcome is known.
  }

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const line = this.#request({
      method: request.method,
      path: requestPath(request),
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 1000) / 1000,
      traceId: traceOf(request),
    });
    if (error instanceof Error) request.log.warn(line, 'answer broke off');
    else request.log.info(line, 'request answered');
  }
}

function traceOf({ headers }: FastifyRequest): string | undefined {
  const { traceparent } = headers;
  return typeof traceparent === 'string' ? TRACE_PARENT.exec(traceparent)?.[1] : undefined;
}
