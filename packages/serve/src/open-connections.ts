import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The connections of a server, so that closing it waits for requests and for nothing else. */
export interface OpenConnections {
  /** From now on every answer says that it is its connection's last. */
  wind(): void;
  /** Ends every connection: with its last answer, or when it has been quiet for a moment. */
  finish(): void;
}

/** How long a connection without a request stays open at the end: the next request may be on its way already. */
const QUIET_MS = 100;

/**
 * Watches a server's connections from now on.
 *
 * Node ends only connections that have had a request: one that a browser opened in advance would hold up the end.
 */
export function openConnections(server: Server): OpenConnections {
  const open = new Map<Socket, Set<ServerResponse>>();
  let isWinding = false;
  let isFinishing = false;

  const endWhenQuiet = (socket: Socket) => {
    setTimeout(() => {
      if (open.get(socket)?.size === 0) socket.destroySoon();
    }, QUIET_MS);
  };
  server.on('connection', (socket: Socket) => {
    open.set(socket, new Set());
    socket.once('close', () => open.delete(socket));
    if (isFinishing) endWhenQuiet(socket);
  });
  server.on('request', ({ socket }, response) => {
    const running = open.get(socket);
    if (running === undefined) return;
    running.add(response);
    if (isWinding) sayLast(response);
    response.once('close', () => {
      running.delete(response);
      if (isFinishing && running.size === 0) endWhenQuiet(socket);
    });
  });

  const wind = () => {
    isWinding = true;
    for (const running of open.values()) for (const response of running) sayLast(response);
  };
  return {
    wind,
    finish() {
      wind();
      isFinishing = true;
      // Closing would end every connection between two requests at once, also one whose next request has just been sent.
      server.closeIdleConnections = () => undefined;
      for (const socket of open.keys()) endWhenQuiet(socket);
    },
  };
}

function sayLast(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}
