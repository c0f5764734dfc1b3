import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { answerBrokenRequest } from './answer/answer-broken-request.js';
import { knownError } from './answer/known-error.js';
import { problemDetails, PROBLEM_TYPE } from './answer/problem-details.js';
import { pinoOptions } from './logging/log-format.js';
import { requestId, RequestLog } from './logging/request-log.js';
import { PAGE_HEADERS, PROGRAM_HEADERS } from './security-headers.js';
import type { CompleteOptions } from './server-options.js';

/** A server without routes: limits, log, request ids and security headers. */
export function bareServer(options: CompleteOptions): FastifyInstance {
  const app = fastify({
    logger: {
      ...pinoOptions(options.logFormat, options.logLevel),
      ...(options.logStream === undefined ? {} : { stream: options.logStream }),
    },
    logController: new RequestLog(options.logFormat),
    genReqId: requestId,
    bodyLimit: options.bodyLimitBytes,
    requestTimeout: options.requestTimeoutMs,
    http: slowClients(options),
    ...(options.trustProxy === undefined ? {} : { trustProxy: [...options.trustProxy] }),
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    // What arrives while the server closes is still answered; startServer sees to the connections.
    return503OnClosing: false,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: answerUnroutable,
  });
  app.addHook('onRequest', (request, reply, done) => {
    const isPage = request.is404 || request.routeOptions.config.page === true;
    void reply.headers(isPage ? PAGE_HEADERS : PROGRAM_HEADERS).header('x-request-id', request.id);
    done();
  });
  // A body that no route reads must not hide a 404 or 405 behind a 415; routes that read one add their own types.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => {
    done(null);
  });
  return app;
}

/**
 * Routes here check their input by the bundle's schema. Without compilers of their own, fastify would load some hundred
 * modules at the start for schemas that no route has.
 */
function noSchemas(): never {
  throw new TypeError('no route has a schema');
}

/** Node looks every 30 s by default for requests that take too long, which would let them take twice as long. */
function slowClients({ headersTimeoutMs, requestTimeoutMs }: CompleteOptions) {
  const headersTimeout = Math.min(headersTimeoutMs, requestTimeoutMs);
  return { headersTimeout, connectionsCheckingInterval: Math.min(1000, Math.ceil(headersTimeout / 4)) };
}

/** An address that is no valid URL never reaches a route or the error handler. */
function answerUnroutable(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = knownError(thrown, { contentType: undefined, expectedType: '', bodyLimitBytes: 0 });
  void reply.code(error.status).type(PROBLEM_TYPE).send(problemDetails(error, request.id));
}
