import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestLimiter } from '../limits/request-limiter.js';
import { serveError } from '../serve-error.js';
import { credentialOf, isForeign } from './credential.js';
import { mayUse, type Caller, type Scope } from './scope.js';
import { KEY_PREFIX, type KeyReader } from './serve-keys.js';
import type { TokenReader } from './token-reader.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a caller needs here: `predict` where nothing is said; `open` is for probes, which bring no key. */
    readonly access?: Scope | 'open';
  }
  interface FastifyRequest {
    /** Who asks, where the server knows its callers. */
    caller?: Caller | undefined;
  }
}

/** How callers are known; a server without both asks nobody. */
export interface AccessReaders {
  readonly keys?: KeyReader | undefined;
  readonly tokens?: TokenReader | undefined;
}

/**
 * Asks every request who it comes from, and counts it. What is refused counts too, against its address, so that guessing
 * is limited like everything else.
 */
export function guardAccess(app: FastifyInstance, readers: AccessReaders, limiter: RequestLimiter | undefined): void {
  const asks = readers.keys !== undefined || readers.tokens !== undefined;
  if (!asks && limiter === undefined) return;
  app.decorateRequest('caller', undefined);
  app.addHook('onRequest', async (request, reply) => {
    const { access: needed = 'predict', page } = request.routeOptions.config;
    if (needed === 'open') return;
    const credential = asks ? credentialOf(request.headers) : undefined;
    if (credential !== undefined) request.caller = await callerOf(credential, readers);
    await limiter?.(request, reply);
    // Which addresses there are is no secret: what is at none of them is a 404, with a key or without.
    if (!asks || request.is404) return;
    if (request.caller === undefined) throw unknownCaller(credential, readers, page === true, reply);
    if (!mayUse(request.caller, needed)) {
      throw serveError('SERVE_FORBIDDEN', { needed, scopes: request.caller.scopes });
    }
    refuseForeign(request);
  });
}

async function callerOf(credential: string, { keys, tokens }: AccessReaders): Promise<Caller | undefined> {
  if (keys !== undefined && credential.startsWith(KEY_PREFIX)) return keys(credential);
  return tokens?.(credential);
}

/** A browser that is told of basic authentication asks its user for a name, which is not used, and a password: the key. */
function unknownCaller(
  credential: string | undefined,
  { keys }: AccessReaders,
  isPage: boolean,
  reply: FastifyReply,
): Error {
  const asksUser = isPage && keys !== undefined;
  const told = credential === undefined ? '' : ', error="invalid_token"';
  const challenge = asksUser ? 'Basic realm="scorecast", charset="UTF-8"' : `Bearer realm="scorecast"${told}`;
  void reply.header('www-authenticate', challenge);
  return serveError('SERVE_UNAUTHENTICATED', { given: credential !== undefined });
}

/** A page of another site could make a browser post a form or a file here, to which the browser adds the key by itself. */
function refuseForeign({ method, headers }: FastifyRequest): void {
  if (isForeign(method, headers)) throw serveError('SERVE_FOREIGN_PAGE', {});
}
