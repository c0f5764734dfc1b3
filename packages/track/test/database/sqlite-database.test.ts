import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledQuery, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { migrate } from '../../src/database/migrate.js';
import { SqliteConnection } from '../../src/database/sqlite-connection.js';
import { SqliteDatabase } from '../../src/database/sqlite-database.js';

let folder = '';
const opened: SqliteDatabase[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scorecast-sqlite-'));
});
afterEach(async () => {
  for (const db of opened.splice(0)) await db.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(lockTimeoutMs = 5000): Promise<{ db: SqliteDatabase; connection: SqliteConnection }> {
  const connection = new SqliteConnection(join(folder, 'runs.db'), 'full', 5000);
  const db = new SqliteDatabase(connection, lockTimeoutMs);
  opened.push(db);
  await migrate(db, () => 0);
  return { db, connection };
}

const add = async (db: SqliteDatabase, name: string): Promise<unknown> =>
  db.write(async (queries) => queries.insertInto('experiments').values({ name, lifecycle_stage: 'active' }).execute());
const namesIn = async (db: SqliteDatabase): Promise<string[]> =>
  (await db.read(async (queries) => queries.selectFrom('experiments').select('name').execute())).map(
    ({ name }) => name,
  );

describe('writes to SQLite', () => {
  it('that come together share a commit, and are answered after it', async () => {
    const { db, connection } = await open();
    const run = vi.spyOn(connection, 'run');
    let answered = 0;
    run.mockImplementation((statement) => {
      if (statement === 'commit') expect(answered).toBe(0);
      connection.prepare(statement).run([]);
    });
    await Promise.all(Array.from({ length: 50 }, async (_, index) => add(db, `e${index}`).then(() => (answered += 1))));
    expect(run.mock.calls.filter(([statement]) => statement === 'commit')).toHaveLength(1);
    expect(await namesIn(db)).toHaveLength(50);
  });

  it('are kept or undone each by itself', async () => {
    const { db } = await open();
    const results = await Promise.allSettled([
      add(db, 'one'),
      db.write(async (queries) => {
        await queries.insertInto('experiments').values({ name: 'half' }).execute();
        throw new Error('changed my mind');
      }),
      add(db, 'one'),
      add(db, 'two'),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(await namesIn(db)).toEqual(['one', 'two']);
  });

  it('that follow one another at once are none of them forgotten', async () => {
    const { db } = await open();
    const chain = async (name: string): Promise<void> => {
      for (let index = 0; index < 30; index += 1) await add(db, `${name}${index}`);
    };
    await Promise.all([chain('a'), chain('b'), chain('c')]);
    expect(await namesIn(db)).toHaveLength(90);
  });

  it('are seen by a read in whole or not at all', async () => {
    const { db } = await open();
    const pair = async (index: number): Promise<unknown> =>
      db.write(async (queries) => {
        await queries
          .insertInto('experiments')
          .values({ name: `left ${index}` })
          .execute();
        await queries
          .insertInto('experiments')
          .values({ name: `right ${index}` })
          .execute();
      });
    const writes = Promise.all(Array.from({ length: 40 }, async (_, index) => pair(index)));
    for (let index = 0; index < 20; index += 1) expect((await namesIn(db)).length % 2).toBe(0);
    await writes;
  });

  it('wait for another program that holds the lock', async () => {
    const { db } = await open();
    const other = new SqliteConnection(join(folder, 'runs.db'), 'full', 5000);
    other.run('begin immediate');
    setTimeout(() => other.run('commit'), 100);
    await add(db, 'patient');
    expect(await namesIn(db)).toEqual(['patient']);
    other.close();
  });

  it('say so when the lock is not given up, and work again afterwards', async () => {
    const { db } = await open(50);
    const other = new SqliteConnection(join(folder, 'runs.db'), 'full', 5000);
    other.run('begin immediate');
    await expect(add(db, 'late')).rejects.toMatchObject({
      code: 'TEMPORARILY_UNAVAILABLE',
      status: 503,
      message: expect.stringContaining('another program has locked the database file for too long'),
    });
    expect(await namesIn(db)).toEqual([]);
    other.run('rollback');
    other.close();
    await add(db, 'now');
    expect(await namesIn(db)).toEqual(['now']);
  });

  it('to a full disk leave nothing behind, and go on when there is room', async () => {
    const { db, connection } = await open();
    await add(db, 'before');
    const limit = async (pages: number): Promise<unknown> =>
      db.read(async (queries) => sql.raw(`pragma max_page_count = ${pages}`).execute(queries));
    await limit(1);
    const results = await Promise.allSettled([add(db, 'x'.repeat(100_000)), add(db, 'small')]);
    expect(results[0]).toMatchObject({ reason: { code: 'TEMPORARILY_UNAVAILABLE', status: 503 } });
    expect(results[0]).toMatchObject({ reason: { message: expect.stringContaining('the disk is full') } });
    expect(connection.inTransaction).toBe(false);
    await limit(100_000);
    await add(db, 'after');
    const names = await namesIn(db);
    expect(names).toContain('before');
    expect(names).toContain('after');
    expect(names.some((name) => name.startsWith('xxx'))).toBe(false);
  });

  it('after closing are refused, and those before it are finished', async () => {
    const { db } = await open();
    const last = add(db, 'last');
    await db.close();
    await last;
    await expect(add(db, 'too late')).rejects.toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' });
    await expect(namesIn(db)).rejects.toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' });
    opened.splice(0);
    expect(await namesIn((await open()).db)).toEqual(['last']);
  });

  it('of values that SQLite does not have are refused, and the process lives on', async () => {
    const { db } = await open();
    for (const value of [{}, Symbol('s'), undefined]) {
      await expect(
        db.read(async (queries) => queries.executeQuery(CompiledQuery.raw('select ?', [value]))),
      ).rejects.toThrow(/SQLite cannot store/u);
    }
    const { rows } = await db.read(async (queries) => sql`select ${true} as yes, ${false} as no`.execute(queries));
    expect(rows).toEqual([{ yes: 1, no: 0 }]);
  });
});
