import { loadBundle, ScorecastError } from '@scorecast/core';
import type { MetricFamily } from '../metrics/exposition.js';
import { openServer, type OpenServer } from '../start-server.js';
import { isToWorker, type FromWorker, type ToWorker } from './messages.js';

// One of several processes of a service. It listens to the first process alone: a signal from a terminal reaches all.

/** How long `GET /metrics` waits for the other workers' counts; the first process waits less. */
const COLLECT_TIMEOUT_MS = 3000;

const asked = new Map<number, (families: readonly MetricFamily[]) => void>();
let asks = 0;
let server: OpenServer | undefined;
/** What is read and served takes time; one after the other. */
let work = Promise.resolve();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => void close());
process.on('message', (message: unknown) => {
  if (isToWorker(message)) handle(message);
});

tell({ kind: 'ready' });

function handle(message: ToWorker): void {
  switch (message.kind) {
    case 'start':
      work = work.then(() => start(message)).catch(fail);
      break;
    case 'serve':
      work = work.then(() => serve(message.text)).catch(fail);
      break;
    case 'count':
      tell({ kind: 'count', families: ownFamilies() });
      break;
    case 'counted':
      asked.get(message.id)?.(message.families);
      break;
    case 'refuse':
      void refuse();
      break;
    case 'close':
      void close();
      break;
    case 'cut':
      server?.cut();
      break;
  }
}

async function start({ text, settings }: Extract<ToWorker, { kind: 'start' }>): Promise<void> {
  const bundle = await loadBundle(text);
  server = await openServer(bundle, { ...settings, gather });
  tell({ kind: 'serving', url: server.url, version: bundle.version });
}

async function serve(text: string): Promise<void> {
  const bundle = await loadBundle(text);
  if (server === undefined) return;
  server.context.replace(bundle);
  tell({ kind: 'serving', url: server.url, version: bundle.version });
}

async function refuse(): Promise<void> {
  await work;
  await server?.refuse();
  tell({ kind: 'refusing' });
}

async function close(): Promise<void> {
  try {
    await server?.close();
    process.exit(0);
  } catch (error) {
    fail(error);
  }
}

/** A worker that cannot do what it should is replaced by another. */
function fail(error: unknown): void {
  const known = error instanceof ScorecastError ? error : undefined;
  const message = known?.message ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
  const { code = 'SERVE_INTERNAL', exitCode = 1 } = known ?? {};
  tell({ kind: 'failed', code, exitCode, message }, () => process.exit(exitCode));
}

function ownFamilies(): readonly MetricFamily[] {
  if (server === undefined) return [];
  const { metrics, options, current } = server.context;
  return metrics.families(options.now(), current().counts);
}

/** The metrics of all workers, through the first process; where it is too slow or gone, this worker's own. */
async function gather(families: readonly MetricFamily[]): Promise<readonly MetricFamily[]> {
  const id = asks++;
  const answer = new Promise<readonly MetricFamily[]>((resolve) => {
    asked.set(id, resolve);
    setTimeout(() => resolve(families), COLLECT_TIMEOUT_MS).unref();
  });
  tell({ kind: 'collect', id, families });
  try {
    return await answer;
  } finally {
    asked.delete(id);
  }
}

function tell(message: FromWorker, then: () => void = () => undefined): void {
  if (process.connected) process.send?.(message, then);
  else then();
}
