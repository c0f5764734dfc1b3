import { serveError } from '../serve-error.js';
import { checkJson } from './check-json.js';

/** Some clients begin UTF-8 text with it; JSON.parse does not expect it. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads a request's body as strict JSON.
 *
 * @throws SERVE_JSON_UNREADABLE, SERVE_JSON_TOO_DEEP, SERVE_JSON_REPEATED_KEY
 */
export function parseJsonBody(body: string): unknown {
  const text = body.startsWith(BYTE_ORDER_MARK) ? body.slice(1) : body;
  const value = parse(text);
  checkJson(text);
  return value;
}

function parse(text: string): unknown {
  if (text.trim() === '') throw serveError('SERVE_JSON_UNREADABLE', { reason: 'it is empty' });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw serveError(
      'SERVE_JSON_UNREADABLE',
      { reason: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    );
  }
}
