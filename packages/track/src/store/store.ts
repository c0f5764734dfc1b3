import { type Database } from '../database/database.js';

/** What every verb of the store works on. */
export interface Store {
  readonly db: Database;
  /** URI or folder that new experiments keep their artifacts under, without a slash at its end. */
  readonly artifactRoot: string;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** 32 random hexadecimal digits. */
  readonly newId: () => string;
}
