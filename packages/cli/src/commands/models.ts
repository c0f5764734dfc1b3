import type { Command } from 'commander';
import type { ModelVersion, OpenTracking, Run, TrackingClient } from '@scorecast/track';
import type { ClientMove } from '@scorecast/track/client';
import { integerOption, withExamples } from '../options.js';
import type { Surroundings } from '../surroundings.js';
import { jsonLines, jsonText } from '../terminal/json-text.js';
import { auditTable } from '../tracking/audit-table.js';
import { findModel, findVersion, versionsOf } from '../tracking/find-version.js';
import { firstOf } from '../tracking/first-of.js';
import { gateLines } from '../tracking/gate-lines.js';
import { PRODUCTION, promote, unruledText } from '../tracking/production.js';
import { withTrackingPlace, type TrackingPlace } from '../tracking/tracking-place.js';
import { versionPage, type VersionRules } from '../tracking/version-page.js';
import { modelTable, versionTable } from '../tracking/version-table.js';
import { isForeign, ofRegistry, withTracking } from '../tracking/with-tracking.js';
import { addModelRules } from './model-rules.js';

interface ModelsOptions extends TrackingPlace {
  readonly json: boolean;
}

interface MoveOptions extends ModelsOptions {
  readonly alias: string;
  readonly reason: string;
}

/** `scorecast models`: which versions there are, and which of them is in production. */
export function addModels(program: Command, surroundings: Surroundings): void {
  const models = program
    .command('models')
    .summary('list models, promote a version, roll it back, approve it, set the rules')
    .description(
      'Every training registers a version of its model. A version is named "exams 3", or by an alias "exams@production".',
    );
  withExamples(
    models,
    'scorecast models show exams',
    'scorecast models promote exams 3 --reason "a better winter term"',
    'scorecast models rollback exams --reason "complaints from class 7b"',
  );
  addList(models, surroundings);
  addShow(models, surroundings);
  addPromote(models, surroundings);
  addRollback(models, surroundings);
  addApprove(models, surroundings);
  addHistory(models, surroundings);
  addModelRules(models, surroundings);
}

/** Gives a command the options of all of them. */
function withPlace(command: Command): Command {
  return withTrackingPlace(command).option('--json', 'write JSON instead of text', false);
}

function addList(models: Command, surroundings: Surroundings): void {
  const command = withPlace(models.command('list').summary('list models').description('Lists registered models.'))
    .option('-f, --filter <filter>', "only models that it holds for: name LIKE 'exams%'")
    .action((options: ModelsOptions & { readonly filter?: string }) => list(options, surroundings));
  withExamples(command, 'scorecast models list', 'scorecast models list --json');
}

async function list(options: ModelsOptions & { readonly filter?: string }, surroundings: Surroundings): Promise<void> {
  const { terminal } = surroundings;
  const { json, filter } = options;
  await withTracking(options, surroundings, async ({ client }) => {
    const found = await firstOf(client.models.search(filter === undefined ? {} : { filter }));
    if (json) return terminal.data(jsonLines(found));
    if (found.length > 0) return terminal.data(`${modelTable(found)}\n`);
    terminal.message('info', 'no such model');
  });
}

function addShow(models: Command, surroundings: Surroundings): void {
  const command = withPlace(
    models
      .command('show')
      .summary('show the versions of a model, or one of them')
      .description('Shows the versions of a model; or one version with its approvals and the gates before production.')
      .argument('<model>', 'its name, or name@alias')
      .argument('[version]', 'a number'),
  ).action((model: string, version: string | undefined, options: ModelsOptions) =>
    withTracking(options, surroundings, (tracking) =>
      version === undefined && !model.includes('@')
        ? showModel(tracking.client, model, options, surroundings)
        : showVersion(tracking, [model, version], options, surroundings),
    ),
  );
  withExamples(
    command,
    'scorecast models show exams',
    'scorecast models show exams 3',
    'scorecast models show exams@production',
  );
}

async function showModel(
  client: TrackingClient,
  name: string,
  { json }: ModelsOptions,
  { terminal }: Surroundings,
): Promise<void> {
  const model = await findModel(client, name);
  const versions = await firstOf(versionsOf(client, name));
  if (json) return terminal.data(jsonText({ ...model, versions }));
  if (versions.length === 0) {
    terminal.message('info', `${name} has no versions`);
    return;
  }
  await terminal.data(`${versionTable(versions, model.aliases, await runsOf(client, versions))}\n`);
}

/** How many versions are looked up in one request; MLflow's servers limit the length of a filter. */
const TOGETHER = 100;

async function runsOf(client: TrackingClient, versions: readonly ModelVersion[]): Promise<ReadonlyMap<string, Run>> {
  const ids = [...new Set(versions.flatMap(({ runId }) => (runId === null || runId === '' ? [] : [runId])))];
  const runs = new Map<string, Run>();
  for (let at = 0; at < ids.length; at += TOGETHER) {
    const some = ids.slice(at, at + TOGETHER).map((id) => `'${id}'`);
    const filter = `attributes.run_id IN (${some.join(', ')})`;
    for await (const run of client.runs.search({ filter, view: 'ALL' })) runs.set(run.info.runId, run);
  }
  return runs;
}

async function showVersion(
  { client }: OpenTracking,
  [model, version]: readonly [string, string | undefined],
  { json }: ModelsOptions,
  { terminal }: Surroundings,
): Promise<void> {
  const found = await findVersion(client, model, version);
  const rules = await rulesFor(client, found);
  await terminal.data(json ? jsonText({ ...found, ...rules }) : `${versionPage(found, rules)}\n`);
}

/** undefined where the server has no such rules. */
async function rulesFor(client: TrackingClient, { name, version }: ModelVersion): Promise<VersionRules | undefined> {
  try {
    const approvals = await client.registry.approvals({ name, version });
    const { gates } = await client.registry.gates({ name, version, alias: PRODUCTION });
    return { approvals, gates };
  } catch (error) {
    if (isForeign(error)) return undefined;
    throw error;
  }
}

function withMove(command: Command, verb: string): Command {
  return withPlace(command)
    .requiredOption('--reason <why>', `why; it is kept in the audit log`)
    .option('--alias <alias>', `the alias to ${verb}`, PRODUCTION);
}

function addPromote(models: Command, surroundings: Surroundings): void {
  const command = withMove(
    models
      .command('promote')
      .summary('put a version into production')
      .description(
        'Points the alias to a version, if gates and approval let it; a closed gate is exit code 5 and changes nothing.',
      )
      .argument('<model>', 'its name, or name@alias of the version to promote')
      .argument('[version]', 'a number'),
    'move',
  ).action((model: string, version: string | undefined, options: MoveOptions) =>
    promoteVersion(model, version, options, surroundings),
  );
  withExamples(
    command,
    'scorecast models promote exams 3 --reason "a better winter term"',
    'scorecast models promote exams@challenger --reason "won the trial"',
  );
}

async function promoteVersion(
  model: string,
  version: string | undefined,
  { alias, reason, ...options }: MoveOptions,
  surroundings: Surroundings,
): Promise<void> {
  await withTracking(options, surroundings, async ({ client, uri }) => {
    const found = await findVersion(client, model, version);
    const move = await promote(client, { name: found.name, version: found.version, alias, reason });
    if (!move.isRuled) {
      surroundings.terminal.message('warn', unruledText(uri));
    }
    await reportMove(found.name, alias, move, options, surroundings);
  });
}

async function reportMove(
  name: string,
  alias: string,
  { from, to, gates }: ClientMove,
  { json }: ModelsOptions,
  { terminal }: Surroundings,
): Promise<void> {
  if (json) return terminal.data(jsonText({ name, alias, from, to, gates }));
  const lines = [`${name}@${alias}: ${from ?? 'none'} -> ${to}`, ...gateLines(gates)];
  await terminal.data(`${lines.join('\n')}\n`);
}

function addRollback(models: Command, surroundings: Surroundings): void {
  const command = withMove(
    models
      .command('rollback')
      .summary('go back to the version that was in production before')
      .description('Points the alias back to the version before the present one, which had been let through already.')
      .argument('<model>', 'its name'),
    'move back',
  ).action((model: string, { alias, reason, ...options }: MoveOptions) =>
    withTracking(options, surroundings, async ({ client, uri }) => {
      const { name } = await findModel(client, model);
      const move = await ofRegistry(uri, 'history to roll back', client.registry.rollback({ name, alias, reason }));
      await reportMove(name, alias, move, options, surroundings);
    }),
  );
  withExamples(command, 'scorecast models rollback exams --reason "complaints from class 7b"');
}

function addApprove(models: Command, surroundings: Surroundings): void {
  const command = withPlace(
    models
      .command('approve')
      .summary('say that a version may go into production')
      .description('Approves a version, which servers with --approval explicit or two-person ask for.')
      .argument('<model>', 'its name, or name@alias')
      .argument('[version]', 'a number')
      .requiredOption('--reason <why>', 'why it may be used'),
  ).action((model: string, version: string | undefined, options: ModelsOptions & { readonly reason: string }) =>
    approve(model, version, options, surroundings),
  );
  withExamples(command, 'scorecast models approve exams 3 --reason "checked against last year\'s marks"');
}

async function approve(
  model: string,
  version: string | undefined,
  { reason, ...options }: ModelsOptions & { readonly reason: string },
  surroundings: Surroundings,
): Promise<void> {
  const { terminal } = surroundings;
  await withTracking(options, surroundings, async ({ client, uri }) => {
    const found = await findVersion(client, model, version);
    const key = { name: found.name, version: found.version };
    await ofRegistry(uri, 'approvals', client.registry.approve({ ...key, reason }));
    if (options.json) return terminal.data(jsonText(await client.registry.approvals(key)));
    terminal.message('info', `approved ${key.name} version ${key.version}`);
  });
}

function addHistory(models: Command, surroundings: Surroundings): void {
  const command = withPlace(
    models
      .command('history')
      .summary('show what was done to a model, by whom and why')
      .description('Shows what the audit log says of a model and its versions, the newest first; refusals too.')
      .argument('<model>', 'its name'),
  )
    .option('-n, --limit <n>', 'the most to list', integerOption(1, 1_000_000), 50)
    .action((model: string, options: ModelsOptions & { readonly limit: number }) =>
      history(model, options, surroundings),
    );
  withExamples(command, 'scorecast models history exams');
}

async function history(
  model: string,
  options: ModelsOptions & { readonly limit: number },
  surroundings: Surroundings,
): Promise<void> {
  const { terminal } = surroundings;
  await withTracking(options, surroundings, async ({ client, uri }) => {
    const { name } = await findModel(client, model);
    const entries = await ofRegistry(uri, 'history of models', firstOf(client.registry.audit(name), options.limit));
    await terminal.data(options.json ? jsonLines(entries) : `${auditTable(entries)}\n`);
  });
}
