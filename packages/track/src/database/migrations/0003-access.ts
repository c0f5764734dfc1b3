import { type Migration } from './migration.js';

/** API keys, of which only hashes are kept. */
export const access: Migration = {
  name: '0003-access',
  statements: () => [
    'create table scorecast_api_keys (id char(12) primary key, name varchar(100) not null, role varchar(16) not null, hash char(64) not null, ' +
      'created_at bigint not null, expires_at bigint, revoked_at bigint)',
  ],
};
