import type { Terminal } from './terminal/terminal.js';

/** What every command is given besides its own arguments. */
export interface Surroundings {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths are seen from. */
  readonly directory: string;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
}
