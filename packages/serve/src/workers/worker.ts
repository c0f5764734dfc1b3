import type { Worker } from 'node:cluster';
import { EventEmitter, once } from 'node:events';
import { ScorecastError } from '@scorecast/core';
import type { MetricFamily } from '../metrics/exposition.js';
import { serveError } from '../serve-error.js';
import { isFromWorker, type FromWorker, type ToWorker } from './messages.js';

/** How long a worker may take to say what it has counted before its last known counts are used. */
const COUNT_TIMEOUT_MS = 1000;

/** How a process ended. */
interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A worker process, as the first process sees it. */
export interface WorkerProcess {
  readonly pid: number | undefined;
  readonly isServing: boolean;
  /** What it counted when it was last asked. */
  readonly families: readonly MetricFamily[];
  tell(this: void, message: ToWorker): void;
  /** Waits until it serves a version; fails when it ends before. */
  serving(this: void, version: string): Promise<string>;
  /** Tells it to take no new connections, and waits until it does not. */
  refusing(this: void): Promise<void>;
  /** Asks it what it has counted; settles soon, whatever it does. */
  count(this: void): Promise<void>;
  /** Settles when it has ended, by itself or by a signal. */
  readonly ended: Promise<Ending>;
  kill(this: void): void;
}

/**
 * @param first What it is told as soon as it listens.
 * @param onCollect Answers a worker that asks for the counts of all.
 */
export function workerProcess(
  worker: Worker,
  first: () => ToWorker,
  onCollect: () => Promise<readonly MetricFamily[]>,
): WorkerProcess {
  let families: readonly MetricFamily[] = [];
  let served: Extract<FromWorker, { kind: 'serving' }> | undefined;
  let failure: ScorecastError = serveError('SERVE_WORKER_ENDED', {});
  const changed = new EventEmitter().setMaxListeners(0);
  const tell = (message: ToWorker) => {
    if (worker.isConnected()) worker.send(message, () => undefined);
  };
  const hear = async (message: FromWorker): Promise<void> => {
    switch (message.kind) {
      case 'ready':
        tell(first());
        break;
      case 'serving':
        served = message;
        changed.emit('serving');
        break;
      case 'refusing':
        changed.emit('refusing');
        break;
      case 'failed':
        failure = new ScorecastError(message.code, { status: 500, exitCode: message.exitCode }, message.message, {});
        break;
      case 'count':
        families = message.families;
        changed.emit('count');
        break;
      case 'collect':
        families = message.families;
        tell({ kind: 'counted', id: message.id, families: await onCollect() });
        break;
    }
  };
  worker.on('message', (message: unknown) => {
    if (isFromWorker(message)) void hear(message);
  });
  // A channel that breaks is a worker that ends.
  worker.on('error', () => undefined);
  const ended = new Promise<Ending>((resolve) => {
    worker.once('exit', (code: number | null, signal: string | null) => {
      resolve({ code, signal });
      changed.emit('serving');
      changed.emit('refusing');
    });
  });

  return {
    pid: worker.process.pid,
    get isServing() {
      return served !== undefined;
    },
    get families() {
      return families;
    },
    tell,
    async serving(version) {
      while (served?.version !== version) {
        if (worker.isDead()) throw failure;
        await once(changed, 'serving');
      }
      return served.url;
    },
    async count() {
      tell({ kind: 'count' });
      await once(changed, 'count', { signal: AbortSignal.timeout(COUNT_TIMEOUT_MS) }).catch(() => undefined);
    },
    async refusing() {
      if (worker.isDead()) return;
      const refusing = once(changed, 'refusing');
      tell({ kind: 'refuse' });
      await refusing;
    },
    ended,
    kill: () => worker.process.kill('SIGKILL'),
  };
}
