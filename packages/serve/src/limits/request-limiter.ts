import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { serveError } from '../serve-error.js';
import type { Rate } from './rate.js';

/** Counts a request of somebody, writes where they stand into the answer's headers, and refuses what is too much. */
export type RequestLimiter = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/**
 * Limits how often everybody may ask, in windows that begin with somebody's first request: each caller where callers are
 * known, else each address. The 64-bit network of an IPv6 address counts as one, since one machine has all of it.
 *
 * A limiter fails with SERVE_RATE_LIMITED. It remembers the last 5000 that asked.
 */
export async function requestLimiter(app: FastifyInstance, { requests, windowMs }: Rate): Promise<RequestLimiter> {
  const { default: rateLimit, normalizeIP } = await import('@fastify/rate-limit');
  await app.register(rateLimit, { global: false, max: requests, timeWindow: windowMs });
  const count = app.createRateLimit({
    keyGenerator: ({ caller, ip }) => caller?.subject ?? `address ${normalizeIP(ip)}`,
  });
  return async (request, reply) => {
    const counted = await count(request);
    if (counted.isAllowed) return;
    const seconds = counted.ttlInSeconds;
    void reply.headers({
      'ratelimit-limit': requests,
      'ratelimit-remaining': counted.remaining,
      'ratelimit-reset': seconds,
    });
    if (!counted.isExceeded) return;
    throw serveError('SERVE_RATE_LIMITED', { requests, windowSeconds: windowMs / 1000, retrySeconds: seconds });
  };
}
