import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JsonReader, loadBundle, ScorecastError } from '@scorecast/core';
import type { Run, TrackingClient } from '@scorecast/track';
import { cliError } from '../cli-error.js';
import { parseConfig } from '../config/parse-config.js';
import type { Surroundings } from '../surroundings.js';
import { runTraining, type TrainingJob } from '../training/run-training.js';
import { VERSION } from '../version.js';
import { jsonDifferences } from './json-differences.js';
import { BUNDLE_FILE, JOB_FILE } from './training-record.js';

/** How many differences are told. */
const LISTED = 5;

/**
 * Trains a run again, in a folder that is removed afterwards, and compares the bundles byte by byte.
 *
 * @throws CLI_RUN_NOT_TRAINED, CLI_DATA_DIFFERS, CLI_NOT_REPRODUCED
 */
export async function reproduceRun(
  client: TrackingClient,
  { info: { runId } }: Run,
  options: { readonly data?: string; readonly workers?: number },
  surroundings: Surroundings,
): Promise<void> {
  const { directory, terminal, signal } = surroundings;
  const recorded = await recordedJob(client, runId);
  const expected = await readText(client, runId, BUNDLE_FILE);
  const data = options.data === undefined ? recorded.job.data : path.resolve(directory, options.data);
  await requireData(data, recorded.dataSha256, signal);
  const out = await mkdtemp(path.join(tmpdir(), 'scorecast-reproduce-'));
  try {
    const { workers } = options;
    const job: TrainingJob = { ...recorded.job, data, out, ...(workers === undefined ? {} : { workers }) };
    const { bundlePath } = await runTraining(job, surroundings);
    const found = await readFile(bundlePath, 'utf8');
    if (found !== expected) throw await notReproduced(runId, recorded, expected, found);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
  const { version } = await loadBundle(expected);
  const sha256 = createHash('sha256').update(expected).digest('hex');
  terminal.message('info', `reproduced: run ${runId} gives the bundle ${version} again, SHA-256 ${sha256}`, {
    run: runId,
    version,
    sha256,
  });
}

interface RecordedJob {
  /** The release that trained. */
  readonly release: string;
  readonly dataSha256: string;
  readonly job: Omit<TrainingJob, 'out'>;
}

async function recordedJob(client: TrackingClient, runId: string): Promise<RecordedJob> {
  const reader = new JsonReader();
  const content: unknown = JSON.parse(await readText(client, runId, JOB_FILE));
  const { scorecast, dataSha256, ...settings } = reader.object(content, JOB_FILE);
  const job = parseConfig(settings, JOB_FILE);
  return {
    release: reader.string(scorecast, 'scorecast'),
    dataSha256: reader.string(dataSha256, 'dataSha256'),
    job: { ...job, data: reader.string(job.data, 'data') },
  };
}

async function readText(client: TrackingClient, runId: string, file: string): Promise<string> {
  try {
    return new TextDecoder().decode(await client.runs.readFile(runId, file));
  } catch (error) {
    const isMissing = error instanceof ScorecastError && error.status === 404;
    throw isMissing ? cliError('CLI_RUN_NOT_TRAINED', { run: runId, file }, { cause: error }) : error;
  }
}

async function requireData(file: string, expected: string, signal: AbortSignal): Promise<void> {
  const found = await sha256Of(file, signal).catch((cause: unknown) => {
    signal.throwIfAborted();
    const reason = 'the run was trained on it (name where it is now with --data)';
    throw cliError('CLI_FILE_UNREADABLE', { what: 'the data', path: file, reason }, { cause });
  });
  if (found !== expected) throw cliError('CLI_DATA_DIFFERS', { path: file, expected, found });
}

async function sha256Of(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const chunks: AsyncIterable<Buffer> = createReadStream(file, { signal });
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

async function notReproduced(
  run: string,
  { release, job }: RecordedJob,
  expected: string,
  found: string,
): Promise<ScorecastError> {
  const differences = jsonDifferences(contentOf(expected), contentOf(found));
  const reasons = [
    ...(release === VERSION ? [] : [`it was trained by Scorecast ${release}, and this is ${VERSION}`]),
    ...(job.time === undefined ? [] : [`it had ${job.time} seconds: what is done in that time depends on the machine`]),
    ...differences.slice(0, LISTED),
    ...(differences.length > LISTED ? [`and ${differences.length - LISTED} more differences`] : []),
  ];
  const [before, now] = await Promise.all([loadBundle(expected), loadBundle(found)]);
  return cliError('CLI_NOT_REPRODUCED', { run, expected: before.version, found: now.version, reasons });
}

/** Without the checksum, which differs whenever anything does. */
function contentOf(text: string): unknown {
  return new JsonReader().object(JSON.parse(text), '')['content'];
}
