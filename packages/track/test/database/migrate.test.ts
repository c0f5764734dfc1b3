import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createRun,
  getExperiment,
  getMetricHistory,
  getModelVersionByAlias,
  getRun,
  openStore,
  searchLoggedModels,
  searchRuns,
  searchTraces,
  type OpenStore,
} from '../../src/index.js';

const golden = fileURLToPath(new URL('../../../../fixtures/golden/', import.meta.url));
const released = (await readdir(golden)).filter((name) => /^store-.+\.sql$/u.test(name));

let folder = '';
let opened: OpenStore | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scorecast-migrate-'));
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<OpenStore> {
  opened = await openStore({ databaseUrl: join(folder, 'runs.db'), artifactRoot: '/artifacts' });
  return opened;
}

function prepare(sql: string): void {
  const db = new Libsql(join(folder, 'runs.db'));
  db.exec(sql);
  db.close();
}

describe('a database', () => {
  it('that is opened twice is made once', async () => {
    const { info } = await createRun(await open(), { runName: 'kept' });
    await opened?.close();
    const store = await open();
    expect((await getRun(store, info.runId)).info.runName).toBe('kept');
    expect((await getExperiment(store, '0')).name).toBe('Default');
  });

  it("has MLflow's tables, columns, keys and indexes", async () => {
    await open();
    await opened?.close();
    opened = undefined;
    const ours = readSchema(join(folder, 'runs.db'));
    prepareMlflow(await readFile(join(golden, 'mlflow-database.sql'), 'utf8'));
    expect(ours).toEqual(readSchema(join(folder, 'mlflow.db')));
    expect(Object.keys(ours)).toHaveLength(34);
  });

  it.each(released)('of %s is brought up to date', async (name) => {
    prepare(await readFile(join(golden, name), 'utf8'));
    const store = await open();
    const [run] = (await searchRuns(store, { experimentIds: ['0'], filter: "params.alpha = '1'" })).items;
    expect(run.info.runName).toBe('first');
    expect(new Map(run.data.metrics.map(({ key, value }) => [key, value]))).toEqual(
      new Map([
        ['rmse', 0.1 + 0.2],
        ['odd', NaN],
      ]),
    );
    const { runId } = await getModelVersionByAlias(store, { name: 'exams', alias: 'champion' });
    expect(runId).toBe(run.info.runId);
  });

  it('that a newer program migrated is refused', async () => {
    await open();
    await opened?.close();
    opened = undefined;
    prepare("insert into scorecast_migrations values ('9999-future', 0)");
    await expect(open()).rejects.toMatchObject({
      code: 'TRACK_SCHEMA_NEWER',
      message: expect.stringContaining('"9999-future"'),
    });
  });
});

describe("MLflow's own database", () => {
  it('at our revision is opened as it is, with all that is in it', async () => {
    prepare(await readFile(join(golden, 'mlflow-database.sql'), 'utf8'));
    const store = await open();
    const { items } = await searchRuns(store, { experimentIds: ['1'], orderBy: ['metrics.rmse'] });
    expect(items[0].info.runName).toBe('ridge');
    const values = new Map(items[0].data.metrics.map(({ key, value }) => [key, value]));
    expect([values.get('odd'), values.get('high'), values.get('low')]).toEqual([NaN, Infinity, -Infinity]);
    expect(items[0].inputs.datasetInputs[0].dataset.name).toBe('exams');
    const history = await getMetricHistory(store, { runId: items[0].info.runId, metricKey: 'loss' });
    expect(history.items.map(({ value }) => value)).toEqual([1, 0.5, 1 / 3, 0.25, 0.2]);
    expect((await getModelVersionByAlias(store, { name: 'exam-score', alias: 'champion' })).version).toBe('1');
    expect((await searchLoggedModels(store, { experimentIds: ['1'] })).items).toHaveLength(1);
    expect((await searchTraces(store, { experimentIds: ['1'] })).items).toHaveLength(1);
    await createRun(store, { experimentId: '1' });
  });

  it('at another revision is refused, with both named and what to do', async () => {
    const sql = await readFile(join(golden, 'mlflow-database.sql'), 'utf8');
    prepare(sql.replace("VALUES('bf29a5ff90ea')", "VALUES('3da73c924c2f')"));
    await expect(open()).rejects.toMatchObject({
      code: 'TRACK_SCHEMA_REVISION',
      message:
        "the database has MLflow's schema at revision 3da73c924c2f, and this program reads revision bf29a5ff90ea (that of " +
        'MLflow 3.6.0: back the database up, then run "mlflow db upgrade" of MLflow 3.6.0 on it if it is older; if it is ' +
        'newer, use a new database and copy the runs with "scorecast import")',
    });
  });

  it('without a revision is refused', async () => {
    prepare('create table experiments (experiment_id integer primary key)');
    await expect(open()).rejects.toMatchObject({ message: expect.stringContaining('at revision none') });
  });
});

function prepareMlflow(sql: string): void {
  const db = new Libsql(join(folder, 'mlflow.db'));
  db.exec(sql);
  db.close();
}

/** What SQLite knows of each of MLflow's tables, without our own indexes and in an order that says nothing. */
function readSchema(file: string): Record<string, unknown> {
  const db = new Libsql(file);
  const rows = (sql: string, ...params: string[]) => JSON.parse(JSON.stringify(db.prepare(sql).all(...params)));
  const schema: Record<string, unknown> = {};
  for (const { name, sql } of rows(
    "select name, sql from sqlite_master where type = 'table' and name not like 'scorecast_%'",
  )) {
    schema[name] = {
      columns: rows(
        'select name, type, "notnull", dflt_value, pk, hidden from pragma_table_xinfo(?) order by name',
        name,
      ),
      foreignKeys: rows(
        'select "table", "from", "to", on_update, on_delete from pragma_foreign_key_list(?) order by "from", "table"',
        name,
      ),
      indexes: rows(
        `select case when list.name like 'sqlite_%' then 'automatic' else list.name end as name, list."unique", list.origin,
           group_concat(info.name) as columns
         from pragma_index_list(?) as list, pragma_index_info(list.name) as info
         where list.name not like 'scorecast_%' group by list.name order by columns, list.origin`,
        name,
      ),
      checks: [...sql.matchAll(/CHECK \(.+?\)\)/gu)].map(([check]) => check).sort(),
    };
  }
  db.close();
  return schema;
}
