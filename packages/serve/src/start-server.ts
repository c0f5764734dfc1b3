import { setTimeout as wait } from 'node:timers/promises';
import type { Bundle } from '@scorecast/core';
import { createServing, type Serving } from './create-server.js';
import { openConnections } from './open-connections.js';
import { serveError } from './serve-error.js';
import type { ServerOptions } from './server-options.js';
import type { Settings } from './settings/settings.js';

/** How long what is flushed at the end, such as the log of predictions, may take after the last answer. */
const FLUSH_TIMEOUT_MS = 5000;

/**
 * {@link ServerOptions}, where to listen, and how long closing goes on accepting. `host` is by default `127.0.0.1`, this
 * machine only; `port` 8080, and 0 any free port.
 */
export type ListenOptions = ServerOptions & Partial<Pick<Settings, 'host' | 'port' | 'drainDelayMs'>>;

/** A server that listens. */
export interface RunningServer {
  /** Where a browser on this machine finds it: `http://localhost:8080`. */
  readonly url: string;
  /** Stops listening, lets running requests finish (at most 10 s) and ends all connections. */
  close(this: void): Promise<void>;
}

/** {@link RunningServer} with what a service needs beyond. */
export interface OpenServer extends RunningServer, Serving {
  /** The first half of {@link RunningServer.close}: says that it stops, waits for `drainDelayMs`, and stops listening. */
  refuse(this: void): Promise<void>;
  /** Ends the connections that {@link RunningServer.close} still waits for. */
  cut(this: void): void;
}

/**
 * Serves a bundle on a port.
 *
 * @throws SERVE_OPTION, SERVE_PORT_IN_USE, SERVE_PORT_NOT_ALLOWED, SERVE_HOST_UNKNOWN
 * @example
 * const server = await startServer(tinyBundle, { port: 0, logLevel: 'silent' });
 * (await fetch(`${server.url}/health`)).status; // => 200
 * await server.close();
 */
export async function startServer(bundle: Bundle, options: ListenOptions = {}): Promise<RunningServer> {
  return openServer(bundle, options);
}

/** @throws What {@link startServer} throws. */
export async function openServer(bundle: Bundle, options: ListenOptions): Promise<OpenServer> {
  const serving = await createServing(bundle, options);
  const { app, context } = serving;
  const { host, port, drainDelayMs, stopTimeoutMs } = context.options;
  const connections = openConnections(app.server);
  const stopped = new AbortController();
  let ended: Promise<void> | undefined;
  const cut = () => {
    stopped.abort();
    app.server.closeAllConnections();
  };
  const refuse = async () => {
    context.stop();
    if (drainDelayMs > 0) await wait(drainDelayMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    ended ??= connections.refuse();
  };
  const close = async () => {
    if (ended === undefined) await refuse();
    connections.finish();
    const overdue = setTimeout(cut, stopTimeoutMs);
    try {
      // What is flushed at the end comes after the last answer.
      await within(
        stopTimeoutMs + FLUSH_TIMEOUT_MS,
        Promise.resolve(ended).then(() => app.close()),
      );
    } finally {
      clearTimeout(overdue);
    }
  };
  try {
    return { ...serving, url: nameFor(await app.listen({ host, port }), host), refuse, close, cut };
  } catch (cause) {
    await app.close();
    throw listenError(cause, host, port);
  }
}

/** @throws SERVE_STOP_OVERDUE when the work takes longer. */
async function within(timeoutMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise((_, reject) => {
    timer = setTimeout(() => reject(serveError('SERVE_STOP_OVERDUE', { timeoutMs })), timeoutMs);
  });
  try {
    await Promise.race([work, overdue]);
  } finally {
    clearTimeout(timer);
  }
}

/** The address as people on this machine type it: every address of it, and the usual one, is `localhost`. */
function nameFor(address: string, host: string): string {
  const url = new URL(address);
  if (['127.0.0.1', '0.0.0.0', '::'].includes(host)) url.hostname = 'localhost';
  return url.origin;
}

function listenError(cause: unknown, host: string, port: number): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return serveError('SERVE_PORT_IN_USE', { port, host }, { cause });
    case 'EACCES':
      return serveError('SERVE_PORT_NOT_ALLOWED', { port, host }, { cause });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return serveError('SERVE_HOST_UNKNOWN', { host, reason: code }, { cause });
    default:
      return cause;
  }
}
