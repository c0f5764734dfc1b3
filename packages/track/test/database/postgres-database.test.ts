import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../src/database/connect.js';
import { type Database } from '../../src/database/database.js';
import { startPostgres } from './real-postgres.js';

const postgres = await startPostgres();
const reason = 'reason' in postgres ? ` (it cannot run here: ${postgres.reason})` : '';
const BREAK_ALL = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'scorecast'";

afterAll(async () => {
  if (!('reason' in postgres)) await postgres.stop();
});

const add = async (db: Database, name: string): Promise<unknown> =>
  db.write(async (queries) => {
    await queries.insertInto('experiments').values({ name }).execute();
    await sql`select pg_sleep(0.005)`.execute(queries);
  });
const namesIn = async (db: Database): Promise<string[]> =>
  (await db.read(async (queries) => queries.selectFrom('experiments').select('name').execute())).map(
    ({ name }) => name,
  );

describe.skipIf(reason !== '')(`PostgreSQL${reason}`, () => {
  const open = async (): Promise<{ db: Database; administer: (statement: string) => Promise<void>; url: string }> => {
    if ('reason' in postgres) throw new Error(postgres.reason);
    const url = await postgres.createDatabase();
    return { db: await connect(url, () => 0), administer: postgres.administer, url };
  };

  it('that drops idle connections is connected again', async () => {
    const { db, administer } = await open();
    await add(db, 'before');
    await administer(BREAK_ALL);
    expect(await namesIn(db)).toEqual(['before']);
    await administer(BREAK_ALL);
    await add(db, 'after');
    expect(await namesIn(db)).toEqual(['before', 'after']);
    await db.close();
  });

  it('that drops connections in the middle loses nothing that was acknowledged, and keeps nothing twice', async () => {
    const { db, administer } = await open();
    const acknowledged: string[] = [];
    const writer = async (name: string): Promise<void> => {
      for (let index = 0; index < 25; index += 1) {
        // Only a connection that breaks during the commit itself is reported: nobody can know what became of it.
        await add(db, `${name}${index}`).then(
          () => acknowledged.push(`${name}${index}`),
          (error: unknown) => expect(error).toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' }),
        );
      }
    };
    const writers = Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(writer));
    for (let index = 0; index < 3; index += 1) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      await administer(BREAK_ALL);
    }
    await writers;
    const names = await namesIn(db);
    expect(names).toEqual(expect.arrayContaining(acknowledged));
    expect(new Set(names).size).toBe(names.length);
    expect(acknowledged.length).toBeGreaterThan(190);
    await db.close();
  });

  it('runs a write again that stood in the way of another', async () => {
    const { db } = await open();
    await add(db, 'one');
    await add(db, 'two');
    const touch = async (first: string, second: string): Promise<unknown> =>
      db.write(async (queries) => {
        await queries.updateTable('experiments').set({ lifecycle_stage: 'active' }).where('name', '=', first).execute();
        await sql`select pg_sleep(0.05)`.execute(queries);
        await queries
          .updateTable('experiments')
          .set({ lifecycle_stage: 'active' })
          .where('name', '=', second)
          .execute();
      });
    await Promise.all([touch('one', 'two'), touch('two', 'one')]);
    await db.close();
  });

  it('forgets prepared statements when their table has changed', async () => {
    const { db } = await open();
    const all = async (): Promise<unknown[]> =>
      db.read(async (queries) => queries.selectFrom('experiments').selectAll().where('name', '=', 'one').execute());
    await add(db, 'one');
    for (let index = 0; index < 3; index += 1) expect(await all()).toHaveLength(1);
    await db.write(async (queries) => sql`alter table experiments add column more integer`.execute(queries));
    expect(await all()).toMatchObject([{ name: 'one', more: null }]);
    await db.close();
  });

  it('goes on without prepared statements where they are not kept', async () => {
    const { db } = await open();
    await add(db, 'one');
    // What PgBouncer does when it gives a connection to somebody else.
    await db.write(async (queries) => sql`deallocate all`.execute(queries));
    await add(db, 'two');
    expect(await namesIn(db)).toEqual(['one', 'two']);
    await db.close();
  });

  it('can be opened by several programs at the same moment', async () => {
    if ('reason' in postgres) return;
    const url = await postgres.createDatabase();
    const all = await Promise.all([0, 1, 2, 3].map(async () => connect(url, () => 0)));
    await add(all[0], 'shared');
    expect(await namesIn(all[3])).toEqual(['shared']);
    for (const db of all) await db.close();
  });

  it("gets MLflow's tables, columns, keys and indexes", async () => {
    const { db } = await open();
    const golden = new URL('../../../../fixtures/golden/mlflow-schema-postgresql.json', import.meta.url);
    const { tables }: { tables: Record<string, GoldenTable> } = JSON.parse(await readFile(golden, 'utf8'));
    const { columns, indexes } = await readSchema(db);
    for (const [table, expected] of Object.entries(tables)) {
      expect(
        columns
          .filter((column) => column.table === table)
          .map(({ name, type, required }) => ({ name, type, required })),
        table,
      ).toEqual(
        Object.entries(expected.columns)
          .map(([name, { type, notNull = false }]) => ({ name, type, required: notNull }))
          .sort((a, b) => (a.name < b.name ? -1 : 1)),
      );
      const ofTable = indexes.filter((index) => index.table === table);
      expect(ofTable.find(({ primary }) => primary)?.columns, table).toEqual(expected.primaryKey);
      for (const [name, index] of Object.entries(expected.indexes)) {
        expect(
          ofTable.find((one) => one.name === name),
          name,
        ).toMatchObject({
          columns: index.columns,
          unique: index.unique ?? false,
        });
      }
    }
    await db.close();
  });

  it('says that a text does not fit its column', async () => {
    const { db } = await open();
    await expect(add(db, 'x'.repeat(300))).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE', status: 400 });
    await expect(add(db, 'a\0b')).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    await db.close();
  });
});

interface GoldenTable {
  readonly columns: Readonly<Record<string, { readonly type: string; readonly notNull?: boolean }>>;
  readonly primaryKey: readonly string[];
  readonly indexes: Readonly<Record<string, { readonly columns: readonly string[]; readonly unique?: boolean }>>;
}

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}

interface Index {
  readonly table: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique: boolean;
  readonly primary: boolean;
}

async function readSchema(db: Database): Promise<{ columns: readonly Column[]; indexes: readonly Index[] }> {
  return db.read(async (queries) => {
    const columns = await sql<Column>`
      select relname as table, attname as name, attnotnull as required,
        replace(upper(format_type(atttypid, atttypmod)), 'CHARACTER VARYING', 'VARCHAR') as type
      from pg_attribute join pg_class on pg_class.oid = attrelid join pg_namespace on pg_namespace.oid = relnamespace
      where nspname = 'public' and relkind = 'r' and attnum > 0 and not attisdropped
      order by attname collate "C"`.execute(queries);
    const indexes = await sql<Index>`
      select owner.relname as table, named.relname as name, indisunique as unique, indisprimary as primary,
        (select array_agg(attname::text order by place) from unnest(indkey::int[]) with ordinality as keys (number, place)
          join pg_attribute on attrelid = indrelid and attnum = number) as columns
      from pg_index join pg_class as owner on owner.oid = indrelid join pg_class as named on named.oid = indexrelid
        join pg_namespace on pg_namespace.oid = owner.relnamespace
      where nspname = 'public'`.execute(queries);
    return { columns: columns.rows, indexes: indexes.rows };
  });
}
