import { randomBytes } from 'node:crypto';
import { connect } from '../database/connect.js';
import { ensureDefaultExperiment } from './default-experiment.js';
import { type Store } from './store.js';

/** How a store is opened. */
export interface OpenStoreOptions {
  /** A file (`runs.db`), `sqlite:///runs.db`, `sqlite://` (in memory) or `postgresql://user:password@host/name`. */
  readonly databaseUrl: string;
  /** URI or folder that new experiments keep their artifacts under. */
  readonly artifactRoot: string;
  /** Unix milliseconds; default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** 32 hexadecimal digits, new at each call; default random. */
  readonly newId?: (() => string) | undefined;
}

/** A store that somebody has to close. */
export interface OpenStore extends Store {
  /** Waits for the writes under way, then closes the database. */
  close(): Promise<void>;
}

/**
 * Opens the store of a tracking server, makes or updates its tables, and creates the experiment 0, "Default".
 *
 * @throws TRACK_DATABASE_URL, TRACK_DATABASE_OPEN, TRACK_SCHEMA_REVISION, TRACK_SCHEMA_NEWER
 */
export async function openStore(options: OpenStoreOptions): Promise<OpenStore> {
  const { now = Date.now, newId = uuid4 } = options;
  const db = await connect(options.databaseUrl, now);
  const artifactRoot = options.artifactRoot.replace(/(?<=[^:/])\/+$/u, '');
  const store = { db, artifactRoot, now, newId, close: async () => db.close() };
  await ensureDefaultExperiment(store);
  return store;
}

/** A random UUID of version 4 without its dashes, which is how MLflow names runs. */
function uuid4(): string {
  const bytes = randomBytes(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex');
}
