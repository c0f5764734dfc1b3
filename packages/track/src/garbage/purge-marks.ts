import type { Selectable } from 'kysely';
import { among } from '../database/among.js';
import type { Dialect, Queries } from '../database/database.js';
import type { Tables } from '../database/tables.js';
import { trackError } from '../track-error.js';

/** What can be marked as being removed for good. */
export type PurgeKind = Selectable<Tables['scorecast_purges']>['kind'];

/**
 * Refuses to restore what garbage collection has begun to remove. To be asked after the row was changed, in the same
 * transaction: then either the mark is seen, or the collection sees the row as restored.
 *
 * @throws `INVALID_STATE`
 */
export async function refusePurged(queries: Queries, kind: PurgeKind, id: string): Promise<void> {
  const mark = await queries
    .selectFrom('scorecast_purges')
    .select('id')
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst();
  if (mark !== undefined) throw beingPurged(kind, id);
}

/** The same for an experiment, which is restored together with its runs and models. */
export async function refusePurgedExperiment(queries: Queries, id: string): Promise<void> {
  await refusePurged(queries, 'experiment', id);
  const marks = [
    ...(await queries
      .selectFrom('scorecast_purges')
      .innerJoin('runs', 'runs.run_uuid', 'scorecast_purges.id')
      .select(['kind', 'id'])
      .where('kind', '=', 'run')
      .where('runs.experiment_id', '=', Number(id))
      .limit(1)
      .execute()),
    ...(await queries
      .selectFrom('scorecast_purges')
      .innerJoin('logged_models', 'logged_models.model_id', 'scorecast_purges.id')
      .select(['kind', 'id'])
      .where('kind', '=', 'logged-model')
      .where('logged_models.experiment_id', '=', Number(id))
      .limit(1)
      .execute()),
  ];
  const mark = marks.at(0);
  if (mark !== undefined) throw beingPurged(mark.kind, mark.id);
}

function beingPurged(kind: PurgeKind, id: string): Error {
  const next = 'run "scorecast gc --delete" to its end first';
  return trackError('INVALID_STATE', {
    message: `The ${kind} ${id} cannot be restored: garbage collection has begun to remove it for good (${next}).`,
  });
}

/** Marks what is to be removed. Marking again changes nothing. */
export async function addMarks(
  queries: Queries,
  kind: PurgeKind,
  marked: readonly { readonly id: string; readonly artifactUri: string }[],
  now: number,
): Promise<void> {
  if (marked.length === 0) return;
  await queries
    .insertInto('scorecast_purges')
    .values(marked.map(({ id, artifactUri }) => ({ kind, id, artifact_uri: artifactUri, marked_at: now })))
    .onConflict((conflict) => conflict.columns(['kind', 'id']).doNothing())
    .execute();
}

/** Takes marks away, when what they were for is gone. */
export async function removeMarks(
  queries: Queries,
  dialect: Dialect,
  kind: PurgeKind,
  ids: readonly string[],
): Promise<void> {
  await queries
    .deleteFrom('scorecast_purges')
    .where('kind', '=', kind)
    .where(among(dialect, 'id', ids))
    .execute();
}
