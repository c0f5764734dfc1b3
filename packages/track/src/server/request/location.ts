import { trackError } from '../../track-error.js';

/** Refuses artifact locations whose query or fragment could lead elsewhere. */
export function checkLocation(location: string | undefined): string | undefined {
  if (location === undefined || location === '') return undefined;
  const [, place = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/su.exec(location) ?? [];
  if (fragment !== '' || place.includes(';')) {
    throw trackError('INVALID_PARAMETER_VALUE', {
      message: "'artifact_location' URL can't include fragments or params.",
    });
  }
  if (decoded(query).includes('..')) throw trackError('INVALID_PARAMETER_VALUE', { message: 'Invalid query string' });
  return location;
}

/** The text, percent-decoded until it stays as it is. */
function decoded(text: string): string {
  const next = text.replace(/%([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return next === text ? text : decoded(next);
}
