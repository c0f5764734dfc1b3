import { serveError } from '../serve-error.js';

/**
 * The one entry of an object that must have exactly one of some keys.
 *
 * @throws SERVE_BODY_SHAPE when it has none of them, several, or others.
 */
export function onlyKey<const Key extends string>(
  body: unknown,
  allowed: readonly Key[],
): { readonly key: Key; readonly value: unknown } {
  const expected = `${allowed.length === 1 ? '' : 'exactly one of '}${allowed.map((key) => JSON.stringify(key)).join(', ')}`;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw serveError('SERVE_BODY_SHAPE', { reason: 'it is no object', expected: `an object with ${expected}` });
  }
  const entries = Object.entries(body);
  const found = allowed.find((key) => key === entries[0]?.[0]);
  if (found !== undefined && entries.length === 1) return { key: found, value: entries[0][1] };
  const keys = entries.slice(0, 10).map(([name]) => JSON.stringify(name.slice(0, 80)));
  throw serveError('SERVE_BODY_SHAPE', {
    reason: keys.length === 0 ? 'it is empty' : `it has ${keys.join(', ')}`,
    expected,
  });
}
