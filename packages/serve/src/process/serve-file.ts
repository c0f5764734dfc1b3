import { openWarning } from '../access/open-warning.js';
import type { Settings } from '../settings/settings.js';
import { workerCount } from '../workers/worker-count.js';
import { processLog } from '../logging/process-log.js';
import { keepServing, type RunningService, type SignalSource } from './keep-serving.js';

/** What a service is given besides its settings. */
export interface ServeSurroundings {
  readonly signals: SignalSource;
  /** Where log lines go. Default: standard output. */
  readonly logStream?: { write(line: string): void };
  /** Called when it answers. */
  readonly onListening?: (service: RunningService) => void;
}

/**
 * Serves the bundle at a path until it is told to stop.
 *
 * @throws SERVE_NO_BUNDLE, BUNDLE_..., SERVE_PORT_IN_USE, SERVE_CUT and what else keeps a service from starting or ends it.
 */
export async function serveFile(
  path: string,
  settings: Settings,
  { signals, logStream, onListening }: ServeSurroundings,
): Promise<void> {
  const start = async () => {
    const service = await startService(path, settings, logStream);
    onListening?.(service);
    return service;
  };
  await keepServing(start, path, settings, signals);
}

/** What only one of the two ways needs is only loaded for it: the first of several processes needs no web server. */
async function startService(
  path: string,
  settings: Settings,
  logStream: ServeSurroundings['logStream'],
): Promise<RunningService> {
  const warning = openWarning(settings);
  if (warning !== undefined) {
    processLog(settings, logStream).warn(warning);
  }
  const count = workerCount(settings.workers);
  if (count === 1) return (await import('./single-process.js')).singleProcess(path, settings, logStream);
  return (await import('../workers/worker-processes.js')).workerProcesses(path, settings, count, logStream);
}
