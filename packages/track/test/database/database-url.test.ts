import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/index.js';
import { parseDatabaseUrl } from '../../src/database/database-url.js';

const sqlite = (path: string, synchronous = 'full'): object => ({ dialect: 'sqlite', path, synchronous });

describe('a database URL', () => {
  it('names a SQLite file', () => {
    expect(parseDatabaseUrl('runs.db')).toEqual(sqlite('runs.db'));
    expect(parseDatabaseUrl('/data/my runs.db')).toEqual(sqlite('/data/my runs.db'));
    expect(parseDatabaseUrl('sqlite:///runs.db')).toEqual(sqlite('runs.db'));
    expect(parseDatabaseUrl('sqlite:////data/my%20runs.db')).toEqual(sqlite('/data/my runs.db'));
    expect(parseDatabaseUrl('sqlite+pysqlite:///runs.db?synchronous=normal')).toEqual(sqlite('runs.db', 'normal'));
  });

  it('names a database in memory', () => {
    expect(parseDatabaseUrl('sqlite://')).toEqual(sqlite(':memory:'));
    expect(parseDatabaseUrl('sqlite:///:memory:')).toEqual(sqlite(':memory:'));
  });

  it('names a PostgreSQL, whatever driver Python would use', () => {
    const url = 'postgresql://ada:secret@db:5432/runs?sslmode=require';
    expect(parseDatabaseUrl(url)).toEqual({ dialect: 'postgres', url });
    expect(parseDatabaseUrl(url.replace('postgresql', 'postgresql+psycopg2'))).toEqual({ dialect: 'postgres', url });
    expect(parseDatabaseUrl(url.replace('postgresql', 'postgres'))).toEqual({ dialect: 'postgres', url });
  });

  it('that means nothing here is refused, without its password', () => {
    expect(() => parseDatabaseUrl('mysql://ada:secret@db/runs')).toThrow(
      'the database "mysql://ada:***@db/runs" cannot be used: mysql is not supported (expected a file such as runs.db',
    );
    expect(() => parseDatabaseUrl('')).toThrow('it is empty');
    expect(() => parseDatabaseUrl('sqlite://host/runs.db')).toThrow('a file takes three slashes');
    expect(() => parseDatabaseUrl('sqlite:///runs.db?synchronous=off')).toThrow('can be full or normal');
  });

  it('that leads nowhere says so at once', async () => {
    const open = async (databaseUrl: string): Promise<unknown> =>
      openStore({ databaseUrl, artifactRoot: '/artifacts' });
    await expect(open('/no/such/folder/runs.db')).rejects.toMatchObject({ code: 'TRACK_DATABASE_OPEN' });
    await expect(open('postgresql://ada:secret@127.0.0.1:1/runs')).rejects.toMatchObject({
      code: 'TRACK_DATABASE_OPEN',
      message: expect.stringContaining('postgresql://ada:***@127.0.0.1:1/runs'),
    });
  });
});
