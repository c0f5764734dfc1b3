import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadBundle, type Bundle } from '@scorecast/core';
import type { PredictionRow } from '@scorecast/serve';
import type { Command } from 'commander';
import { cliError } from '../cli-error.js';
import { loadBundleFile } from '../load-bundle-file.js';
import { withExamples } from '../options.js';
import type { Surroundings } from '../surroundings.js';
import { runOfBundle } from '../tracking/run-of-bundle.js';
import { databaseFile, withTrackingPlace, type TrackingPlace } from '../tracking/tracking-place.js';
import { BUNDLE_FILE } from '../tracking/training-record.js';
import { withTracking } from '../tracking/with-tracking.js';
import { DEFAULT_BUNDLE } from './serve.js';

interface ReplayOptions extends TrackingPlace {
  readonly log?: string;
  readonly bundle?: string;
}

/** `scorecast replay`: computes a recorded prediction again and proves the same number. */
export function addReplay(program: Command, surroundings: Surroundings): void {
  const command = withTrackingPlace(
    program
      .command('replay')
      .summary('compute a recorded prediction again and prove that it is the same number')
      .description(
        'Looks a prediction up in the log of a server, computes it again with the bundle that gave it, and compares ' +
          'prediction and interval bit for bit. Where they differ, the exit code is 1.',
      )
      .argument('<id>', 'the id of the prediction, as its answer had it'),
  )
    .option(
      '--log <place>',
      'where the server records: a folder or the URL of a database; else SCORECAST_LOG_PREDICTIONS',
    )
    .option(
      '-b, --bundle <file>',
      `the bundle that gave it; else ${DEFAULT_BUNDLE} if it is the one, else from the recorded training that made it`,
    )
    .action((id: string, options: ReplayOptions) => replay(id, options, surroundings));
  withExamples(
    command,
    'scorecast replay 019a1f2e-7b40-7000-9c41-5be02d6f8a17 --log predictions',
    'scorecast replay 019a1f2e-7b40-7000-9c41-5be02d6f8a17.3 --log sqlite:///log.db --bundle bundle.json',
  );
}

async function replay(id: string, options: ReplayOptions, surroundings: Surroundings): Promise<void> {
  const { replayPrediction } = await import('@scorecast/serve');
  const { terminal } = surroundings;
  const row = await loggedPrediction(id, options, surroundings);
  const { equal, prediction, lower, upper } = replayPrediction(await bundleOf(row, options, surroundings), row);
  if (!equal) {
    const [logged, replayed] = [rangeText(row), rangeText({ prediction, lower, upper })];
    throw cliError('CLI_NOT_REPLAYED', { id, logged, replayed });
  }
  const { model, version } = row;
  terminal.message('info', `replayed: ${id} is ${rangeText(row)} again, by ${model} ${version}, bit for bit`, {
    id,
    prediction,
    lower,
    upper,
    model,
    version,
  });
}

async function loggedPrediction(
  id: string,
  options: ReplayOptions,
  surroundings: Surroundings,
): Promise<PredictionRow> {
  const { openSink, predictionTime } = await import('@scorecast/serve');
  const { env, directory } = surroundings;
  const place = options.log ?? env['SCORECAST_LOG_PREDICTIONS'] ?? '';
  if (place === '' || place === 'none') {
    throw cliError('CLI_USAGE', {
      problem: 'no log was named (expected --log and the place that the server records to)',
    });
  }
  const isUrl = /^[a-z][a-z\d+]*:\/\//i.test(place);
  const resolved = isUrl ? place : path.resolve(directory, place);
  const missing = cliError('CLI_NO_PREDICTION', { id, place: isUrl ? 'that database' : resolved });
  // Nothing is made by looking for it.
  const file = isUrl ? databaseFile(place) : resolved;
  if (predictionTime(id) === undefined || (file !== undefined && !existsSync(file))) throw missing;
  const sink = await openSink(resolved, { keepDays: Infinity, keepBytes: Infinity }, Date.now);
  try {
    const row = await sink.findPrediction(id);
    if (row === undefined) throw missing;
    return row;
  } finally {
    await sink.close();
  }
}

async function bundleOf(
  { id, model, version }: PredictionRow,
  options: ReplayOptions,
  surroundings: Surroundings,
): Promise<Bundle> {
  const { directory } = surroundings;
  if (options.bundle !== undefined) return loadBundleFile(path.resolve(directory, options.bundle));
  const usual = path.resolve(directory, DEFAULT_BUNDLE);
  if (existsSync(usual)) {
    const bundle = await loadBundleFile(usual);
    if (bundle.version === version) return bundle;
  }
  return withTracking(options, surroundings, async ({ client }) => {
    const run = await runOfBundle(client, version);
    if (run === undefined) throw cliError('CLI_NO_BUNDLE_VERSION', { id, model, version });
    return loadBundle(new TextDecoder().decode(await client.runs.readFile(run.info.runId, BUNDLE_FILE)));
  });
}

/** `66.8 (57.6 to 75.9)` with all digits. */
function rangeText({ prediction, lower, upper }: Pick<PredictionRow, 'prediction' | 'lower' | 'upper'>): string {
  return `${prediction} (${lower ?? 'no end'} to ${upper ?? 'no end'})`;
}
