import { trackError } from '../track-error.js';

/** A value that a row was sorted by. */
export type SortValue = string | number | null;

/** Where a page begins: after so many rows, and after the row with these values when they are known. */
export interface PageStart {
  readonly offset: number;
  readonly after?: readonly SortValue[];
}

/**
 * The token of a page: base64 of JSON, as MLflow's.
 *
 * @example
 * encodePageToken({ offset: 2 }); // => "eyJvZmZzZXQiOjJ9"
 */
export function encodePageToken(start: PageStart): string {
  return Buffer.from(JSON.stringify(start)).toString('base64');
}

/**
 * Reads a token; none or an empty one is the first page.
 *
 * @throws INVALID_PARAMETER_VALUE
 *
 * @example
 * decodePageToken('eyJvZmZzZXQiOjJ9'); // => { "offset": 2 }
 */
export function decodePageToken(token: string | undefined): PageStart {
  if (token === undefined || token === '') return { offset: 0 };
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/u.test(token)) throw invalid('could not base64-decode');
  const text = Buffer.from(token, 'base64').toString('utf8');
  const value = parsed(text);
  if (typeof value !== 'object' || value === null) throw invalid(`decoded value=${text}`);
  const offset = 'offset' in value ? value.offset : undefined;
  if (typeof offset !== 'number' || !Number.isSafeInteger(offset) || offset < 0) throw invalid(`parsed value=${text}`);
  const after: unknown = 'after' in value ? value.after : undefined;
  return isSortValues(after) ? { offset, after } : { offset };
}

function isSortValues(value: unknown): value is readonly SortValue[] {
  return (
    Array.isArray(value) &&
    value.every((one) => one === null || typeof one === 'string' || (typeof one === 'number' && Number.isFinite(one)))
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(`decoded value=${text}`);
  }
}

function invalid(reason: string): Error {
  return trackError('INVALID_PARAMETER_VALUE', { message: `Invalid page token, ${reason}` });
}
