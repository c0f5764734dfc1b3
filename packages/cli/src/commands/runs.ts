import type { Command } from 'commander';
import type { Run, TrackingClient } from '@scorecast/track';
import { cliError } from '../cli-error.js';
import { collect, integerOption, namesOption, withExamples } from '../options.js';
import type { Surroundings } from '../surroundings.js';
import { jsonLines, jsonText } from '../terminal/json-text.js';
import { findRun } from '../tracking/find-run.js';
import { firstOf } from '../tracking/first-of.js';
import { compareRuns, comparisonTable } from '../tracking/run-comparison.js';
import { runPage } from '../tracking/run-page.js';
import { runTable } from '../tracking/run-table.js';
import { withTrackingPlace, type TrackingPlace } from '../tracking/tracking-place.js';
import { withTracking } from '../tracking/with-tracking.js';

interface RunsOptions extends TrackingPlace {
  readonly json: boolean;
}

interface ListOptions extends RunsOptions {
  readonly experiment?: readonly string[];
  readonly filter?: string;
  readonly orderBy?: readonly string[];
  readonly limit: number;
  readonly metrics?: readonly string[];
  readonly deleted: boolean;
}

/** `scorecast runs`: what was tried, and how it came out. */
export function addRuns(program: Command, surroundings: Surroundings): void {
  const runs = program
    .command('runs')
    .summary('list, show, compare, delete and restore runs')
    .description(
      'Every training is a run: its params, metrics, data and files. Ids may be shortened while they are unique.',
    );
  withExamples(runs, 'scorecast runs list', 'scorecast runs show 5e1c', 'scorecast runs compare 5e1c 93ab');
  addList(runs, surroundings);
  addShow(runs, surroundings);
  addCompare(runs, surroundings);
  addRemoval(runs, surroundings, 'delete', 'hide runs; their files stay until "scorecast gc" removes them');
  addRemoval(runs, surroundings, 'restore', 'bring deleted runs back');
}

function addList(runs: Command, surroundings: Surroundings): void {
  const command = withTrackingPlace(
    runs.command('list').summary('list runs').description('Lists runs, the newest first.'),
  )
    .option('-e, --experiment <name>', 'only runs of this experiment; may be repeated', collect)
    .option('-f, --filter <filter>', "only runs that it holds for: metrics.cv_r2 > 0.8 AND params.estimator = 'ridge'")
    .option('--order-by <key>', 'such as "metrics.cv_r2 DESC"; may be repeated', collect)
    .option('-n, --limit <n>', 'the most to list', integerOption(1, 1_000_000), 20)
    .option('--metrics <keys>', 'the metrics to show, with commas between', namesOption)
    .option('--deleted', 'list deleted runs instead', false)
    .option('--json', 'write JSON lines instead of a table', false)
    .action((options: ListOptions) => list(options, surroundings));
  withExamples(
    command,
    'scorecast runs list',
    'scorecast runs list --experiment exams --order-by "metrics.cv_r2 DESC" --limit 5',
    'scorecast runs list --filter "metrics.cv_mae < 5 AND status = \'FINISHED\'" --metrics cv_mae,train_rows',
  );
}

async function list(options: ListOptions, surroundings: Surroundings): Promise<void> {
  const { terminal } = surroundings;
  const { json, limit, metrics } = options;
  await withTracking(options, surroundings, async ({ client }) => {
    const experiments = await experimentNames(client, options.experiment);
    const found = await searched(client, options);
    const shown = found.slice(0, limit);
    if (json) return terminal.data(jsonLines(shown));
    if (shown.length > 0) await terminal.data(`${runTable(shown, experiments, metrics)}\n`);
    else terminal.message('info', 'no such run');
    if (found.length > limit) terminal.message('info', `and more than these ${limit} (--limit lists more)`);
  });
}

/** One run more than wanted, which tells whether there are more. */
function searched(client: TrackingClient, options: ListOptions): Promise<readonly Run[]> {
  const { experiment, filter, orderBy, limit, deleted } = options;
  const search = client.runs.search({
    view: deleted ? 'DELETED_ONLY' : 'ACTIVE_ONLY',
    pageSize: Math.min(1000, limit + 1),
    ...(experiment === undefined ? {} : { experiments: experiment }),
    ...(filter === undefined ? {} : { filter }),
    ...(orderBy === undefined ? {} : { orderBy }),
  });
  return firstOf(search, limit + 1);
}

/** The names of all experiments by id. @throws CLI_UNKNOWN_NAME for a wanted one that is not among them. */
async function experimentNames(
  client: TrackingClient,
  wanted: readonly string[] = [],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for await (const { experimentId, name } of client.experiments.search()) names.set(experimentId, name);
  const known = [...names.values()];
  const name = wanted.find((one) => !known.includes(one));
  if (name !== undefined) throw cliError('CLI_UNKNOWN_NAME', { what: 'experiment', name, known });
  return names;
}

function addShow(runs: Command, surroundings: Surroundings): void {
  const command = withTrackingPlace(
    runs
      .command('show')
      .summary('show all that a run recorded')
      .description('Shows params, the latest value of every metric, data sets, tags and files of a run.')
      .argument('<run>', 'its id, or the beginning of it'),
  )
    .option('--json', 'write it as JSON', false)
    .action((run: string, options: RunsOptions) => show(run, options, surroundings));
  withExamples(command, 'scorecast runs show 5e1c', 'scorecast runs show 5e1c --json');
}

async function show(id: string, options: RunsOptions, surroundings: Surroundings): Promise<void> {
  const { terminal } = surroundings;
  await withTracking(options, surroundings, async ({ client }) => {
    const run = await findRun(client, id);
    const files = await firstOf(client.runs.files(run.info.runId));
    if (options.json) return terminal.data(jsonText({ ...run, files }));
    const { name } = await client.experiments.get(run.info.experimentId);
    await terminal.data(`${runPage(run, name, files)}\n`);
  });
}

function addCompare(runs: Command, surroundings: Surroundings): void {
  const command = withTrackingPlace(
    runs
      .command('compare')
      .summary('put runs side by side')
      .description('Shows the params that differ and all metrics, the better value marked by *.')
      .argument('<run...>', 'two or more ids, or the beginnings of them'),
  )
    .option('--all', 'show params that are equal too', false)
    .option('--json', 'write it as JSON', false)
    .action((ids: readonly string[], options: RunsOptions & { readonly all: boolean }) =>
      compare(ids, options, surroundings),
    );
  withExamples(command, 'scorecast runs compare 5e1c 93ab', 'scorecast runs compare 5e1c 93ab 07de --json');
}

async function compare(
  ids: readonly string[],
  options: RunsOptions & { readonly all: boolean },
  surroundings: Surroundings,
): Promise<void> {
  if (ids.length < 2) throw cliError('CLI_USAGE', { problem: 'one run cannot be compared (expected two ids or more)' });
  await withTracking(options, surroundings, async ({ client }) => {
    const runs = await Promise.all(ids.map((id) => findRun(client, id)));
    const comparison = compareRuns(runs, options.all ? 'all' : 'differing');
    await surroundings.terminal.data(options.json ? jsonText(comparison) : `${comparisonTable(comparison)}\n`);
  });
}

function addRemoval(runs: Command, surroundings: Surroundings, verb: 'delete' | 'restore', summary: string): void {
  const command = withTrackingPlace(
    runs
      .command(verb)
      .summary(summary)
      .description(`${summary[0].toUpperCase()}${summary.slice(1)}.`)
      .argument('<run...>', 'ids, or the beginnings of them'),
  )
    .option('--json', 'write the ids as JSON lines', false)
    .action((ids: readonly string[], options: RunsOptions) => remove(verb, ids, options, surroundings));
  withExamples(command, `scorecast runs ${verb} 5e1c`);
}

async function remove(
  verb: 'delete' | 'restore',
  ids: readonly string[],
  options: RunsOptions,
  surroundings: Surroundings,
): Promise<void> {
  const { terminal } = surroundings;
  await withTracking(options, surroundings, async ({ client }) => {
    const view = verb === 'delete' ? 'ACTIVE_ONLY' : 'DELETED_ONLY';
    // All are found before anything is done, so that a wrong id changes nothing.
    const runs = await Promise.all(ids.map((id) => findRun(client, id, view)));
    for (const { info } of runs) {
      await client.runs[verb](info.runId);
      await terminal.data(options.json ? jsonText({ runId: info.runId }) : `${info.runId}\n`);
    }
    const undo = verb === 'delete' ? '; "scorecast runs restore" brings back what was deleted' : '';
    terminal.message('info', `${verb}d ${runs.length === 1 ? 'one run' : `${runs.length} runs`}${undo}`);
  });
}
