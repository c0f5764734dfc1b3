import { randomUUID } from 'node:crypto';
import { type IncomingMessage } from 'node:http';
import { LogController, type FastifyReply, type FastifyRequest } from 'fastify';

const REQUEST_ID = /^[\w.-]{1,64}$/u;
const LONGEST_PATH = 200;

/** A caller's own id (`x-request-id`) when it is harmless, else a new one. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** The path that was asked for, without the query, which may hold what is nobody's business. */
export function requestPath(request: FastifyRequest): string {
  return request.url.split('?', 1)[0].slice(0, LONGEST_PATH);
}

/** One line per request, when its outcome is known: no values, no keys, no addresses of people. */
export class RequestLog extends LogController {
  override incomingRequest(): void {
    // Written when the outcome is known.
  }

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const line = {
      method: request.method,
      path: requestPath(request),
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 1000) / 1000,
    };
    if (error instanceof Error) request.log.warn(line, 'answer broke off');
    else request.log.info(line, 'request answered');
  }
}
