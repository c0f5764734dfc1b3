import { createHash } from 'node:crypto';
import { fastify, type FastifyInstance } from 'fastify';
import { answerError } from './answer-errors.js';
import { trackError } from '../track-error.js';
import { requestId, RequestLog } from './request-log.js';
import { addSecurityHeaders } from './security-headers.js';
import { type TrackingServerOptions } from './server-options.js';

const BODY_LIMIT_BYTES = 32 * 1024 * 1024;
/** Large files take their time; a connection on which nothing moves for this long is given up. */
const IDLE_TIMEOUT_MS = 300_000;
/** Keys of tags stand in addresses, percent-encoded. */
const LONGEST_PARAMETER = 4000;

/** A server without routes: limits, log, request ids and security headers. Bodies are texts. */
export async function bareServer(options: TrackingServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: {
      level: options.logLevel ?? 'info',
      base: { name: 'scorecast-track' },
      ...(options.logStream === undefined ? {} : { stream: options.logStream }),
    },
    logController: new RequestLog(),
    genReqId: requestId,
    bodyLimit: options.bodyLimitBytes ?? BODY_LIMIT_BYTES,
    requestTimeout: 0,
    connectionTimeout: IDLE_TIMEOUT_MS,
    // No route has a JSON schema, and the compilers for them are most of what Fastify would load.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    // What arrives while the server closes is still answered; startTrackingServer sees to the connections.
    return503OnClosing: false,
    frameworkErrors: (thrown, request, reply) => {
      answerError(thrown, request, reply);
    },
  });
  app.decorateRequest('identity');
  addSecurityHeaders(app);
  if (options.requestsPerMinute !== undefined) await limitRequests(app, options.requestsPerMinute);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
  return app;
}

function noSchemas(): never {
  throw new Error('routes of this server have no schemas');
}

/** Answers 429 to a client that sends too much, and says when to go on. */
async function limitRequests(app: FastifyInstance, max: number): Promise<void> {
  const { default: rateLimit } = await import('@fastify/rate-limit');
  await app.register(rateLimit, {
    max,
    timeWindow: '1 minute',
    // A guess at a key must not cost the key's owner: only the client itself has its whole credential.
    keyGenerator: ({ headers, ip }) =>
      createHash('sha256')
        .update(headers.authorization ?? ip)
        .digest('base64'),
    errorResponseBuilder: (_request, { max: limit, after }) => {
      const message = `More than ${limit} requests in a minute (go on in ${after})`;
      return trackError('REQUEST_LIMIT_EXCEEDED', { message });
    },
  });
}
