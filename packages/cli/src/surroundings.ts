import type { CliProcess } from './cli-process.js';
import type { Terminal } from './terminal/terminal.js';

/** What every command is given besides its own arguments. */
export interface Surroundings {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths are seen from. */
  readonly directory: string;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** Where signals come from, for a command that sees to them itself. */
  readonly signals: Pick<CliProcess, 'on' | 'off'>;
}
