import { isIP } from 'node:net';
import { trackError } from '../track-error.js';

/** The headers of one request that the guards look at. */
export interface GuardedHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | undefined;
}

/**
 * Refuses requests whose Host header is not one of this server's names. A foreign page can make a browser ask this machine
 * under the page's own name (DNS rebinding); the name in the header gives it away.
 *
 * @param allowed Names without port, lower case; `*` allows all of them.
 * @throws PERMISSION_DENIED
 */
export function checkHost({ host = '' }: GuardedHeaders, allowed: ReadonlySet<string>): void {
  if (allowed.has('*') || allowed.has(hostName(host))) return;
  throw trackError('PERMISSION_DENIED', {
    message:
      `Invalid Host header - possible DNS rebinding attack detected: ${JSON.stringify(host.slice(0, 200))} ` +
      `(expected ${[...allowed].join(', ')}; start the server with --allowed-hosts to add names)`,
  });
}

/**
 * Refuses changes that a page of another site asks for.
 *
 * @throws PERMISSION_DENIED
 */
export function checkOrigin(method: string, headers: GuardedHeaders, allowed: ReadonlySet<string>): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return;
  const { origin, host = '', 'sec-fetch-site': site } = headers;
  // Programs send neither header; browsers send at least one.
  const isOwn =
    origin === undefined || origin === `http://${host}` || origin === `https://${host}` || allowed.has(origin);
  const isCross = site === 'cross-site' && !(origin !== undefined && allowed.has(origin));
  if (isOwn && !isCross) return;
  throw trackError('PERMISSION_DENIED', {
    message: `Cross-origin request blocked: ${JSON.stringify(String(origin).slice(0, 200))} may not change anything here (start the server with --allowed-origins to let it)`,
  });
}

/** The name or address of a Host header, without its port and brackets, in lower case. */
function hostName(host: string): string {
  const [, name = ''] = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(host.toLowerCase()) ?? [];
  return name.replace(/^\[(.*)\]$/, '$1');
}

/** Whether only programs of this machine reach a server that listens there. */
export function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.');
  return host === 'localhost' || host === '::1';
}

/** The names by which this machine knows itself. */
export const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);
