import { sql } from 'kysely';
import { among } from '../database/among.js';
import { type Dialect, type Queries } from '../database/database.js';
import { groupBy } from './group-by.js';
import { type Tag } from './tag.js';

/** The params or tags of runs, by run. */
export async function entriesOf(
  queries: Queries,
  dialect: Dialect,
  table: 'params' | 'tags',
  runIds: readonly string[],
): Promise<(runId: string) => readonly Tag[]> {
  if (dialect === 'sqlite') return entriesAsJson(queries, table, runIds);
  const rows = await queries
    .selectFrom(table)
    .select(['run_uuid', 'key', 'value'])
    .where(among(dialect, 'run_uuid', runIds))
    .execute();
  const rowsOf = groupBy(rows, (row) => row.run_uuid);
  return (runId) => rowsOf(runId).map(({ key, value }) => ({ key, value: value ?? '' }));
}

/** From SQLite three texts arrive sooner than thousands of small ones. */
async function entriesAsJson(
  queries: Queries,
  table: string,
  runIds: readonly string[],
): Promise<(runId: string) => readonly Tag[]> {
  const { rows } = await sql<{ runs: string; keys: string; texts: string }>`
    select json_group_array(given.key) as runs, json_group_array(entry.key) as keys, json_group_array(entry.value) as texts
    from json_each(${JSON.stringify(runIds)}) as given cross join ${sql.table(table)} as entry
    on entry.run_uuid = given.value`.execute(queries);
  const [{ runs, keys, texts }] = rows;
  const keyOf = listIn(keys);
  const textOf = listIn(texts);
  const entries = new Map<string, Tag[]>();
  for (const [index, place] of listIn(runs).entries()) {
    const run = runIds[Number(place)];
    const text = textOf[index];
    const tag = { key: String(keyOf[index]), value: typeof text === 'string' ? text : '' };
    const others = entries.get(run);
    if (others === undefined) entries.set(run, [tag]);
    else others.push(tag);
  }
  return (runId) => entries.get(runId) ?? [];
}

function listIn(json: string): readonly unknown[] {
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) ? list : [];
}
