import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { ScorecastError } from '@scorecast/core';
import type { OpenTracking, Recorder, RecordHead } from '@scorecast/track';
import type { Surroundings } from '../surroundings.js';
import { runTraining, type Trained, type TrainingJob, type TrainingRun } from '../training/run-training.js';
import { settleProduction } from './production.js';
import type { RecordedTraining } from './recorded-training.js';
import { connectTracking, resolvePlace, userName } from './tracking-place.js';
import { reportUnfinished } from './report-record.js';
import { trainingRecord, unfinishedRecord, type UnfinishedEnd } from './training-record.js';

/** What is written as the tracking URI by those who want no record. */
const NO_TRACKING = 'none';

/** A server that is down must not hold up a training for long; MLflow's own variable changes how long. */
const LIMITS = { timeoutMs: 10_000, retries: 1 };

/** How long Ctrl-C waits for the record of the training that it cancels. */
const GRACE_MS = 2000;

function limitsFrom({ env }: Surroundings): typeof LIMITS {
  const seconds = Number(env['MLFLOW_HTTP_REQUEST_TIMEOUT']);
  return seconds > 0 ? { ...LIMITS, timeoutMs: seconds * 1000 } : LIMITS;
}

/**
 * Trains, and records it. Nothing about the recording makes a training fail: a record that cannot be delivered is kept in the
 * output folder, and the next training delivers it.
 *
 * @param options `promote`: why the new version is to go into production; the first one does without.
 */
export async function recordTraining(
  job: TrainingJob,
  surroundings: Surroundings,
  { promote: reason, ...run }: TrainingRun & { readonly promote?: string } = {},
): Promise<RecordedTraining> {
  if (isUntracked(job, surroundings)) {
    return { trained: await runTraining(job, surroundings, run), recorded: undefined };
  }
  const { clientTarget, recorderOf, spoolIn } = await import('@scorecast/track');
  const place = resolvePlace(job, surroundings, job.out);
  const spool = spoolIn(path.join(job.out, 'unrecorded'));
  let opening: Promise<OpenTracking> | undefined;
  // A training that was cancelled is recorded too, as long as that does not take long.
  const patience = patienceAfter(surroundings.signal);
  const { signal } = patience;
  const open = () => (opening ??= connectTracking(place, { ...surroundings, signal }, limitsFrom(surroundings)));
  const recorder = recorderOf(
    async () => {
      const { client, uri } = await open();
      return clientTarget(client, uri);
    },
    spool,
    { signal },
  );
  try {
    const { trained, recorded } = await trainWith(recorder, job, surroundings, run);
    if (recorded?.kind !== 'delivered' || recorded.version === undefined) return { trained, recorded };
    const { client, uri } = await open();
    return await settleProduction(client, recorded.version, reason).then(
      (production) => ({ trained, recorded, production, uri }),
      (error: unknown) => ({ trained, recorded, unsettled: reasonOf(error) }),
    );
  } finally {
    await closed(opening, signal);
    patience.end();
  }
}

/** A signal that is aborted a while after another one. */
function patienceAfter(cancelled: AbortSignal): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    const reason = `tracking had not answered ${GRACE_MS / 1000} s after the training was cancelled`;
    timer = setTimeout(() => controller.abort(new Error(reason)), GRACE_MS);
  };
  if (cancelled.aborted) start();
  else cancelled.addEventListener('abort', start, { once: true });
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      cancelled.removeEventListener('abort', start);
    },
  };
}

/** Whether no record is wanted. */
export function isUntracked({ trackingUri }: TrainingJob, { env }: Surroundings): boolean {
  return (trackingUri ?? env['MLFLOW_TRACKING_URI']) === NO_TRACKING;
}

async function trainWith(
  recorder: Recorder,
  job: TrainingJob,
  surroundings: Surroundings,
  run: TrainingRun,
): Promise<RecordedTraining> {
  const head = headOf(job);
  let begun: Promise<void> | undefined;
  let trained: Trained;
  try {
    trained = await runTraining(job, surroundings, {
      ...run,
      // The training does not wait for it.
      onStart: () => {
        begun = recorder.begin(head);
      },
      onProgress: progressTo(recorder),
    });
  } catch (error) {
    // What never began, for want of a file for example, is no run.
    if (begun !== undefined) {
      await begun;
      const end = endOf(error, surroundings);
      reportUnfinished(await recorder.finish(await unfinishedRecord(head, job, end, surroundings)), end, surroundings);
    }
    throw error;
  }
  await begun;
  const recorded = await recorder.finish(await trainingRecord(head, trained, Date.now(), surroundings));
  return { trained, recorded };
}

function headOf(job: TrainingJob): RecordHead {
  const startTime = Date.now();
  return {
    id: randomBytes(16).toString('hex'),
    experiment: job.experiment ?? job.schema.name,
    // It gets the winner's name when there is one.
    runName: 'training',
    user: userName(),
    startTime,
  };
}

/** Reports the best score so far, by the number of fits that are done. */
function progressTo(recorder: Recorder): NonNullable<TrainingRun['onProgress']> {
  return ({ stage, done, best }) => {
    if (stage !== 'search' || best === undefined) return;
    const { metric, score } = best;
    recorder.progress([{ key: `search_best_${metric}`, value: score, step: done, timestamp: Date.now() }]);
  };
}

function endOf(error: unknown, { signal }: Surroundings): UnfinishedEnd {
  const reason = error instanceof ScorecastError ? `${error.code}: ${error.message}` : String(error);
  return { isCancelled: signal.aborted, reason, endTime: Date.now() };
}

async function closed(opening: Promise<OpenTracking> | undefined, signal: AbortSignal): Promise<void> {
  if (opening === undefined) return;
  // Everything that was recorded is stored by now.
  const closing = opening.then((tracking) => tracking.close()).catch(() => undefined);
  const gaveUp = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([closing, gaveUp]);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
