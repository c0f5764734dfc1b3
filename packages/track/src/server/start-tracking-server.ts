import { type FastifyInstance } from 'fastify';
import { accessTo } from '../access/access.js';
import { trackError } from '../track-error.js';
import { createTrackingServer } from './create-tracking-server.js';
import { type TrackingServerOptions } from './server-options.js';

/** How long closing waits for running requests before it cuts them off. */
const CLOSE_TIMEOUT_MS = 10_000;

/** {@link TrackingServerOptions} and where to listen. */
export interface TrackingListenOptions extends TrackingServerOptions {
  /** Default `127.0.0.1`: this machine only. */
  readonly host?: string;
  /** 0 to 65535; default 5000; 0 is any free port. */
  readonly port?: number;
}

/** A server that listens. */
export interface RunningTrackingServer {
  /** Where a program on this machine finds it: `http://localhost:5000`. */
  readonly url: string;
  /** Stops listening, lets running requests finish (at most 10 s) and ends all connections. */
  close(): Promise<void>;
}

/**
 * Serves the tracking API on a port.
 *
 * @throws TRACK_LISTEN, and TRACK_ACCESS_OPEN when other machines reach a server without access rules.
 */
export async function startTrackingServer(options: TrackingListenOptions): Promise<RunningTrackingServer> {
  const { host = '127.0.0.1', port = 5000, ...serverOptions } = options;
  const access = options.access ?? accessTo(options.store, { host });
  const app = await createTrackingServer({ ...serverOptions, access });
  const finish = connectionsOf(app);
  try {
    const url = new URL(await app.listen({ host, port }));
    if (['127.0.0.1', '0.0.0.0', '::'].includes(host)) url.hostname = 'localhost';
    return { url: url.origin, close: () => close(app, finish) };
  } catch (cause) {
    await app.close();
    throw trackError('TRACK_LISTEN', { host, port, reason: listenReason(cause) }, { cause });
  }
}

async function close(app: FastifyInstance, finish: () => void): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), CLOSE_TIMEOUT_MS);
  finish();
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}

/** Counts running requests: as soon as none is left, nothing keeps a closing server's connections. */
function connectionsOf(app: FastifyInstance): () => void {
  let running = 0;
  let finishing = false;
  const settle = (change: number) => {
    running += change;
    if (finishing && running === 0) app.server.closeAllConnections();
  };
  app.server.on('request', (_request, response) => {
    settle(1);
    response.once('close', () => settle(-1));
  });
  return () => {
    finishing = true;
    settle(0);
  };
}

function listenReason(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return 'another program uses this port';
    case 'EACCES':
      return 'this user may not open this port';
    default:
      return cause instanceof Error ? cause.message : String(cause);
  }
}
