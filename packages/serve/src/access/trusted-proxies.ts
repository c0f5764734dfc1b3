import { isIP } from 'node:net';

/**
 * Reads a list of addresses and networks, separated by commas: `10.0.0.7, 10.1.0.0/16, fd00::/8`. Undefined where one of them
 * is none; `0.0.0.0/0` and the like, which trust everybody, are none.
 */
export function parseProxies(text: string): readonly string[] | undefined {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return entries.length > 0 && entries.every(isNetwork) ? entries : undefined;
}

function isNetwork(entry: string): boolean {
  const [address, prefix, ...more] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  if (prefix === undefined) return true;
  return /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
}
