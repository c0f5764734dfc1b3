import { ScorecastError, type Bundle } from '@scorecast/core';
import type { FastifyBaseLogger } from 'fastify';
import { metricFamily, type MetricFamily } from '../metrics/exposition.js';
import { labelledCounter } from '../metrics/labelled-counter.js';
import { readBundleFile, type LoadedBundle } from './bundle-file.js';

/** Reads the bundle's file again when it is told to. */
export interface Reloader {
  /** Settles when the file has been read and, if it is another model, is served. It never fails: the log says why not. */
  reload(this: void): Promise<void>;
  families(this: void): readonly MetricFamily[];
}

const OUTCOMES = ['replaced', 'unchanged', 'refused'] as const;

/**
 * Goes on with the bundle that is at a path by then. A bundle that cannot be read, is damaged or does not predict its
 * recorded rows is refused, and what is served stays.
 *
 * @param serve Serves a bundle from now on.
 */
export function reloader(
  path: string,
  first: Bundle,
  serve: (next: LoadedBundle) => void | Promise<void>,
  log: FastifyBaseLogger,
): Reloader {
  const outcomes = labelledCounter(OUTCOMES.map((outcome) => ({ outcome })));
  let served = first;
  let running: Promise<void> | undefined;
  let isWanted = false;

  async function attempt(): Promise<(typeof OUTCOMES)[number]> {
    const from = served.version;
    try {
      const next = await readBundleFile(path);
      const { name, version } = next.bundle;
      if (version === from) {
        log.info({ model: name, version }, 'the bundle is the one that is served');
        return 'unchanged';
      }
      await serve(next);
      served = next.bundle;
      log.info({ model: name, version, from }, 'serving another bundle');
      return 'replaced';
    } catch (err) {
      const why = err instanceof ScorecastError ? { code: err.code, reason: err.message } : { err };
      log.error({ ...why, version: from }, 'the new bundle is refused; the one that is served stays');
      return 'refused';
    }
  }

  return {
    reload() {
      // Whoever asks while one is running may mean a file that it has not seen: one more follows.
      isWanted = true;
      running ??= (async () => {
        while (isWanted) {
          isWanted = false;
          outcomes.add({ outcome: await attempt() });
        }
        running = undefined;
      })();
      return running;
    },
    families: () => [
      metricFamily('scorecast_model_reloads_total', 'counter', 'Readings of the bundle anew.', outcomes.samples()),
    ],
  };
}
