import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ServeProcess } from '../serve-process.js';
import { serveError } from '../serve-error.js';
import { createServeKey, readServeKeys, revokeServeKey } from './key-file.js';
import { parseScopes, SCOPES } from './scope.js';
import type { ServeKey } from './serve-keys.js';

const HELP = `Usage: scorecast-serve keys create <label> [options]
       scorecast-serve keys list [options]
       scorecast-serve keys revoke <id> [options]

Makes, lists and ends the API keys of a service that is started with --api-keys. A key is shown once, when it is made: the
file holds only a hash of it. A service notices a changed file within seconds.

Options:
  --api-keys <file>   the key file; else SCORECAST_API_KEYS
  --scopes <scopes>   what a new key may do, with commas between: ${SCOPES.join(', ')}; else predict
  --expires <time>    when a new key ends, from now: 90d, 12h; else never
  --json              write JSON instead of text
  -h, --help          show this

predict: predictions, pages and the model's description; outcomes: POST /outcomes; metrics: GET /metrics; admin: everything,
recorded predictions too.
`;

const OPTIONS = {
  'api-keys': { type: 'string' },
  scopes: { type: 'string' },
  expires: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * Runs `scorecast-serve keys`. Only what is asked for goes to stdout, so that a key can be piped to where it is kept.
 *
 * @throws SERVE_USAGE, SERVE_OPTION, SERVE_KEYS_UNREADABLE, SERVE_KEY_UNKNOWN
 */
export async function runKeys(args: readonly string[], host: ServeProcess, now = new Date()): Promise<void> {
  const { values, positionals } = typed(args);
  const [verb, subject] = positionals;
  if (values.help === true) {
    host.stdout.write(HELP);
    return;
  }
  const given = values['api-keys'] ?? host.env['SCORECAST_API_KEYS'] ?? '';
  if (given === '') throw usage('no key file was named (expected --api-keys FILE or SCORECAST_API_KEYS)');
  const file = path.resolve(host.cwd(), given);
  if (verb === 'create' && subject !== undefined && positionals.length === 2) {
    const { scopes = 'predict', expires } = values;
    const wanted = { label: subject, scopes: scopesOf(scopes), ...ending(expires, now) };
    const { entry, key } = await createServeKey(file, wanted, now);
    host.stdout.write(values.json === true ? `${JSON.stringify({ ...shown(entry), key })}\n` : `${key}\n`);
    host.stderr.write(`key ${entry.id} of ${entry.label} for ${entry.scopes.join(', ')}; it is not shown again\n`);
  } else if (verb === 'list' && positionals.length === 1) {
    const keys = await readServeKeys(file);
    host.stdout.write(
      values.json === true ? keys.map((key) => `${JSON.stringify(shown(key))}\n`).join('') : table(keys),
    );
  } else if (verb === 'revoke' && subject !== undefined && positionals.length === 2) {
    await revokeServeKey(file, subject, now);
    host.stderr.write(`revoked key ${subject}; services that run notice within seconds\n`);
  } else throw usage('expected "keys create LABEL", "keys list" or "keys revoke ID" (--help shows all)');
}

function typed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    throw usage(`${cause instanceof Error ? cause.message : String(cause)} (--help shows all options)`);
  }
}

function scopesOf(text: string) {
  const scopes = parseScopes(text);
  if (scopes !== undefined) return scopes;
  throw usage(`--scopes is ${JSON.stringify(text)} (expected some of ${SCOPES.join(', ')}, with commas between)`);
}

const UNITS_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000 };

function ending(text: string | undefined, now: Date): { readonly expiresAt?: number } {
  if (text === undefined) return {};
  const [, count = '', unit = ''] = /^([1-9]\d{0,4})([dhm])$/.exec(text) ?? [];
  const unitMs = UNITS_MS[unit];
  if (unitMs === undefined) throw usage(`--expires is ${JSON.stringify(text)} (expected a time from now, such as 90d)`);
  return { expiresAt: now.getTime() + Number(count) * unitMs };
}

function shown({ id, label, scopes, createdAt, expiresAt, revokedAt }: ServeKey) {
  return { id, label, scopes, createdAt, expiresAt, revokedAt };
}

function table(keys: readonly ServeKey[]): string {
  const rows = keys.map((key) => [
    key.id,
    key.label,
    key.scopes.join(','),
    key.createdAt.slice(0, 10),
    key.expiresAt?.slice(0, 10) ?? 'never',
    key.revokedAt?.slice(0, 10) ?? '',
  ]);
  const all = [['id', 'label', 'scopes', 'created', 'ends', 'revoked'], ...rows];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  return all
    .map(
      (row) =>
        `${row
          .map((cell, i) => cell.padEnd(widths[i]))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function usage(problem: string): Error {
  return serveError('SERVE_USAGE', { problem });
}
