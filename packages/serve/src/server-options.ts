import { completeSettings } from './settings/read-settings.js';
import type { Settings } from './settings/settings.js';

/** What only a program can give a server. */
interface Surroundings {
  /** Where log lines go. Default: standard output. */
  readonly logStream?: { write(line: string): void };
  /** The clock. Default: the system's. */
  readonly now?: () => Date;
}

/** The settings that are about the process and not about a server in it. */
type ProcessSetting = 'port' | 'host' | 'workers' | 'watch' | 'drainDelayMs';

/**
 * How a server behaves, whatever bundle it serves: any of the service's settings, as the table in `settings.ts` explains
 * them, and what only programs can give.
 */
export type ServerOptions = Partial<Omit<Settings, ProcessSetting>> & Surroundings;

/** {@link ServerOptions} with every default filled in; `logStream` stays absent for standard output. */
export type CompleteOptions = Settings & Required<Omit<Surroundings, 'logStream'>> & Pick<Surroundings, 'logStream'>;

/**
 * Fills in the defaults.
 *
 * @throws SERVE_OPTION for a value that a setting does not have.
 */
export function completeOptions({ logStream, now, ...given }: ServerOptions): CompleteOptions {
  return {
    ...completeSettings(given),
    ...(logStream === undefined ? {} : { logStream }),
    now: now ?? (() => new Date()),
  };
}
