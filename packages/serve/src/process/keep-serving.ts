import type { Bundle } from '@scorecast/core';
import { serveError } from '../serve-error.js';
import type { Settings } from '../settings/settings.js';
import { watchFile } from './watch-file.js';

/** A service that runs, in one process or several. */
export interface RunningService {
  readonly url: string;
  /** What it began with. */
  readonly bundle: Bundle;
  /** Reads the bundle's file again. */
  reload(this: void): Promise<void>;
  /** Answers what was asked and ends. Settles when everything is closed. */
  stop(this: void): Promise<void>;
  /** Ends what {@link RunningService.stop} still waits for. */
  cut(this: void): void;
  /** Settles when the service ends without having been told to; fails with what ended it. */
  readonly failed: Promise<never>;
}

/** The signals that a service listens to. */
export type ServiceSignal = 'SIGHUP' | 'SIGINT' | 'SIGTERM';

/** What sends signals: `process`, or what tests put in its place. */
export interface SignalSource {
  on(event: ServiceSignal, listener: () => void): unknown;
  off(event: ServiceSignal, listener: () => void): unknown;
}

/** How often the bundle's file is looked at. */
const WATCH_INTERVAL_MS = 500;

/**
 * Starts a service and lets it serve until SIGTERM or SIGINT: the first lets running requests finish, a second one cuts
 * them. SIGHUP and, with `--watch`, a change of the file read the bundle again.
 *
 * @throws What the start throws, what ends a service that was not told to, and SERVE_CUT after a second signal.
 */
export async function keepServing(
  start: () => Promise<RunningService>,
  path: string,
  { watch }: Pick<Settings, 'watch'>,
  signals: SignalSource,
): Promise<void> {
  let service: RunningService | undefined;
  let stops = 0;
  let tell: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const onHangUp = () => void service?.reload();
  const onStop = () => {
    stops++;
    if (stops > 1) service?.cut();
    tell();
  };
  // From the start on: without a listener a signal kills, and as the first process of a container it is lost.
  signals.on('SIGHUP', onHangUp);
  signals.on('SIGINT', onStop);
  signals.on('SIGTERM', onStop);
  let unwatch: () => void = () => undefined;
  try {
    service = await start();
    if (watch) unwatch = watchFile(path, onHangUp, WATCH_INTERVAL_MS);
    try {
      await Promise.race([told, service.failed]);
    } finally {
      unwatch();
      await service.stop();
    }
    if (stops > 1) throw serveError('SERVE_CUT', {});
  } finally {
    signals.off('SIGHUP', onHangUp);
    signals.off('SIGINT', onStop);
    signals.off('SIGTERM', onStop);
  }
}
