import path from 'node:path';
import type { Command } from 'commander';
import { ScorecastError, type Bundle } from '@scorecast/core';
import { flagText, helpText, settings } from '@scorecast/serve/settings';
import { cliError } from '../cli-error.js';
import { withExamples } from '../options.js';
import type { Surroundings } from '../surroundings.js';
import { shownPath } from '../terminal/shown-path.js';
import { serveUntilStopped, type Address } from '../serve-until-stopped.js';
import { findTrained, rememberTraining } from '../training/finished-training.js';
import { readJob, type JobOptions } from '../training/read-job.js';
import { reportTraining } from '../training/report-training.js';
import type { TrainingJob } from '../training/run-training.js';
import { sampleJob } from '../training/sample-job.js';
import { versionsOf } from '../tracking/find-version.js';
import { firstOf } from '../tracking/first-of.js';
import { productionBundle } from '../tracking/production.js';
import { isUntracked, recordTraining } from '../tracking/record-training.js';
import { reportRecord } from '../tracking/report-record.js';
import { connectTracking, resolvePlace, type ResolvedPlace } from '../tracking/tracking-place.js';

interface UpOptions extends Address, JobOptions {
  readonly retrain: boolean;
}

/** `scorecast up`: the whole path in one command. */
export function addUp(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('up')
    .summary('train if needed, then serve: the whole path in one command')
    .description(
      'Trains on the file that is named or configured, or on fictional exam records when there is none, and serves the bundle.\n' +
        'When data, settings and release are those of the last time, it serves at once.',
    )
    .argument('[file]', 'the data file')
    .option('-s, --schema <file>', 'what the columns mean (JSON)')
    .option('-c, --config <file>', 'the configuration; else scorecast.config.{ts,js,mjs,json} in this folder')
    .option('-o, --out <folder>', 'where everything is written; else scorecast-out')
    .option(flagText(settings.port), helpText(settings.port))
    .option(flagText(settings.host), helpText(settings.host))
    .option(
      '--tracking-uri <uri>',
      'where to record: a server, a database file, postgresql://... or none; else <out>/tracking.db',
    )
    .option('--retrain', 'train even when nothing has changed', false)
    .action((file: string | undefined, options: UpOptions) => up(file, options, surroundings));
  withExamples(command, 'scorecast up', 'PORT=9000 scorecast up marks.csv --schema schema.json');
}

async function up(file: string | undefined, options: UpOptions, surroundings: Surroundings): Promise<void> {
  const { port, host, retrain, ...jobOptions } = options;
  const job = await readJob(file, jobOptions, surroundings.directory, sampleJob);
  const trained = (retrain ? undefined : await findTrained(job)) ?? (await trainAnew(job, surroundings));
  const bundle = await served(job, trained, surroundings);
  const { r2, mae } = bundle.metrics.test;
  surroundings.terminal.message(
    'info',
    `${bundle.name} ${bundle.version}: ${bundle.provenance.estimator}, test R2 ${r2.toFixed(4)}, MAE ${mae.toFixed(2)}`,
  );
  await serveUntilStopped(
    bundle,
    { ...(port === undefined ? {} : { port }), ...(host === undefined ? {} : { host }) },
    surroundings,
  );
}

async function trainAnew(job: TrainingJob, surroundings: Surroundings): Promise<Bundle> {
  const recorded = await recordTraining(job, surroundings);
  const { trained } = recorded;
  await rememberTraining(trained);
  await reportTraining(trained, false, surroundings);
  reportRecord(recorded, surroundings);
  return trained.bundle;
}

/**
 * What is in production, which need not be what was trained last. Where tracking is off or away, and where it knows no version
 * of the model, it is what was trained.
 *
 * @throws CLI_NOTHING_IN_PRODUCTION, and BUNDLE_... for one that is damaged
 */
async function served(job: TrainingJob, trained: Bundle, surroundings: Surroundings): Promise<Bundle> {
  const { terminal, directory } = surroundings;
  if (isUntracked(job, surroundings)) return trained;
  const place = resolvePlace(job, surroundings, job.out);
  const found = await inProduction(place, trained, surroundings).catch((error: unknown) => {
    if (error instanceof ScorecastError && error.code.startsWith('BUNDLE_')) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    terminal.message('warn', `serving what was trained last, since what is in production cannot be read: ${reason}`);
    return trained;
  });
  if (found !== undefined) return found;
  throw cliError('CLI_NOTHING_IN_PRODUCTION', {
    model: trained.name,
    bundle: shownPath(path.join(job.out, 'bundle.json'), directory),
  });
}

async function inProduction(
  place: ResolvedPlace,
  trained: Bundle,
  surroundings: Surroundings,
): Promise<Bundle | undefined> {
  const tracking = await connectTracking(place, surroundings, { timeoutMs: 10_000, retries: 1 });
  try {
    const found = await productionBundle(tracking.client, trained.name);
    if (found !== undefined) return found;
    // Without any version there is nothing that could have been held back.
    const [version] = await firstOf(versionsOf(tracking.client, trained.name), 1);
    return version === undefined ? trained : undefined;
  } finally {
    await tracking.close();
  }
}
