import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Caller, Scope } from './scope.js';

/** An API key as the key file holds it: a hash in the place of its secret. Times are ISO 8601, null is never. */
export interface ServeKey {
  /** 12 hexadecimal digits: the public part of the key. */
  readonly id: string;
  /** Whose key it is, or what for. */
  readonly label: string;
  readonly scopes: readonly Scope[];
  /** SHA-256 of the secret, hexadecimal. */
  readonly hash: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

/** Begins every key, so that people and scanners of secrets see what it is. */
export const KEY_PREFIX = 'sci_';

const KEY = /^sci_([0-9a-f]{12})_([\w-]{43})$/;

/** Makes a key; its text exists only here. */
export function newServeKey(
  wanted: Pick<ServeKey, 'label' | 'scopes' | 'expiresAt'>,
  now: Date,
): { readonly entry: ServeKey; readonly key: string } {
  const id = randomBytes(6).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  const { label, scopes, expiresAt } = wanted;
  const hash = digest(secret).toString('hex');
  const entry = { id, label, scopes, hash, createdAt: now.toISOString(), expiresAt, revokedAt: null };
  return { entry, key: `${KEY_PREFIX}${id}_${secret}` };
}

/** Tells whose key a text is: undefined where it is none of these, has ended or was revoked. */
export type KeyReader = (text: string) => Caller | undefined;

/** Prepares keys for being asked at every request. */
export function keyReader(keys: readonly ServeKey[], now: () => Date): KeyReader {
  const prepared = new Map(
    keys
      .filter(({ revokedAt }) => revokedAt === null)
      .map(({ id, scopes, hash, expiresAt }) => [
        id,
        {
          caller: { subject: `key ${id}`, scopes },
          hash: Buffer.from(hash, 'hex'),
          ends: expiresAt === null ? Infinity : Date.parse(expiresAt),
        },
      ]),
  );
  return (text) => {
    const [, id = '', secret = ''] = KEY.exec(text) ?? [];
    const known = prepared.get(id);
    if (known === undefined || known.ends <= now().getTime()) return undefined;
    return timingSafeEqual(known.hash, digest(secret)) ? known.caller : undefined;
  };
}

/** A secret has 256 random bits, so that one round of a fast hash keeps it as well as a slow one would. */
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
