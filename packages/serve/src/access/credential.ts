import type { IncomingHttpHeaders } from 'node:http';

/**
 * The key or token that a request brings: `x-api-key`, a bearer token, or the password of basic authentication, which is how
 * a browser sends what it asked its user for.
 */
export function credentialOf(headers: IncomingHttpHeaders): string | undefined {
  const given = headers['x-api-key'];
  if (typeof given === 'string') return given;
  const [, scheme, value] = /^(bearer|basic) +([^ ]+) *$/i.exec(headers.authorization ?? '') ?? [];
  if (value === undefined) return undefined;
  if (scheme?.toLowerCase() === 'bearer') return value;
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : text.slice(colon + 1);
}

/**
 * Whether a page of another site makes a browser send this: with basic authentication the browser adds the key by itself.
 * Programs send no such header.
 */
export function isForeign(method: string, headers: IncomingHttpHeaders): boolean {
  return method === 'POST' && headers['sec-fetch-site'] === 'cross-site';
}
