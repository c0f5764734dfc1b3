import { type Dialect } from '../database.js';

/** The words in which the two kinds of SQL differ when they create MLflow's tables. */
export interface SqlWords {
  /** A whole number that counts up by itself. */
  readonly counter: string;
  /** The default of a column that is false. */
  readonly no: string;
  /** What SQLite needs to keep a truth value a truth value; PostgreSQL has the type. */
  readonly flagCheck: string;
}

const words: Readonly<Record<Dialect, SqlWords>> = {
  sqlite: { counter: 'INTEGER', no: "'0'", flagCheck: ',\n  CHECK (is_nan IN (0, 1))' },
  postgres: { counter: 'SERIAL', no: 'false', flagCheck: '' },
};

/** The words of one kind of SQL. */
export function sqlWords(dialect: Dialect): SqlWords {
  return words[dialect];
}
