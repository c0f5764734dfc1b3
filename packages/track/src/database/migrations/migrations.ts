import { searchIndexes } from './0001-search-indexes.js';
import { artifacts } from './0002-artifacts.js';
import { access } from './0003-access.js';
import { registryRules } from './0004-registry-rules.js';
import { rules } from './0005-rules.js';
import { type Migration } from './migration.js';

/** All migrations, oldest first. */
export const migrations: readonly Migration[] = [searchIndexes, artifacts, access, registryRules, rules];
