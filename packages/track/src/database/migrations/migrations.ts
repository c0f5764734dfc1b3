import { type Dialect } from '../database.js';
import { searchIndexes } from './0001-search-indexes.js';
import { artifacts } from './0002-artifacts.js';
import { access } from './0003-access.js';
import { registryRules } from './0004-registry-rules.js';

/** A change of our own to the tables; it runs once, in the order of the list, and never changes after its release. */
export interface Migration {
  readonly name: string;
  statements(dialect: Dialect): readonly string[];
}

/** All migrations, oldest first. */
export const migrations: readonly Migration[] = [searchIndexes, artifacts, access, registryRules];
