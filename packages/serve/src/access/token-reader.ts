import { createHash } from 'node:crypto';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { serveError } from '../serve-error.js';
import { scopeNamed, type Caller, type Scope } from './scope.js';

/** Which tokens are taken. */
export interface OidcOptions {
  /** The issuer's address, as its tokens say it. */
  readonly issuer: string;
  /** What tokens must be meant for. */
  readonly audience: string;
  /** The claim with the scopes: a list, or a text with spaces. */
  readonly scopesClaim: string;
  /** What a token may do that names no scope of this service. */
  readonly defaultScopes: readonly Scope[];
}

/** Reads an issuer's address; undefined where it is none, or where what it says could be changed on the way. */
export function parseIssuer(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname } = new URL(text);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLocal) ? text : undefined;
}

/** Tells who a token speaks for: undefined where it is not good. */
export type TokenReader = (token: string) => Promise<Caller | undefined>;

/** Keys that both sides could know, and none at all, are no proof. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const CLOCK_SECONDS = 30;

/** A signature costs more than a prediction: a token that was good is good for another minute, while this many are known. */
const REMEMBERED = 1000;
const REMEMBERED_MS = 60_000;

/**
 * Reads tokens of an OpenID Connect issuer. Its keys are fetched with the first token, and again when a token names a new one.
 *
 * A reader fails with SERVE_ISSUER_AWAY where the issuer does not answer.
 */
export function tokenReader(options: OidcOptions, now: () => Date): TokenReader {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const issuerKeys = () => {
    keys ??= discoverKeys(options).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
  const known = new Map<string, { readonly caller: Caller; readonly until: number }>();
  return async (token) => {
    const digest = createHash('sha256').update(token).digest('base64');
    const time = now().getTime();
    const seen = known.get(digest);
    if (seen !== undefined && seen.until > time) return seen.caller;
    const payload = await verified(token, await issuerKeys(), options);
    if (payload === undefined) return undefined;
    const caller = { subject: `token ${payload.sub ?? ''}`, scopes: scopesOf(payload, options) };
    if (known.size >= REMEMBERED) known.clear();
    known.set(digest, { caller, until: Math.min(time + REMEMBERED_MS, (payload.exp ?? 0) * 1000) });
    return caller;
  };
}

async function verified(
  token: string,
  keys: JWTVerifyGetKey,
  { issuer, audience }: OidcOptions,
): Promise<JWTPayload | undefined> {
  const { errors, jwtVerify } = await import('jose');
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_SECONDS,
      requiredClaims: ['exp', 'sub'],
    });
    return payload;
  } catch (error) {
    if (!(error instanceof errors.JOSEError) || error instanceof errors.JWKSTimeout) throw away(error);
    return undefined;
  }
}

async function discoverKeys({ issuer }: OidcOptions): Promise<JWTVerifyGetKey> {
  // Loaded with the first token: most services have no issuer.
  const { createRemoteJWKSet } = await import('jose');
  const address = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  const description: unknown = await fetch(address, { signal: AbortSignal.timeout(5000) })
    .then((response) => response.json())
    .catch((error: unknown) => {
      throw away(error);
    });
  const fields = new Map<string, unknown>(typeof description === 'object' ? Object.entries(description ?? {}) : []);
  const keysAddress = fields.get('jwks_uri');
  if (fields.get('issuer') !== issuer || typeof keysAddress !== 'string') {
    throw away(new Error(`${address} describes another issuer, or none`));
  }
  return createRemoteJWKSet(new URL(keysAddress), { timeoutDuration: 5000 });
}

function scopesOf(payload: JWTPayload, { scopesClaim, defaultScopes }: OidcOptions): readonly Scope[] {
  const claim = payload[scopesClaim];
  const words: readonly unknown[] = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  const scopes = words.map(scopeNamed).filter((scope) => scope !== undefined);
  return scopes.length > 0 ? scopes : defaultScopes;
}

function away(cause: unknown): Error {
  return serveError('SERVE_ISSUER_AWAY', {}, { cause });
}
