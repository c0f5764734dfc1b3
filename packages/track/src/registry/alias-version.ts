import type { Queries } from '../database/database.js';

/** The version that an alias points to, or null. */
export async function aliasVersion(queries: Queries, name: string, alias: string): Promise<number | null> {
  const row = await queries
    .selectFrom('registered_model_aliases')
    .select('version')
    .where('name', '=', name)
    .where('alias', '=', alias)
    .executeTakeFirst();
  return row?.version ?? null;
}
