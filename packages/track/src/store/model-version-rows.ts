import { type Selectable } from 'kysely';
import { among } from '../database/among.js';
import { type Dialect, type Queries } from '../database/database.js';
import { type Tables } from '../database/tables.js';
import { trackError } from '../track-error.js';
import { groupBy } from './group-by.js';
import { type ModelVersion, type ModelVersionStatus, type Stage } from './model-version.js';
import { checkModelName, versionNumber } from './registry-checks.js';

/** A version's row. */
export type VersionRow = Selectable<Tables['model_versions']>;

/** The stage of versions that were deleted: their numbers are not given out again. */
export const DELETED_STAGE = 'Deleted_Internal';

/** Names a version. */
export interface VersionKey {
  readonly name: string;
  /** A whole number as text. */
  readonly version: string;
}

/** Reads the row of a version that is not deleted. */
export async function versionRow(queries: Queries, { name, version }: VersionKey): Promise<VersionRow> {
  checkModelName(name);
  const row = await queries
    .selectFrom('model_versions')
    .selectAll()
    .where('name', '=', name)
    .where('version', '=', versionNumber(version))
    .where('current_stage', '!=', DELETED_STAGE)
    .executeTakeFirst();
  if (row === undefined) {
    const message = `Model Version (name=${name}, version=${version}) not found`;
    throw trackError('RESOURCE_DOES_NOT_EXIST', { message });
  }
  return row;
}

/** Versions of their rows, in the rows' order, with their tags and aliases. */
export async function versionsOf(
  queries: Queries,
  dialect: Dialect,
  rows: readonly VersionRow[],
): Promise<ModelVersion[]> {
  if (rows.length === 0) return [];
  const names = [...new Set(rows.map((row) => row.name))];
  const tags = await queries
    .selectFrom('model_version_tags')
    .selectAll()
    .where(among(dialect, 'name', names))
    .orderBy('key')
    .execute();
  const aliases = await queries
    .selectFrom('registered_model_aliases')
    .selectAll()
    .where(among(dialect, 'name', names))
    .orderBy('alias')
    .execute();
  const tagsOf = groupBy(tags, keyOf);
  const aliasesOf = groupBy(aliases, keyOf);
  return rows.map((row) => ({
    name: row.name,
    version: String(row.version),
    creationTime: row.creation_time,
    lastUpdatedTime: row.last_updated_time,
    description: row.description,
    userId: row.user_id,
    currentStage: stageOf(row.current_stage),
    source: row.source,
    runId: row.run_id,
    runLink: row.run_link,
    status: statusOf(row.status),
    statusMessage: row.status_message,
    tags: tagsOf(keyOf(row)).map(({ key, value }) => ({ key, value: value ?? '' })),
    aliases: aliasesOf(keyOf(row)).map(({ alias }) => alias),
  }));
}

function keyOf({ name, version }: { readonly name: string; readonly version: number }): string {
  return `${version} ${name}`;
}

function stageOf(column: string | null): Stage {
  const stages: readonly Stage[] = ['Staging', 'Production', 'Archived'];
  return stages.find((stage) => stage === column) ?? 'None';
}

function statusOf(column: string | null): ModelVersionStatus {
  const statuses: readonly ModelVersionStatus[] = ['PENDING_REGISTRATION', 'FAILED_REGISTRATION'];
  return statuses.find((status) => status === column) ?? 'READY';
}
