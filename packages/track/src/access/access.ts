import type { Store } from '../store/store.js';
import { trackError } from '../track-error.js';
import { identityOfKey } from './api-keys.js';
import { checkHost, checkOrigin, isLoopback, LOOPBACK_NAMES, type GuardedHeaders } from './browser-guards.js';
import { oidcReader, type OidcOptions } from './oidc.js';
import { mayActAs, type Identity, type Role } from './role.js';

/** Who may use a server. */
export interface AccessOptions {
  /** The address that the server listens on; anything but this machine's own needs `keys` or `oidc`. */
  readonly host: string;
  /** Asks for API keys ({@link createApiKey}). Default false. */
  readonly keys?: boolean;
  /** Takes tokens of an OpenID Connect issuer. */
  readonly oidc?: OidcOptions;
  /** Further names in Host headers, without port; `*` for all. Default: this machine's own, and `host`. */
  readonly allowedHosts?: readonly string[];
  /** Origins of other sites whose pages may change things here, such as `https://lab.example.org`. Default none. */
  readonly allowedOrigins?: readonly string[];
}

/** One request, as far as access is concerned. */
export interface AccessRequest {
  readonly method: string;
  readonly headers: GuardedHeaders & { readonly authorization?: string | undefined };
}

/** Decides who may do what. */
export interface Access {
  /** Whether everybody who reaches the server may do everything. */
  readonly isOpen: boolean;
  /**
   * Who asks, where that is enough for `needed`.
   *
   * @throws UNAUTHENTICATED, PERMISSION_DENIED
   */
  authorise(request: AccessRequest, needed: Role): Promise<Identity>;
}

/**
 * The access rules of one server.
 *
 * @throws TRACK_ACCESS_OPEN when other machines could reach a server that asks nobody who they are.
 */
export function accessTo(store: Store, options: AccessOptions): Access {
  const { host, keys = false, oidc, allowedHosts = [], allowedOrigins = [] } = options;
  const isOpen = isOpenTo(options);
  const hosts = new Set([...LOOPBACK_NAMES, host, ...allowedHosts].map((name) => name.toLowerCase()));
  const origins = new Set(allowedOrigins);
  const readToken = oidc === undefined ? undefined : oidcReader(oidc);
  return {
    isOpen,
    async authorise({ method, headers }, needed) {
      checkHost(headers, hosts);
      checkOrigin(method, headers, origins);
      if (isOpen) return { subject: 'local', role: 'admin', via: 'open' };
      const credential = credentialOf(headers.authorization);
      if (credential === undefined) throw unauthenticated('this server asks for a key or a token');
      const identity =
        keys && credential.startsWith('sck_') ? await identityOfKey(store, credential) : await readToken?.(credential);
      if (identity === undefined) throw unauthenticated('the key is unknown, has ended or was revoked');
      if (mayActAs(identity.role, needed)) return identity;
      throw trackError('PERMISSION_DENIED', {
        message: `${identity.subject} has the role ${identity.role}, and this needs ${needed}`,
      });
    },
  };
}

/**
 * Whether everybody who reaches a server may do everything; it can be asked before anything is opened.
 *
 * @throws TRACK_ACCESS_OPEN when other machines could reach such a server.
 */
export function isOpenTo({ host, keys = false, oidc }: AccessOptions): boolean {
  const isOpen = !keys && oidc === undefined;
  if (isOpen && !isLoopback(host)) throw trackError('TRACK_ACCESS_OPEN', { host });
  return isOpen;
}

/** A bearer token, or the password of basic authentication, which is what older MLflow clients can send. */
function credentialOf(authorization: string | undefined): string | undefined {
  const [, scheme, value] = /^(bearer|basic) +([^ ]+) *$/i.exec(authorization ?? '') ?? [];
  if (value === undefined) return undefined;
  if (scheme?.toLowerCase() === 'bearer') return value;
  const text = Buffer.from(value, 'base64').toString('utf8');
  return text.includes(':') ? text.slice(text.indexOf(':') + 1) : undefined;
}

function unauthenticated(reason: string): Error {
  return trackError('UNAUTHENTICATED', {
    message: `${reason} (send it as "Authorization: Bearer ..."; MLflow clients: set MLFLOW_TRACKING_TOKEN)`,
  });
}
