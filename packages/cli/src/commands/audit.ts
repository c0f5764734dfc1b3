import { InvalidArgumentError, type Command } from 'commander';
import type { RegistryVerbs } from '@scorecast/track/client';
import { cliError } from '../cli-error.js';
import { integerOption, withExamples } from '../options.js';
import type { Surroundings } from '../surroundings.js';
import { countOf } from '../terminal/count-of.js';
import { jsonLines, jsonText } from '../terminal/json-text.js';
import { auditTable } from '../tracking/audit-table.js';
import { firstOf } from '../tracking/first-of.js';
import { withTrackingPlace, type TrackingPlace } from '../tracking/tracking-place.js';
import { ofRegistry, withTracking } from '../tracking/with-tracking.js';

interface AuditOptions extends TrackingPlace {
  readonly json: boolean;
}

const WHAT = 'audit log';

/** `scorecast audit`: who changed what in the registry, and whether that record is whole. */
export function addAudit(program: Command, surroundings: Surroundings): void {
  const audit = program
    .command('audit')
    .summary('list the audit log of the registry, or verify it')
    .description(
      'Every change of a model, an alias, an approval or a key leaves an entry that carries a hash of the one before it.',
    );
  withExamples(audit, 'scorecast audit list', 'scorecast audit verify');
  addList(audit, surroundings);
  addVerify(audit, surroundings);
}

function addList(audit: Command, surroundings: Surroundings): void {
  const command = withTrackingPlace(
    audit.command('list').summary('list entries').description('Lists entries of the audit log, the newest first.'),
  )
    .option('--model <name>', 'only what was done to this model and its versions')
    .option('-n, --limit <n>', 'the most to list', integerOption(1, 1e9), 50)
    .option('--json', 'write JSON lines instead of a table', false)
    .action((options: AuditOptions & { readonly model?: string; readonly limit: number }) =>
      withTracking(options, surroundings, async ({ client, uri }) => {
        const { model, limit, json } = options;
        const entries = await ofRegistry(uri, WHAT, firstOf(client.registry.audit(model), limit));
        if (json) return surroundings.terminal.data(jsonLines(entries));
        if (entries.length > 0) return surroundings.terminal.data(`${auditTable(entries)}\n`);
        surroundings.terminal.message('info', 'no such entry');
      }),
    );
  withExamples(command, 'scorecast audit list', 'scorecast audit list --model exams --json');
}

function addVerify(audit: Command, surroundings: Surroundings): void {
  const command = withTrackingPlace(
    audit
      .command('verify')
      .summary('verify that no entry was changed or removed')
      .description(
        'Follows the hashes from the first entry to the last; a broken chain is exit code 3. Entries cut off at the end break\n' +
          'nothing: note the hash that this prints, somewhere else, and give it with --hash the next time.',
      ),
  )
    .option('--hash <hash>', 'a hash that was printed before and must still be in the log', hashOption)
    .option('--json', 'write JSON instead of text', false)
    .action((options: AuditOptions & { readonly hash?: string }) => verify(options, surroundings));
  withExamples(command, 'scorecast audit verify', `scorecast audit verify --hash ${'9f86d081884c7d65'.repeat(4)}`);
}

async function verify(options: AuditOptions & { readonly hash?: string }, surroundings: Surroundings): Promise<void> {
  const { terminal } = surroundings;
  const { hash: noted, json } = options;
  await withTracking(options, surroundings, async ({ client, uri }) => {
    const verdict = await ofRegistry(uri, WHAT, client.registry.verifyAudit());
    const isCut = verdict.isWhole && noted !== undefined && !(await hasHash(client.registry, noted));
    const reason = isCut ? `no entry has the hash ${noted}, so its end was cut off or replaced` : verdict.reason;
    if (json) await terminal.data(jsonText({ ...verdict, isWhole: verdict.isWhole && !isCut, reason }));
    if (!verdict.isWhole || isCut) throw cliError('CLI_AUDIT_BROKEN', { reason: reason ?? 'its chain is broken' });
    if (json) return;
    await terminal.data(`${verdict.hash ?? ''}\n`);
    terminal.message(
      'info',
      `the audit log is whole: ${countOf(verdict.entries ?? 0, 'line')}; its last hash is above`,
    );
  });
}

async function hasHash(registry: RegistryVerbs, hash: string): Promise<boolean> {
  for await (const entry of registry.audit()) if (entry.hash === hash) return true;
  return false;
}

function hashOption(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new InvalidArgumentError('Expected 64 hexadecimal digits.');
}
