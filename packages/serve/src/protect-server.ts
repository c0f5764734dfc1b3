import type { FastifyInstance } from 'fastify';
import { guardAccess } from './access/guard-access.js';
import { liveKeys } from './access/live-keys.js';
import { requireHttps } from './access/require-https.js';
import { tokenReader, type TokenReader } from './access/token-reader.js';
import { requestLimiter } from './limits/request-limiter.js';
import { shedLoad } from './limits/shed-load.js';
import type { ServeContext } from './serve-context.js';
import { serveError } from './serve-error.js';
import type { CompleteOptions } from './server-options.js';

/**
 * Puts what the options ask for in front of all routes: load is shed first, then HTTPS, keys and rates are seen to. What is
 * not asked for is not there.
 *
 * @throws SERVE_OPTION, SERVE_KEYS_UNREADABLE
 */
export async function protectServer(app: FastifyInstance, { options, metrics }: ServeContext): Promise<void> {
  const { maxLoopDelayMs, maxHeapPercent, trustProxy, apiKeys, rateLimit, now } = options;
  refuseHalves(options);
  if (maxLoopDelayMs > 0 || maxHeapPercent > 0) await shedLoad(app, { maxLoopDelayMs, maxHeapPercent }, metrics);
  if (trustProxy !== undefined) requireHttps(app, options.requireHttps);
  const keys = apiKeys === undefined ? undefined : await keysOf(app, apiKeys, now);
  const limiter = rateLimit === undefined ? undefined : await requestLimiter(app, rateLimit);
  guardAccess(app, { keys, tokens: tokensOf(options) }, limiter);
}

/** Settings that mean nothing without another would leave open what somebody thought was closed. */
function refuseHalves({ requireHttps, trustProxy, oidcIssuer, oidcAudience }: CompleteOptions): void {
  if (requireHttps && trustProxy === undefined) {
    const expected = '"trustProxy" beside it: this server speaks HTTP, and a proxy in front says what was used';
    throw serveError('SERVE_OPTION', { option: 'requireHttps', value: true, expected });
  }
  if (oidcAudience === undefined && oidcIssuer !== undefined) {
    const expected = '"oidcAudience" beside it: tokens that are meant for others are no proof';
    throw serveError('SERVE_OPTION', { option: 'oidcIssuer', value: oidcIssuer, expected });
  }
  if (oidcIssuer === undefined && oidcAudience !== undefined) {
    throw serveError('SERVE_OPTION', {
      option: 'oidcAudience',
      value: oidcAudience,
      expected: '"oidcIssuer" beside it',
    });
  }
}

function tokensOf(options: CompleteOptions): TokenReader | undefined {
  const { oidcIssuer: issuer, oidcAudience: audience, oidcScopesClaim: scopesClaim, now } = options;
  if (issuer === undefined || audience === undefined) return undefined;
  return tokenReader({ issuer, audience, scopesClaim, defaultScopes: options.oidcDefaultScopes }, now);
}

async function keysOf(app: FastifyInstance, path: string, now: () => Date) {
  const keys = await liveKeys(path, now, (outcome) => {
    if ('count' in outcome) app.log.info({ keys: outcome.count }, 'API keys read again');
    else app.log.error({ err: outcome.failure }, 'API keys stay as they were');
  });
  app.addHook('onClose', async () => {
    keys.close();
  });
  return keys.read;
}
