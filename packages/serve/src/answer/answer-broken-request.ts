import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ScorecastError } from '@scorecast/core';
import { serveError } from '../serve-error.js';
import { problemDetails, PROBLEM_TYPE } from './problem-details.js';

const LINGER_MS = 500;

/** Answers what is not even an HTTP request, or did not arrive in time, straight on the socket. */
export function answerBrokenRequest(cause: Error & { readonly code?: string }, socket: Socket): void {
  if (cause.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const error = brokenRequest(cause.code);
  const body = JSON.stringify(problemDetails(error));
  socket.end(
    [
      `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? ''}`,
      `Content-Type: ${PROBLEM_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
  // Long enough to read the answer; a client that goes on sending would keep its connection for good.
  const cut = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(cut));
}

function brokenRequest(code: string | undefined): ScorecastError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return serveError('SERVE_REQUEST_TIMEOUT', {});
  if (code === 'HPE_HEADER_OVERFLOW') return serveError('SERVE_HEADERS_TOO_LARGE', {});
  return serveError('SERVE_BAD_REQUEST', { reason: 'it is not valid HTTP' });
}
