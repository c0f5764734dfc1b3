import { databaseAddress, type DatabaseAddress } from './database-address.js';
import { DatabaseSink } from './database-sink.js';

/** Where predictions are recorded, and for how long. */
export interface PredictionStoreSettings {
  /** `sqlite:///file.db` or `postgresql://user:password@host/name`. */
  readonly url: string;
  /** Days since a prediction was given; Infinity for ever. */
  readonly keepDays: number;
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Opens a log of predictions in a database. It connects, and makes its tables, when it is first used: a server starts
 * and answers while its database is away.
 *
 * @throws PREDICTION_STORE_URL
 */
export function openPredictionStore({ url, keepDays, now }: PredictionStoreSettings): DatabaseSink {
  const address = databaseAddress(url);
  return new DatabaseSink({ url, dialect: address.dialect, keepDays, now, load: () => loadDialect(address) });
}

/** Loads the driver of the database that is asked for, and no other. */
async function loadDialect(address: DatabaseAddress) {
  if (address.dialect === 'sqlite') return (await import('./sqlite-driver.js')).sqliteDialect(address.path);
  return (await import('./postgres-driver.js')).postgresDialect(address.url);
}
