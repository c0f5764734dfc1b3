import type { Store } from '../../src/index.js';

const TABLES = [
  'runs',
  'metrics',
  'latest_metrics',
  'params',
  'tags',
  'inputs',
  'input_tags',
  'logged_models',
  'scorecast_purges',
  'scorecast_artifacts',
] as const;

/** How many rows the tables of runs and models hold. */
export async function rowCounts({ db }: Store): Promise<Readonly<Record<string, number>>> {
  const counts = TABLES.map(async (table) => {
    const rows = await db.read((queries) => queries.selectFrom(table).selectAll().execute());
    return [table, rows.length] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}
