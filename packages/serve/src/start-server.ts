import type { Bundle } from '@scorecast/core';
import type { FastifyInstance } from 'fastify';
import { createServer } from './create-server.js';
import { openConnections, type OpenConnections } from './open-connections.js';
import { serveError } from './serve-error.js';
import type { ServerOptions } from './server-options.js';

/** How long closing waits for running requests before it cuts them off. */
const CLOSE_TIMEOUT_MS = 10_000;

/** {@link ServerOptions} and where to listen. */
export interface ListenOptions extends ServerOptions {
  /** Default `127.0.0.1`: this machine only. `0.0.0.0` is every address, as containers need it. */
  readonly host?: string;
  /** 0 to 65535; default 8080; 0 is any free port. */
  readonly port?: number;
}

/** A server that listens. */
export interface RunningServer {
  /** Where a browser on this machine finds it: `http://localhost:8080`. */
  readonly url: string;
  /** Stops listening, lets running requests finish (at most 10 s) and ends all connections. */
  close(): Promise<void>;
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
  const { host = '127.0.0.1', port = 8080, ...serverOptions } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw serveError('SERVE_OPTION', { option: 'port', value: port, expected: 'a whole number from 0 to 65535' });
  }
  const app = await createServer(bundle, serverOptions);
  const connections = openConnections(app.server);
  try {
    const url = nameFor(await app.listen({ host, port }), host);
    return { url, close: () => closeServer(app, connections) };
  } catch (cause) {
    await app.close();
    throw listenError(cause, host, port);
  }
}

/** The address as people on this machine type it: every address of it, and the usual one, is `localhost`. */
function nameFor(address: string, host: string): string {
  const url = new URL(address);
  if (['127.0.0.1', '0.0.0.0', '::'].includes(host)) url.hostname = 'localhost';
  return url.origin;
}

async function closeServer(app: FastifyInstance, connections: OpenConnections): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), CLOSE_TIMEOUT_MS);
  connections.finish();
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
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
