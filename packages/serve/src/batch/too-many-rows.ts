import { serveError } from '../serve-error.js';

/** The refusal of a file that has more rows than the server scores at once. */
export function tooManyRows(limit: number): Error {
  return serveError('SERVE_BATCH_TOO_LONG', { limit });
}
