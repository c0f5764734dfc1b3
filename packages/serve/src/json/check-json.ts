import { serveError } from '../serve-error.js';

/** A body is a list of records of plain values: two levels, and a few more so that a wrong value can be named. */
const MAX_DEPTH = 16;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Refuses what `JSON.parse` lets pass: nesting without end, and a key that stands twice in one object, of which it
 * would silently keep the last. One pass over the characters; the text must be valid JSON.
 *
 * @throws SERVE_JSON_TOO_DEEP, SERVE_JSON_REPEATED_KEY
 */
export function checkJson(text: string): void {
  // The keys of each open object; an open list has none.
  const open: (Set<string> | undefined)[] = [];
  let keyNext = false;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '{':
      case '[':
        keyNext = text[at] === '{';
        open.push(keyNext ? new Set() : undefined);
        if (open.length > MAX_DEPTH) throw serveError('SERVE_JSON_TOO_DEEP', { limit: MAX_DEPTH });
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        keyNext = open.at(-1) !== undefined;
        break;
      case '"': {
        const end = closingQuote(text, at);
        if (keyNext) noteKey(open.at(-1), text.slice(at, end + 1));
        keyNext = false;
        at = end;
        break;
      }
    }
  }
}

function closingQuote(text: string, opening: number): number {
  let at = opening + 1;
  while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

function noteKey(keys: Set<string> | undefined, quoted: string): void {
  const key = quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
  if (keys?.has(key) === true) throw serveError('SERVE_JSON_REPEATED_KEY', { key: key.slice(0, 80) });
  keys?.add(key);
}
