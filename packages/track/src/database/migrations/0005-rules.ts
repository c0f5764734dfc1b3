import { type Migration } from './migration.js';

/** The rules of the registry, so that a server and a program that opens its database keep the same ones. */
export const rules: Migration = {
  name: '0005-rules',
  statements: () => ['create table scorecast_rules (name varchar(32) primary key, value varchar(200) not null)'],
};
