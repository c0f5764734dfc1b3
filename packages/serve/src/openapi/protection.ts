import type { CompleteOptions } from '../server-options.js';
import type { JsonSchema } from './json-schemas.js';

/** What stands in front of the addresses of a server, as its description says it. */
export interface Protection {
  /** Whether callers must say who they are. */
  readonly asks: boolean;
  /** What a request to an address may be refused with before it is read. */
  refusals(this: void, path: string): readonly number[];
  /** The parts of an OpenAPI document that say how callers show who they are. */
  readonly security: Readonly<Record<string, unknown>>;
  readonly securitySchemes: Readonly<Record<string, JsonSchema>>;
}

/** Addresses that probes ask, which bring no key. */
const OPEN = ['/health', '/ready', '/ping'];

/** What a server with these options refuses. */
export function protectionOf(options: CompleteOptions): Protection {
  const { apiKeys, oidcIssuer, rateLimit, requireHttps, maxLoopDelayMs, maxHeapPercent } = options;
  const asks = apiKeys !== undefined || oidcIssuer !== undefined;
  const sheds = maxLoopDelayMs > 0 || maxHeapPercent > 0;
  const refusals = [
    ...(asks ? [401] : []),
    ...(asks || requireHttps ? [403] : []),
    ...(rateLimit === undefined ? [] : [429]),
    ...(sheds || oidcIssuer !== undefined ? [503] : []),
  ];
  return {
    asks,
    refusals: (path) => (OPEN.includes(path) ? [] : refusals),
    security: asks ? { security: Object.keys(schemes).map((name) => ({ [name]: [] })) } : {},
    securitySchemes: asks ? schemes : {},
  };
}

const schemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key, or a token of the issuer that is trusted here.' },
  header: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'An API key.' },
};
