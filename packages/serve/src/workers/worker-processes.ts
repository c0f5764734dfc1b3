import cluster from 'node:cluster';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger } from 'fastify';
import { metricFamily, type MetricFamily } from '../metrics/exposition.js';
import { countedFamilies, mergeFamilies } from '../metrics/merge-families.js';
import { processMetrics } from '../metrics/process-metrics.js';
import { serveError } from '../serve-error.js';
import { readBundleFile, type LoadedBundle } from '../process/bundle-file.js';
import type { RunningService } from '../process/keep-serving.js';
import { reloader } from '../process/reloader.js';
import { processLog } from '../logging/process-log.js';
import type { Settings } from '../settings/settings.js';
import { workerProcess, type WorkerProcess } from './worker.js';

/** A worker that dies is replaced at once the first time, and each time later after twice as long. */
const BACK_OFF_MS = 100;
const LONGEST_BACK_OFF_MS = 5000;

/** More deaths than this within a minute, and the service gives up: something is wrong that no new worker mends. */
const MOST_DEATHS = 10;
const DEATHS_WINDOW_MS = 60_000;

/** How long a worker may take to read a new bundle, beyond which it is replaced. */
const RELOAD_TIMEOUT_MS = 60_000;

/** A worker ends in time by itself; one that has not when as much more has passed hangs. */
const HANGING_MS = 10_000;

/**
 * Serves the bundle at a path from several processes that share a port. This one reads the bundle, proves it and hands it
 * out, replaces workers that die, passes signals on and adds up what all have counted; it answers no request itself.
 *
 * @throws SERVE_NO_BUNDLE, BUNDLE_..., and what `startServer` throws
 */
export async function workerProcesses(
  path: string,
  settings: Settings,
  count: number,
  logStream?: { write(line: string): void },
): Promise<RunningService> {
  const log = processLog(settings, logStream);
  const first = await readBundleFile(path);
  const crew = new Crew(first, settings, log, logStream);
  const url = await crew.start(count);
  const { reload, families } = reloader(path, first.bundle, (next) => crew.serve(next), log);
  crew.sources.push(families);
  log.info({ workers: crew.pids() }, `Server listening at ${url}`);
  return {
    url,
    bundle: first.bundle,
    reload,
    cut: () => crew.cut(),
    async stop() {
      log.info('stopping');
      await crew.stop();
      log.info('stopped');
    },
    failed: crew.failed,
  };
}

/** The workers of a service, and what is needed to replace one. */
class Crew {
  readonly sources: (() => readonly MetricFamily[])[] = [];
  readonly failed: Promise<never>;
  readonly #workers = new Set<WorkerProcess>();
  readonly #deaths: number[] = [];
  readonly #log: FastifyBaseLogger;
  readonly #logStream: { write(line: string): void } | undefined;
  #giveUp: (error: Error) => void = () => undefined;
  #settings: Settings;
  #served: LoadedBundle;
  #isStopping = false;
  #restarts = 0;
  /** What workers that are gone had counted. */
  #counted: readonly MetricFamily[] = [];

  constructor(
    served: LoadedBundle,
    settings: Settings,
    log: FastifyBaseLogger,
    logStream: { write(line: string): void } | undefined,
  ) {
    this.#served = served;
    this.#settings = settings;
    this.#log = log;
    this.#logStream = logStream;
    this.failed = new Promise<never>((_, reject) => {
      this.#giveUp = reject;
    });
    // It may fail before anybody waits for it.
    this.failed.catch(() => undefined);
    this.sources.push(() => this.#families(), processMetrics);
    cluster.setupPrimary({
      exec: fileURLToPath(new URL('./worker-main.js', import.meta.url)),
      args: [],
      serialization: 'advanced',
      silent: logStream !== undefined,
    });
  }

  /** Starts all workers; fails with the reason of the first that cannot serve. */
  async start(count: number): Promise<string> {
    const { version } = this.#served.bundle;
    try {
      const workers = Array.from({ length: count }, () => this.#hire());
      const [url] = await Promise.all(workers.map((worker) => worker.serving(version)));
      // Those that come later must take the same port, also where any free one would do.
      this.#settings = { ...this.#settings, port: Number(new URL(url).port) };
      for (const worker of workers) this.#replaceWhenEnded(worker);
      return url;
    } catch (error) {
      this.#isStopping = true;
      for (const worker of this.#workers) worker.kill();
      throw error;
    }
  }

  /** Hands out another bundle, and waits until every worker serves it. */
  async serve(next: LoadedBundle): Promise<void> {
    this.#served = next;
    const { version } = next.bundle;
    await Promise.all(
      Array.from(this.#workers, async (worker) => {
        worker.tell({ kind: 'serve', text: next.text });
        const isServing = worker.serving(version).then(() => true);
        const isLate = wait(RELOAD_TIMEOUT_MS, false, { ref: false });
        if (await Promise.race([isServing.catch(() => true), isLate])) return;
        // What it should do it cannot; its successor begins with the new bundle.
        this.#log.error({ worker: worker.pid }, 'a worker did not take the new bundle in time');
        worker.kill();
      }),
    );
  }

  pids(): readonly (number | undefined)[] {
    return Array.from(this.#workers, ({ pid }) => pid);
  }

  cut(): void {
    for (const worker of this.#workers) worker.tell({ kind: 'cut' });
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    const { drainDelayMs, stopTimeoutMs } = this.#settings;
    const timeoutMs = drainDelayMs + stopTimeoutMs + HANGING_MS;
    const workers = Array.from(this.#workers);
    const overdue = setTimeout(() => workers.forEach((worker) => worker.kill()), timeoutMs);
    // A connection that one worker ended while another still listened would come back to it, and be lost when that one ends.
    await Promise.all(workers.map((worker) => worker.refusing()));
    for (const worker of workers) worker.tell({ kind: 'close' });
    const endings = await Promise.all(workers.map(({ ended }) => ended));
    clearTimeout(overdue);
    if (endings.some(({ code }) => code !== 0)) throw serveError('SERVE_STOP_OVERDUE', { timeoutMs });
  }

  /** The counts of all, as one service's; those of a worker that does not say are those it said last. */
  async collect(asking: WorkerProcess): Promise<readonly MetricFamily[]> {
    const workers = Array.from(this.#workers);
    await Promise.all(workers.filter((one) => one !== asking && one.isServing).map((one) => one.count()));
    return mergeFamilies([
      this.#counted,
      ...workers.map(({ families }) => families),
      ...this.sources.map((source) => source()),
    ]);
  }

  #hire(): WorkerProcess {
    const forked = cluster.fork();
    const { stdout, stderr } = forked.process;
    for (const output of [stdout, stderr]) output?.on('data', (lines: Buffer) => this.#logStream?.write(String(lines)));
    const worker: WorkerProcess = workerProcess(
      forked,
      () => ({ kind: 'start', text: this.#served.text, settings: this.#settings }),
      () => this.collect(worker),
    );
    this.#workers.add(worker);
    void worker.ended.then(() => {
      this.#workers.delete(worker);
      this.#counted = mergeFamilies([this.#counted, countedFamilies(worker.families)]);
    });
    return worker;
  }

  #replaceWhenEnded(worker: WorkerProcess): void {
    void worker.ended.then(async ({ code, signal }) => {
      if (this.#isStopping) return;
      const now = Date.now();
      this.#deaths.push(now);
      const recent = this.#deaths.filter((at) => at > now - DEATHS_WINDOW_MS).length;
      this.#log.error({ worker: worker.pid, code, signal, recent }, 'a worker has ended; another takes its place');
      if (recent > MOST_DEATHS) {
        this.#giveUp(serveError('SERVE_WORKERS_END', { deaths: recent, seconds: DEATHS_WINDOW_MS / 1000 }));
        return;
      }
      await wait(recent === 1 ? 0 : Math.min(BACK_OFF_MS * 2 ** (recent - 2), LONGEST_BACK_OFF_MS));
      if (this.#isStopping) return;
      this.#restarts++;
      this.#replaceWhenEnded(this.#hire());
    });
  }

  #families(): readonly MetricFamily[] {
    const serving = Array.from(this.#workers).filter(({ isServing }) => isServing).length;
    return [
      metricFamily('scorecast_workers', 'gauge', 'Processes that answer.', [{ value: serving }]),
      metricFamily('scorecast_worker_restarts_total', 'counter', 'Processes that took the place of one that ended.', [
        { value: this.#restarts },
      ]),
    ];
  }
}
