import type { MetricFamily } from './metrics/exposition.js';
import { completeSettings } from './settings/read-settings.js';
import type { Settings } from './settings/settings.js';

/** What only a program can give a server. */
interface Surroundings {
  /** Where log lines go. Default: standard output. */
  readonly logStream?: { write(line: string): void };
  /** What the whole service has counted, where this server is one of several processes of it. */
  readonly gather?: (own: readonly MetricFamily[]) => Promise<readonly MetricFamily[]>;
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

/** {@link ServerOptions} with every default filled in. */
export type CompleteOptions = Settings & Surroundings & Required<Pick<Surroundings, 'now'>>;

/**
 * Fills in the defaults.
 *
 * @throws SERVE_OPTION for a value that a setting does not have.
 */
export function completeOptions({ logStream, gather, now, ...given }: ServerOptions): CompleteOptions {
  return {
    ...completeSettings(given),
    ...(logStream === undefined ? {} : { logStream }),
    ...(gather === undefined ? {} : { gather }),
    now: now ?? (() => new Date()),
  };
}
