import { type Dialect } from '../database.js';

/** A change of our own to the tables; it runs once, in the order of the list, and never changes after its release. */
export interface Migration {
  readonly name: string;
  statements(dialect: Dialect): readonly string[];
}
