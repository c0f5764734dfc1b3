import { trackError } from '../track-error.js';

/** Where a database is, as its URL says. */
export type DatabaseAddress =
  | {
      readonly dialect: 'sqlite';
      /** A file, or `:memory:`. */
      readonly path: string;
      /** Whether a commit waits for the disk, so that it survives a power cut, or only for the operating system. */
      readonly synchronous: 'full' | 'normal';
    }
  | { readonly dialect: 'postgres'; readonly url: string };

/**
 * Reads a database URL, in SQLAlchemy's forms as MLflow's users write them.
 *
 * `sqlite:///runs.db` is a file beside the program, `sqlite:////data/runs.db` and `/data/runs.db` are files by their
 * full path, `sqlite://` lives in memory. `?synchronous=normal` makes commits on SQLite cheaper at the price of the
 * last moments before a power cut. A driver, as in `postgresql+psycopg2://`, is ignored.
 */
export function parseDatabaseUrl(url: string): DatabaseAddress {
  const [, scheme = ''] = /^([a-z][a-z0-9]+)(?:\+[a-z0-9]+)?:\/\//iu.exec(url) ?? [];
  switch (scheme.toLowerCase()) {
    case '':
      return url === '' ? refuse(url, 'it is empty') : sqliteFile(url, url);
    case 'sqlite':
      return sqliteFile(url, url.slice(url.indexOf('://') + 3));
    case 'postgres':
    case 'postgresql':
      return { dialect: 'postgres', url: `postgresql${url.slice(url.indexOf('://'))}` };
    default:
      return refuse(url, `${scheme} is not supported`);
  }
}

function sqliteFile(url: string, rest: string): DatabaseAddress {
  const isUrl = rest !== url;
  const [place = '', query = ''] = isUrl ? rest.split('?', 2) : [rest];
  const options = new URLSearchParams(query);
  const synchronous = options.get('synchronous') ?? 'full';
  if (synchronous !== 'full' && synchronous !== 'normal') {
    return refuse(url, `synchronous is ${JSON.stringify(synchronous)} and can be full or normal`);
  }
  if (isUrl && place !== '' && !place.startsWith('/')) {
    return refuse(url, 'it names a host, and SQLite has none; a file takes three slashes');
  }
  const file = isUrl ? decodeURIComponent(place.slice(1)) : place;
  return { dialect: 'sqlite', path: file === '' ? ':memory:' : file, synchronous };
}

function refuse(url: string, reason: string): never {
  throw trackError('TRACK_DATABASE_URL', { url: withoutPassword(url), reason });
}

/** The URL as it may be shown. */
export function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^:/@]*):[^@]*@/u, '$1:***@');
}
