import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { serveError } from '../serve-error.js';
import { SCOPES, scopeNamed, type Scope } from './scope.js';
import { newServeKey, type ServeKey } from './serve-keys.js';

/** What a new key is to be. */
export interface WantedKey {
  /** 1 to 100 letters, digits, spaces or `_ - . @`. */
  readonly label: string;
  /** Default `predict` alone. */
  readonly scopes?: readonly Scope[];
  /** Unix milliseconds; default: never. */
  readonly expiresAt?: number;
}

const LABEL = /^[\w.@ -]{1,100}$/;

/**
 * Makes an API key and adds it to the file, which is made where there is none. Several keys may have the same label, so that
 * one is replaced without a gap: make the new one, use it everywhere, revoke the old one.
 *
 * @returns The entry of the file, and the key: it is shown this one time.
 * @throws SERVE_OPTION, SERVE_KEYS_UNREADABLE
 */
export async function createServeKey(
  path: string,
  { label, scopes = ['predict'], expiresAt }: WantedKey,
  now = new Date(),
): Promise<{ readonly entry: ServeKey; readonly key: string }> {
  if (!LABEL.test(label)) throw wrong('label', label, '1 to 100 letters, digits, spaces or _ - . @');
  if (expiresAt !== undefined && !(expiresAt > now.getTime())) throw wrong('expiresAt', expiresAt, 'a time to come');
  if (scopes.length === 0) throw wrong('scopes', '', `one or more of ${SCOPES.join(', ')}`);
  const end = expiresAt === undefined ? null : new Date(expiresAt).toISOString();
  const made = newServeKey({ label, scopes, expiresAt: end }, now);
  await writeKeys(path, [...((await keysIfAny(path)) ?? []), made.entry]);
  return made;
}

/**
 * Ends a key; a server notices within seconds. The entry stays, so that its id still says whose key it was.
 *
 * @throws SERVE_KEY_UNKNOWN, SERVE_KEYS_UNREADABLE
 */
export async function revokeServeKey(path: string, id: string, now = new Date()): Promise<void> {
  const keys = await readServeKeys(path);
  if (!keys.some((key) => key.id === id)) throw serveError('SERVE_KEY_UNKNOWN', { path, id });
  const revokedAt = now.toISOString();
  await writeKeys(
    path,
    keys.map((key) => (key.id === id && key.revokedAt === null ? { ...key, revokedAt } : key)),
  );
}

/**
 * Reads a key file.
 *
 * @throws SERVE_KEYS_UNREADABLE
 */
export async function readServeKeys(path: string): Promise<readonly ServeKey[]> {
  const keys = await keysIfAny(path);
  if (keys === undefined) throw unreadable(path, 'there is no such file');
  return keys;
}

async function keysIfAny(path: string): Promise<readonly ServeKey[] | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw unreadable(path, `it cannot be opened (${codeOf(cause)})`, cause);
  }
  return parseKeys(text, path);
}

/** Beside the file first, so that no server ever reads half of it. */
async function writeKeys(path: string, keys: readonly ServeKey[]): Promise<void> {
  const beside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(beside, `${JSON.stringify({ keys }, undefined, 2)}\n`, { mode: 0o600, flush: true });
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw unreadable(path, `it cannot be written (${codeOf(cause)})`, cause);
  }
}

function parseKeys(text: string, path: string): readonly ServeKey[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // Its message repeats a part of the file, and is no cause to show.
    throw unreadable(path, 'it is not JSON');
  }
  const list = isRecord(content) ? content['keys'] : undefined;
  if (!Array.isArray(list)) throw unreadable(path, 'it has no list "keys"');
  const keys = list.map((entry: unknown, i) => parseKey(entry, i, path));
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw unreadable(path, 'an id stands in it twice');
  return keys;
}

function parseKey(entry: unknown, at: number, path: string): ServeKey {
  const field = <T>(name: string, read: (value: unknown) => T | undefined): T => {
    const value = isRecord(entry) ? read(entry[name]) : undefined;
    if (value === undefined) throw unreadable(path, `"${name}" of key ${at + 1} is missing or wrong`);
    return value;
  };
  return {
    id: field('id', (value) => matching(value, /^[0-9a-f]{12}$/)),
    label: field('label', (value) => matching(value, LABEL)),
    scopes: field('scopes', scopeList),
    hash: field('hash', (value) => matching(value, /^[0-9a-f]{64}$/)),
    createdAt: field('createdAt', time),
    expiresAt: field('expiresAt', timeOrNull),
    revokedAt: field('revokedAt', timeOrNull),
  };
}

function scopeList(value: unknown): readonly Scope[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const scopes = value.map(scopeNamed).filter((scope) => scope !== undefined);
  return scopes.length === value.length ? scopes : undefined;
}

function matching(value: unknown, pattern: RegExp): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}

function time(value: unknown): string | undefined {
  return typeof value === 'string' && Number.isFinite(Date.parse(value)) ? value : undefined;
}

function timeOrNull(value: unknown): string | null | undefined {
  return value === null || value === undefined ? null : time(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function wrong(option: string, value: unknown, expected: string): Error {
  return serveError('SERVE_OPTION', { option, value, expected });
}

function unreadable(path: string, reason: string, cause?: unknown): Error {
  return serveError('SERVE_KEYS_UNREADABLE', { path, reason }, { cause });
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
}
