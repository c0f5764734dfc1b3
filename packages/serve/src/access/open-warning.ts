import { isIP } from 'node:net';
import type { Settings } from '../settings/settings.js';

/** What to say at the start of a service that other machines reach and that asks nobody who they are; else undefined. */
export function openWarning({ host, apiKeys, oidcIssuer }: Settings): string | undefined {
  if (isLoopback(host) || apiKeys !== undefined || oidcIssuer !== undefined) return undefined;
  return (
    `whoever reaches ${host} may ask for predictions: this service asks nobody for a key ` +
    '(give it --api-keys, --oidc-issuer, or a network that keeps others out)'
  );
}

function isLoopback(host: string): boolean {
  return isIP(host) === 4 ? host.startsWith('127.') : host === 'localhost' || host === '::1';
}
