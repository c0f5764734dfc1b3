import type { Bundle } from '@scorecast/core';
import { readSettings } from '@scorecast/serve/settings';
import type { Surroundings } from './surroundings.js';
import type { Terminal } from './terminal/terminal.js';

/** Where to listen, as it was typed; all else about the server comes from the environment, then from the defaults. */
export interface Address {
  readonly port?: string;
  readonly host?: string;
}

/** Serves a bundle, says what to open and type next, and returns when the signal has stopped the server. */
export async function serveUntilStopped(bundle: Bundle, address: Address, surroundings: Surroundings): Promise<void> {
  const { startServer } = await import('@scorecast/serve');
  const { terminal, env, signal } = surroundings;
  const server = await startServer(bundle, { ...readSettings(address, env), ...terminal.serverLog });
  announceServer(server.url, bundle, terminal);
  await untilStopped(signal);
  await server.close();
  terminal.message('info', 'stopped');
}

/** Says what to open and type next. */
export function announceServer(url: string, bundle: Bundle, terminal: Terminal): void {
  const [row] = bundle.replay.rows;
  terminal.message('info', `\nserving ${bundle.name} ${bundle.version} at ${terminal.bold(url)}`, { url });
  terminal.message('info', `  form     ${url}/predictdata`);
  terminal.message('info', `  program  curl ${url}/predict --json '${shellQuoted(JSON.stringify(row))}'`);
  terminal.message('info', '  stop     Ctrl-C');
}

/** A text inside single quotes of a POSIX shell. */
function shellQuoted(text: string): string {
  return text.replaceAll("'", `'\\''`);
}

/** Waits for Ctrl-C or SIGTERM. */
export async function untilStopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}
