import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The connections of a server, so that closing it waits for requests and for nothing else. */
export interface OpenConnections {
  /** Takes no new connection from now on; those that are there go on. Settles when the last one has ended. */
  refuse(): Promise<void>;
  /** Ends every connection: with its next answer, which says so, or when it has been quiet for a moment. */
  finish(): void;
}

/** How long a connection without a request stays open at the end: the next request may be on its way already. */
const QUIET_MS = 250;

/**
 * Watches a server's connections from now on.
 *
 * Node ends only connections that have had a request: one that a browser opened in advance would hold up the end.
 */
export function openConnections(server: Server): OpenConnections {
  const open = new Map<Socket, Set<ServerResponse>>();
  let isFinishing = false;

  const endWhenQuiet = (socket: Socket) => {
    setTimeout(() => {
      // Timers come before what has arrived: a request that waits to be read must be seen first.
      setImmediate(() => {
        if (open.get(socket)?.size === 0) socket.destroySoon();
      });
    }, QUIET_MS);
  };
  server.on('connection', (socket: Socket) => {
    open.set(socket, new Set());
    socket.once('close', () => open.delete(socket));
    if (isFinishing) endWhenQuiet(socket);
  });
  // First of all listeners: an answer that is made at once would have gone already.
  server.prependListener('request', ({ socket }, response) => {
    const running = open.get(socket);
    if (running === undefined) return;
    running.add(response);
    if (isFinishing) sayLast(response);
    response.once('close', () => {
      running.delete(response);
      if (isFinishing && running.size === 0) endWhenQuiet(socket);
    });
  });

  return {
    refuse() {
      // Closing would end every connection between two requests at once, also one whose next request was just sent.
      server.closeIdleConnections = () => undefined;
      return new Promise((resolve) => server.close(() => resolve()));
    },
    finish() {
      isFinishing = true;
      for (const [socket, running] of open) {
        for (const response of running) sayLast(response);
        if (running.size === 0) endWhenQuiet(socket);
      }
    },
  };
}

function sayLast(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}
