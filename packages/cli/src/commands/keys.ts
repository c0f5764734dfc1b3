import { Option, type Command } from 'commander';
import type { Role } from '@scorecast/track';
import type { ClientKey } from '@scorecast/track/client';
import { durationOption, withExamples } from '../options.js';
import type { Surroundings } from '../surroundings.js';
import { jsonLines, jsonText } from '../terminal/json-text.js';
import { textTable } from '../terminal/text-table.js';
import { timeText } from '../terminal/time-text.js';
import { withTrackingPlace, type TrackingPlace } from '../tracking/tracking-place.js';
import { ofRegistry, withTracking } from '../tracking/with-tracking.js';

interface KeysOptions extends TrackingPlace {
  readonly json: boolean;
}

interface CreateOptions extends KeysOptions {
  readonly role: Role;
  readonly expires?: number;
}

const ROLES: readonly Role[] = ['viewer', 'editor', 'approver', 'admin'];
const WHAT = 'API keys';

/** `scorecast keys`: who may use a server that "scorecast track --keys" starts. */
export function addKeys(program: Command, surroundings: Surroundings): void {
  const keys = program
    .command('keys')
    .summary('create, list and revoke API keys of a tracking server')
    .description(
      'Keys for a server that "scorecast track --keys" starts; clients send them as MLFLOW_TRACKING_TOKEN. A viewer reads, an\n' +
        'editor records and registers, an approver promotes, an admin does everything.',
    );
  withExamples(keys, 'scorecast keys create ann --role approver', 'scorecast keys list');
  addCreate(keys, surroundings);
  addList(keys, surroundings);
  addRevoke(keys, surroundings);
}

function addCreate(keys: Command, surroundings: Surroundings): void {
  const command = withTrackingPlace(
    keys
      .command('create')
      .summary('create a key')
      .description('Creates a key and writes it to stdout, this one time: only a hash of it is kept.')
      .argument('<name>', 'whose key it is; the audit log names it'),
  )
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).default('editor'))
    .option('--expires <time>', 'when it ends, from now: 90d, 12h (never)', durationOption)
    .option('--json', 'write JSON instead of text', false)
    .action((name: string, options: CreateOptions) => create(name, options, surroundings));
  withExamples(
    command,
    'scorecast keys create ann --role approver',
    'scorecast keys create nightly --role editor --expires 90d',
  );
}

async function create(name: string, options: CreateOptions, surroundings: Surroundings): Promise<void> {
  const { terminal } = surroundings;
  const { role, expires, json } = options;
  await withTracking(options, surroundings, async ({ client, uri }) => {
    const wanted = { name, role, ...(expires === undefined ? {} : { expiresAt: Date.now() + expires }) };
    const { key, secret } = await ofRegistry(uri, WHAT, client.registry.createKey(wanted));
    await terminal.data(json ? jsonText({ ...key, secret }) : `${secret}\n`);
    terminal.message('info', `key ${key.id} of ${key.name} with the role ${key.role}; it is not shown again`);
  });
}

function addList(keys: Command, surroundings: Surroundings): void {
  const command = withTrackingPlace(
    keys.command('list').summary('list keys').description('Lists all keys, revoked ones too, without their secrets.'),
  )
    .option('--json', 'write JSON lines instead of a table', false)
    .action((options: KeysOptions) =>
      withTracking(options, surroundings, async ({ client, uri }) => {
        const found = await ofRegistry(uri, WHAT, client.registry.keys());
        if (options.json) return surroundings.terminal.data(jsonLines(found));
        if (found.length > 0) return surroundings.terminal.data(`${keyTable(found)}\n`);
        surroundings.terminal.message('info', 'there are no keys');
      }),
    );
  withExamples(command, 'scorecast keys list');
}

function keyTable(keys: readonly ClientKey[]): string {
  const columns = ['id', 'name', 'role', 'created (UTC)', 'ends (UTC)', 'revoked (UTC)'].map(
    (heading) => ({ heading, align: 'left' }) as const,
  );
  const rows = keys.map(({ id, name, role, createdAt, expiresAt, revokedAt }) => [
    id,
    name,
    role,
    timeText(createdAt),
    expiresAt === null ? 'never' : timeText(expiresAt),
    timeText(revokedAt),
  ]);
  return textTable(columns, rows);
}

function addRevoke(keys: Command, surroundings: Surroundings): void {
  const command = withTrackingPlace(
    keys
      .command('revoke')
      .summary('end a key at once')
      .description('Ends a key at once; requests that carry it are refused from now on.')
      .argument('<id>', 'the 12 digits that "scorecast keys list" shows'),
  )
    .option('--json', 'write JSON instead of text', false)
    .action((id: string, options: KeysOptions) =>
      withTracking(options, surroundings, async ({ client, uri }) => {
        await ofRegistry(uri, WHAT, client.registry.revokeKey(id));
        if (options.json) return surroundings.terminal.data(jsonText({ id }));
        surroundings.terminal.message('info', `revoked key ${id}`);
      }),
    );
  withExamples(command, 'scorecast keys revoke 0a1b2c3d4e5f');
}
