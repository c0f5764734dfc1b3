import { type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { trackError } from '../track-error.js';
import { ROLES, roleNamed, type Identity, type Role } from './role.js';

/** Which tokens are taken. */
export interface OidcOptions {
  /** The issuer's address, as its tokens say it. */
  readonly issuer: string;
  /** What tokens must be meant for. */
  readonly audience: string;
  /** The claim with the roles: a list or a text. Default `roles`. */
  readonly rolesClaim?: string;
  /** Which of the claim's words stand for which role. Default: the roles' own names. */
  readonly roles?: Readonly<Record<string, Role>>;
  /** The role of those whose token names none. Default: they are refused. */
  readonly defaultRole?: Role;
  /** What fetches the issuer's description. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Tells who a token speaks for. */
export type TokenReader = (token: string) => Promise<Identity>;

/** Keys that both sides could know, and none at all, are no proof. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const CLOCK_SECONDS = 30;

/**
 * Reads tokens of an OpenID Connect issuer. Its keys are fetched with the first token, and again when a token names a new one.
 *
 * A reader fails with UNAUTHENTICATED for a token that is not good, and TEMPORARILY_UNAVAILABLE where the issuer is away.
 */
export function oidcReader(options: OidcOptions): TokenReader {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const issuerKeys = () => {
    keys ??= discoverKeys(options).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
  return async (token) => {
    const payload = await verified(token, await issuerKeys(), options);
    return { subject: payload.sub ?? '', role: roleOf(payload, options), via: 'oidc' };
  };
}

async function verified(token: string, keys: JWTVerifyGetKey, { issuer, audience }: OidcOptions): Promise<JWTPayload> {
  // Loaded with the first token: most servers have no issuer.
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
    if (!(error instanceof errors.JOSEError) || error instanceof errors.JWKSTimeout) throw away(issuer, error);
    throw trackError('UNAUTHENTICATED', { message: `the token is not good: ${error.message}` }, { cause: error });
  }
}

async function discoverKeys({ issuer, fetch = globalThis.fetch }: OidcOptions): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  const description: unknown = await fetch(address, { signal: AbortSignal.timeout(5000) })
    .then((response) => response.json())
    .catch((error: unknown) => {
      throw away(issuer, error);
    });
  const fields = new Map<string, unknown>(typeof description === 'object' ? Object.entries(description ?? {}) : []);
  const keysAddress = fields.get('jwks_uri');
  if (fields.get('issuer') !== issuer || typeof keysAddress !== 'string') {
    throw away(issuer, new Error(`${address} describes another issuer, or none`));
  }
  const { createRemoteJWKSet } = await import('jose');
  return createRemoteJWKSet(new URL(keysAddress), { timeoutDuration: 5000 });
}

function roleOf(payload: JWTPayload, { rolesClaim = 'roles', roles, defaultRole }: OidcOptions): Role {
  const claim = payload[rolesClaim];
  const words: readonly unknown[] = Array.isArray(claim)
    ? claim
    : typeof claim === 'string'
      ? claim.split(/[ ,]+/)
      : [];
  const meant = words.map((word) => (roles === undefined ? roleNamed(word) : roles[String(word)]));
  const best = ROLES.findLast((role) => meant.includes(role)) ?? defaultRole;
  if (best !== undefined) return best;
  throw trackError('PERMISSION_DENIED', {
    message: `the token names no role in its claim ${JSON.stringify(rolesClaim)} (expected one of ${ROLES.join(', ')})`,
  });
}

function away(issuer: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `tokens cannot be checked, since the issuer ${issuer} does not answer: ${reason}`;
  return trackError('TEMPORARILY_UNAVAILABLE', { message }, { cause });
}
