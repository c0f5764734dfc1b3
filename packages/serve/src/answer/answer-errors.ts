import type { ScorecastError } from '@scorecast/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServeContext } from '../serve-context.js';
import { errorPage } from '../pages/error-page.js';
import { serveError } from '../serve-error.js';
import { knownError } from './known-error.js';
import { problemDetails, PROBLEM_TYPE } from './problem-details.js';
import { requestPath } from '../logging/request-log.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route answers people: its errors are pages too. Other routes answer programs, with problem+json. */
    readonly page?: boolean;
    /** The media types that the route reads, where it is not JSON alone. */
    readonly reads?: string;
  }
}

/** Answers everything that fails: routes' errors, unknown addresses (404) and known ones asked the wrong way (405). */
export function answerErrors(app: FastifyInstance, context: ServeContext): void {
  const methods = new Map<string, string[]>();
  app.addHook('onRoute', (route) => {
    methods.set(route.url, [...(methods.get(route.url) ?? []), ...[route.method].flat()]);
  });

  app.setErrorHandler((thrown, request, reply) => {
    const page = request.routeOptions.config.page === true;
    const { reads = page ? 'application/x-www-form-urlencoded' : 'application/json' } = request.routeOptions.config;
    const error = knownError(thrown, {
      contentType: request.headers['content-type'],
      expectedType: reads,
      bodyLimitBytes: request.routeOptions.bodyLimit,
    });
    return answer(error, page, request, reply, context);
  });

  app.setNotFoundHandler((request, reply) => {
    const path = requestPath(request);
    const allowed = methods.get(path);
    void reply.header('vary', 'accept');
    if (allowed !== undefined) void reply.header('allow', allowed.join(', '));
    const error =
      allowed === undefined
        ? serveError('SERVE_NOT_FOUND', { path })
        : serveError('SERVE_METHOD_NOT_ALLOWED', { method: request.method, path, allowed });
    return answer(error, wantsPage(request), request, reply, context);
  });
}

/** A browser says that it reads HTML; programs say JSON or nothing. */
function wantsPage(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('text/html') === true;
}

function answer(
  error: ScorecastError,
  page: boolean,
  request: FastifyRequest,
  reply: FastifyReply,
  context: ServeContext,
): FastifyReply {
  // Messages of refusals repeat input values, which the log must not hold: only the code goes there.
  if (error.status >= 500 && error.status !== 503) {
    request.log.error({ err: error.cause, code: error.code }, 'request failed');
  } else if (error.status === 503 && error.cause !== undefined) {
    request.log.warn({ err: error.cause, code: error.code }, 'request refused');
  } else request.log.info({ code: error.code }, 'request refused');
  void reply.code(error.status).header('cache-control', 'no-store');
  const { retrySeconds } = error.details;
  if (typeof retrySeconds === 'number') void reply.header('retry-after', retrySeconds);
  return page
    ? reply
        .type('text/html; charset=utf-8')
        .send(errorPage(error, request.id, { model: request.model, assets: context.assets }))
    : reply.type(PROBLEM_TYPE).send(problemDetails(error, request.id));
}
