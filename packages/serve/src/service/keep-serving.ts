import type { Settings } from '../settings/settings.js';
import { watchFile } from './watch-file.js';

/** A service that runs, in one process or several. */
export interface RunningService {
  readonly url: string;
  /** Reads the bundle's file again. */
  reload(this: void): Promise<void>;
  /** Answers what was asked and ends. Settles when everything is closed. */
  stop(this: void): Promise<void>;
  /** Ends what {@link RunningService.stop} still waits for. */
  cut(this: void): void;
  /** Settles when the service ends without having been told to; fails with what ended it. */
  readonly failed: Promise<never>;
}

/** What sends signals: `process`, or what tests put in its place. */
export interface SignalSource {
  on(event: NodeJS.Signals, listener: () => void): unknown;
  off(event: NodeJS.Signals, listener: () => void): unknown;
}

/** The exit code after a second signal. */
const CANCELLED = 130;

/** How often the bundle's file is looked at. */
const WATCH_INTERVAL_MS = 500;

/**
 * Serves until SIGTERM or SIGINT: the first lets running requests finish, a second one cuts them. SIGHUP and, with
 * `--watch`, a change of the file read the bundle again.
 *
 * @returns The exit code.
 */
export async function keepServing(
  service: RunningService,
  path: string,
  { watch }: Pick<Settings, 'watch'>,
  signals: SignalSource,
): Promise<number> {
  const reload = () => void service.reload();
  signals.on('SIGHUP', reload);
  const unwatch = watch ? watchFile(path, reload, WATCH_INTERVAL_MS) : () => undefined;
  let isCut = false;
  let onSignal: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    let isTold = false;
    onSignal = () => {
      if (isTold) {
        isCut = true;
        service.cut();
      }
      isTold = true;
      resolve();
    };
  });
  signals.on('SIGINT', onSignal);
  signals.on('SIGTERM', onSignal);
  try {
    await Promise.race([told, service.failed]);
    unwatch();
    await service.stop();
    return isCut ? CANCELLED : 0;
  } finally {
    unwatch();
    signals.off('SIGHUP', reload);
    signals.off('SIGINT', onSignal);
    signals.off('SIGTERM', onSignal);
  }
}
