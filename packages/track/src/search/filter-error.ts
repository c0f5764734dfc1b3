import { trackError } from '../track-error.js';

const SHOWN = 40;

/**
 * The error for a filter that cannot be read.
 *
 * @param at Where the unexpected begins, from 0; people count from 1.
 * @param expected What would be right there.
 */
export function filterError(text: string, at: number, expected: string): Error {
  const rest = text.slice(at, at + SHOWN);
  const found = rest === '' ? 'the end' : `${JSON.stringify(rest)}${text.length > at + SHOWN ? '...' : ''}`;
  const message = `Invalid filter or order: expected ${expected} at character ${at + 1}, found ${found}`;
  return trackError('INVALID_PARAMETER_VALUE', { message });
}
