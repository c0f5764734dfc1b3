import type { Settings } from '../settings/settings.js';
import { keepServing, type RunningService, type SignalSource } from './keep-serving.js';

/** What a service is given besides its settings. */
export interface ServiceSurroundings {
  readonly signals: SignalSource;
  /** Where log lines go. Default: standard output. */
  readonly logStream?: { write(line: string): void };
  /** Called when it answers. */
  readonly onListening?: (service: RunningService) => void;
}

/**
 * Serves the bundle at a path until it is told to stop.
 *
 * @returns The exit code: 0, or 130 when a second signal cut running requests.
 * @throws SERVE_NO_BUNDLE, BUNDLE_..., SERVE_PORT_IN_USE and what else keeps a service from starting or ends it.
 */
export async function runService(
  path: string,
  settings: Settings,
  { signals, logStream, onListening }: ServiceSurroundings,
): Promise<number> {
  const { singleProcess } = await import('./single-process.js');
  const service = await singleProcess(path, settings, logStream);
  onListening?.(service);
  return keepServing(service, path, settings, signals);
}
