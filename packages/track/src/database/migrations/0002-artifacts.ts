import { type Migration } from './migration.js';

/** What was written where, so that reads can be verified; and what garbage collection has begun to remove. */
export const artifacts: Migration = {
  name: '0002-artifacts',
  statements: (dialect) => {
    // URIs are compared byte by byte: what lies beneath a folder is one range of the key.
    const uri = `varchar(2048) not null${dialect === 'postgres' ? ' collate "C"' : ''}`;
    return [
      `create table scorecast_artifacts (uri ${uri} primary key, size_bytes bigint not null, sha256 char(64) not null, noted_at bigint not null)`,
      'create table scorecast_purges (kind varchar(16) not null, id varchar(64) not null, artifact_uri varchar(2048) not null, marked_at bigint not null, primary key (kind, id))',
    ];
  },
};
