import { type Selectable } from 'kysely';
import { among } from '../database/among.js';
import { type Dialect, type Queries } from '../database/database.js';
import { type Tables } from '../database/tables.js';
import { trackError } from '../track-error.js';
import { groupBy } from './group-by.js';
import { DELETED_STAGE, versionsOf, type VersionRow } from './model-version-rows.js';
import { type RegisteredModel } from './registered-model.js';
import { checkModelName } from './registry-checks.js';

/** A registered model's row. */
export type RegisteredModelRow = Selectable<Tables['registered_models']>;

/** Reads a registered model's row; in a write on PostgreSQL it is locked, so that two changes come one after the other. */
export async function registeredModelRow(
  queries: Queries,
  name: string,
  lockOn?: Dialect,
): Promise<RegisteredModelRow> {
  checkModelName(name);
  const query = queries.selectFrom('registered_models').selectAll().where('name', '=', name);
  const row = await (lockOn === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
  if (row === undefined) {
    throw trackError('RESOURCE_DOES_NOT_EXIST', { message: `Registered Model with name=${name} not found` });
  }
  return row;
}

/** Registered models of their rows, in the rows' order, with tags, aliases and the newest version of each stage. */
export async function registeredModelsOf(
  queries: Queries,
  dialect: Dialect,
  rows: readonly RegisteredModelRow[],
): Promise<RegisteredModel[]> {
  if (rows.length === 0) return [];
  const names = rows.map((row) => row.name);
  const tags = await queries
    .selectFrom('registered_model_tags')
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
  const latest = await versionsOf(queries, dialect, await latestVersionRows(queries, dialect, names));
  const tagsOf = groupBy(tags, (tag) => tag.name);
  const aliasesOf = groupBy(aliases, (alias) => alias.name);
  const latestOf = groupBy(latest, (version) => version.name);
  return rows.map((row) => ({
    name: row.name,
    creationTime: row.creation_time,
    lastUpdatedTime: row.last_updated_time,
    description: row.description,
    tags: tagsOf(row.name).map(({ key, value }) => ({ key, value: value ?? '' })),
    aliases: aliasesOf(row.name).map(({ alias, version }) => ({ alias, version: String(version) })),
    latestVersions: latestOf(row.name),
  }));
}

/** Of each model and stage the row of the newest version. */
async function latestVersionRows(
  queries: Queries,
  dialect: Dialect,
  names: readonly string[],
): Promise<readonly VersionRow[]> {
  return queries
    .selectFrom('model_versions')
    .innerJoin(
      (from) =>
        from
          .selectFrom('model_versions')
          .select(['name', 'current_stage'])
          .select((column) => column.fn.max('version').as('version'))
          .where(among(dialect, 'name', names))
          .where('current_stage', '!=', DELETED_STAGE)
          .groupBy(['name', 'current_stage'])
          .as('latest'),
      (join) =>
        join.onRef('latest.name', '=', 'model_versions.name').onRef('latest.version', '=', 'model_versions.version'),
    )
    .selectAll('model_versions')
    .orderBy('model_versions.version')
    .execute();
}
