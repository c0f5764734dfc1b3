import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { invalid } from '../store/checks.js';
import type { Store } from '../store/store.js';
import { trackError } from '../track-error.js';
import { ROLES, roleNamed, type Identity, type Role } from './role.js';

/** An API key as lists show it: never the key itself, of which only a hash is kept. Times are Unix milliseconds. */
export interface ApiKey {
  /** 12 hexadecimal digits: the public part of the key. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
  /** null: never. */
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

/** A key that was just made; it is shown this one time. */
export interface NewApiKey extends ApiKey {
  readonly key: string;
}

const KEY = /^sck_([0-9a-f]{12})_([\w-]{43})$/;

/**
 * Makes an API key. Several may have the same name, so that a key is replaced without a gap: make the new one, use it
 * everywhere, revoke the old one.
 *
 * @throws INVALID_PARAMETER_VALUE
 */
export async function createApiKey(
  store: Store,
  request: { readonly name: string; readonly role: Role; readonly expiresAt?: number | undefined },
): Promise<NewApiKey> {
  const { name, role, expiresAt = null } = request;
  const createdAt = store.now();
  if (!/^[\w.@ -]{1,100}$/.test(name)) {
    throw invalid(
      `Invalid name ${JSON.stringify(name)} for an API key (expected 1 to 100 letters, digits, spaces or _ - . @)`,
    );
  }
  if (roleNamed(role) === undefined) {
    throw invalid(`Invalid role ${JSON.stringify(role)} for an API key (expected one of ${ROLES.join(', ')})`);
  }
  if (expiresAt !== null && !(expiresAt > createdAt)) {
    throw invalid('Invalid end for an API key: it lies in the past (expected a time to come)');
  }
  const id = randomBytes(6).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  const row = { id, name, role, hash: hashOf(secret), created_at: createdAt, expires_at: expiresAt, revoked_at: null };
  await store.db.write((queries) => queries.insertInto('scorecast_api_keys').values(row).execute());
  return { id, name, role, createdAt, expiresAt, revokedAt: null, key: `sck_${id}_${secret}` };
}

/** All keys, oldest first, revoked ones included. */
export async function listApiKeys(store: Store): Promise<readonly ApiKey[]> {
  const rows = await store.db.read((queries) =>
    queries.selectFrom('scorecast_api_keys').selectAll().orderBy('created_at').orderBy('id').execute(),
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    role: roleNamed(row.role) ?? 'viewer',
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  }));
}

/**
 * Ends a key at once.
 *
 * @throws RESOURCE_DOES_NOT_EXIST
 */
export async function revokeApiKey(store: Store, id: string): Promise<void> {
  const { numUpdatedRows } = await store.db.write((queries) =>
    queries
      .updateTable('scorecast_api_keys')
      .set((all) => ({ revoked_at: all.fn.coalesce('revoked_at', all.val(store.now())) }))
      .where('id', '=', id)
      .executeTakeFirst(),
  );
  if (numUpdatedRows === 0n) throw trackError('RESOURCE_DOES_NOT_EXIST', { message: `No API key with id ${id}` });
}

/** Whose key this is, or undefined where it is none, has ended or was revoked. */
export async function identityOfKey(store: Store, key: string): Promise<Identity | undefined> {
  const [, id, secret] = KEY.exec(key) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  const row = await store.db.read((queries) =>
    queries.selectFrom('scorecast_api_keys').selectAll().where('id', '=', id).executeTakeFirst(),
  );
  if (row?.revoked_at !== null) return undefined;
  if (row.expires_at !== null && row.expires_at <= store.now()) return undefined;
  const role = roleNamed(row.role);
  const isSame = timingSafeEqual(Buffer.from(row.hash), Buffer.from(hashOf(secret)));
  return isSame && role !== undefined ? { subject: `${row.name} (${id})`, role, via: 'key' } : undefined;
}

/** A key has 256 random bits, so that one round of a fast hash keeps it as well as a slow one would. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
