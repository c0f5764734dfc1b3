import type { Bundle } from '@scorecast/core';
import { cliError } from './cli-error.js';
import type { Surroundings } from './surroundings.js';

/** Where to listen; what is left out comes from `PORT` and `HOST`, then from the defaults. */
export interface Address {
  readonly port?: number;
  readonly host?: string;
}

const DEFAULT_PORT = 8080;

/** Serves a bundle, says what to open and type next, and returns when the signal has stopped the server. */
export async function serveUntilStopped(bundle: Bundle, address: Address, surroundings: Surroundings): Promise<void> {
  const { startServer } = await import('@scorecast/serve');
  const { terminal, env, signal } = surroundings;
  const server = await startServer(bundle, {
    port: address.port ?? environmentPort(env['PORT']) ?? DEFAULT_PORT,
    ...terminal.serverLog,
    host: address.host ?? nonEmpty(env['HOST']) ?? '127.0.0.1',
  });
  const { url } = server;
  const [row] = bundle.replay.rows;
  terminal.message('info', `\nserving ${bundle.name} ${bundle.version} at ${terminal.bold(url)}`, { url });
  terminal.message('info', `  form     ${url}/predictdata`);
  terminal.message('info', `  program  curl ${url}/predict --json '${shellQuoted(JSON.stringify(row))}'`);
  terminal.message('info', '  stop     Ctrl-C');
  await untilStopped(signal);
  await server.close();
  terminal.message('info', 'stopped');
}

function environmentPort(text: string | undefined): number | undefined {
  if (nonEmpty(text) === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw cliError('CLI_USAGE', {
    problem: `the environment variable PORT is ${JSON.stringify(text)} (expected an integer from 0 to 65535)`,
  });
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
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
