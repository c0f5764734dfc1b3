import { serveError } from '../serve-error.js';

/** A row longer than this is the sign of a quote that is never closed. */
const MAX_ROW_LENGTH = 1024 * 1024;

/**
 * Cuts text that comes in pieces at ends of lines, but not inside quotes: what it gives, one after the other, is the same
 * text in pieces of whole rows.
 *
 * @throws SERVE_BATCH_UNREADABLE for a row of more than a million characters.
 */
export async function* wholeLines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    rest += piece;
    const end = lastRowEnd(rest);
    if (end > 0) yield rest.slice(0, end);
    rest = rest.slice(end);
    if (rest.length > MAX_ROW_LENGTH) {
      throw serveError('SERVE_BATCH_UNREADABLE', {
        reason: 'a row has more than a million characters',
        expected: 'CSV with one row per line; a quote may be open that is never closed',
      });
    }
  }
  if (rest !== '') yield rest;
}

/** Behind the last line end that is not inside quotes; 0 when there is none. */
function lastRowEnd(text: string): number {
  let end = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) quoted = !quoted;
    else if (code === LINE_FEED && !quoted) end = at + 1;
  }
  return end;
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
