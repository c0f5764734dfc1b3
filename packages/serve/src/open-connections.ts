import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The connections of a server, so that closing it waits for requests and for nothing else. */
export interface OpenConnections {
  /** Ends every connection without a running request now, and each other one with its last answer. */
  finish(): void;
}

/**
 * Watches a server's connections from now on.
 *
 * Node ends only connections that have had a request: one that a browser opened in advance would hold up the end.
 */
export function openConnections(server: Server): OpenConnections {
  const running = new Map<Socket, number>();
  let finishing = false;

  const settle = (socket: Socket, change: number) => {
    const left = (running.get(socket) ?? 0) + change;
    running.set(socket, left);
    if (finishing && left === 0) socket.destroySoon();
  };
  server.on('connection', (socket: Socket) => {
    socket.once('close', () => running.delete(socket));
    settle(socket, 0);
  });
  server.on('request', ({ socket }, response) => {
    settle(socket, 1);
    response.once('close', () => settle(socket, -1));
  });
  return {
    finish() {
      finishing = true;
      for (const socket of running.keys()) settle(socket, 0);
    },
  };
}
