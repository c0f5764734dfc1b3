import type { Queries } from '../database/database.js';
import { invalid } from '../store/checks.js';
import { trackError } from '../track-error.js';

/** The number of a version. @throws INVALID_PARAMETER_VALUE */
export function versionNumber(version: string): number {
  const number = Number(version);
  if (/^\d{1,15}$/.test(version) && number > 0) return number;
  throw invalid(`Parameter 'version' must be an integer, got '${version}'.`);
}

/** Refuses a version that does not exist. */
export async function requireVersion(queries: Queries, name: string, version: number): Promise<void> {
  const found = await queries
    .selectFrom('model_versions')
    .select('version')
    .where('name', '=', name)
    .where('version', '=', version)
    .where('current_stage', '!=', 'Deleted_Internal')
    .executeTakeFirst();
  if (found !== undefined) return;
  throw trackError('RESOURCE_DOES_NOT_EXIST', {
    message: `Model Version (name=${name}, version=${version}) not found`,
  });
}

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
