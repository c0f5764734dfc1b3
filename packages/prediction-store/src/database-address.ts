import { storeError } from './store-error.js';

/** Where predictions are recorded. */
export type DatabaseAddress =
  { readonly dialect: 'sqlite'; readonly path: string } | { readonly dialect: 'postgres'; readonly url: string };

/**
 * Reads a database URL in SQLAlchemy's forms, like the tracking store's: `sqlite:///log.db` is a file beside the
 * program, `sqlite:////data/log.db` one by its full path. A driver, as in `postgresql+psycopg2://`, is ignored.
 *
 * @throws PREDICTION_STORE_URL
 */
export function databaseAddress(url: string): DatabaseAddress {
  const [prefix = '', scheme = ''] = /^([a-z][a-z\d]*)(?:\+[a-z\d]+)?:\/\//i.exec(url) ?? [];
  const rest = url.slice(prefix.length);
  switch (scheme.toLowerCase()) {
    case 'sqlite':
      if (rest.length < 2 || !rest.startsWith('/')) throw refused(url, 'a file takes three slashes and a name');
      return { dialect: 'sqlite', path: decodeURIComponent(rest.slice(1)) };
    case 'postgres':
    case 'postgresql':
      return { dialect: 'postgres', url: `postgresql://${rest}` };
    default:
      throw refused(url, `${scheme === '' ? 'this' : scheme} is not supported`);
  }
}

/** The URL as it may be shown. */
export function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^:/@]*):[^@]*@/, '$1:***@');
}

function refused(url: string, reason: string) {
  return storeError('PREDICTION_STORE_URL', { url: withoutPassword(url), reason });
}
