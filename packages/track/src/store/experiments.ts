import { insertRows } from '../database/insert-rows.js';
import { refusePurgedExperiment } from '../garbage/purge-marks.js';
import { trackError } from '../track-error.js';
import { experimentLocation } from './artifact-location.js';
import { checkLength, invalid } from './checks.js';
import { type Experiment } from './experiment.js';
import { experimentNumber, experimentRow, experimentsOf, noExperiment } from './experiment-rows.js';
import { checkExperimentTag } from './experiment-tags.js';
import { type LifecycleStage } from './lifecycle.js';
import { type Store } from './store.js';
import { lastOfEachKey, type Tag } from './tag.js';

const MAX_NAME_LENGTH = 500;
const MAX_LOCATION_LENGTH = 2048;

/** What a new experiment is made of. */
export interface CreateExperimentRequest {
  /** 1 to 500 characters; no other experiment has it, deleted or not. */
  readonly name: string;
  /** URI of the folder for its runs' artifacts; by default one under the store's. */
  readonly artifactLocation?: string | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

/**
 * Creates an experiment and answers its id.
 *
 * @throws RESOURCE_ALREADY_EXISTS when the name is taken, by a deleted experiment too.
 */
export async function createExperiment(store: Store, request: CreateExperimentRequest): Promise<string> {
  const { name, artifactLocation, tags = [] } = request;
  checkExperimentName(name);
  if (artifactLocation !== undefined) checkLocation(artifactLocation);
  for (const tag of tags) checkExperimentTag(tag);
  const now = store.now();
  return store.db.write(async (queries) => {
    const created = await queries
      .insertInto('experiments')
      .values({
        name,
        artifact_location: artifactLocation ?? null,
        lifecycle_stage: 'active',
        creation_time: now,
        last_update_time: now,
      })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .returning('experiment_id')
      .executeTakeFirst();
    if (created === undefined) throw nameTaken(name);
    const id = created.experiment_id;
    if (artifactLocation === undefined || artifactLocation === '') {
      const location = experimentLocation(store, id);
      await queries
        .updateTable('experiments')
        .set({ artifact_location: location })
        .where('experiment_id', '=', id)
        .execute();
    }
    const rows = lastOfEachKey(tags).map(({ key, value }) => [key, value, id]);
    await insertRows(queries, store.db.dialect, 'experiment_tags (key, value, experiment_id)', rows);
    return String(id);
  });
}

/** The experiment with an id, deleted or not. */
export async function getExperiment(store: Store, experimentId: string): Promise<Experiment> {
  return store.db.read(async (queries) => {
    const row = await experimentRow(queries, experimentId);
    const [experiment] = await experimentsOf(queries, store.db.dialect, [row]);
    return experiment;
  });
}

/** The experiment with a name, deleted or not. */
export async function getExperimentByName(store: Store, name: string): Promise<Experiment> {
  return store.db.read(async (queries) => {
    const rows = await queries.selectFrom('experiments').selectAll().where('name', '=', name).execute();
    const [experiment] = await experimentsOf(queries, store.db.dialect, rows);
    if (experiment === undefined) {
      throw trackError('RESOURCE_DOES_NOT_EXIST', { message: `Could not find experiment with name '${name}'` });
    }
    return experiment;
  });
}

/**
 * Gives an experiment another name.
 *
 * @throws INVALID_STATE when it is deleted; RESOURCE_ALREADY_EXISTS when the name is taken.
 */
export async function updateExperiment(
  store: Store,
  request: { readonly experimentId: string; readonly newName: string },
): Promise<void> {
  const { experimentId, newName } = request;
  checkExperimentName(newName);
  await store.db.write(async (queries) => {
    const row = await experimentRow(queries, experimentId);
    if (row.lifecycle_stage !== 'active') {
      throw trackError('INVALID_STATE', { message: 'Cannot rename a non-active experiment.' });
    }
    const other = await queries
      .selectFrom('experiments')
      .select('experiment_id')
      .where('name', '=', newName)
      .where('experiment_id', '!=', row.experiment_id)
      .executeTakeFirst();
    if (other !== undefined) throw nameTaken(newName);
    await queries
      .updateTable('experiments')
      .set({ name: newName, last_update_time: store.now() })
      .where('experiment_id', '=', row.experiment_id)
      .execute();
  });
}

/** Deletes an experiment and its runs; they are kept, and can be restored, until garbage collection. */
export async function deleteExperiment(store: Store, experimentId: string): Promise<void> {
  await moveExperiment(store, experimentId, 'active', 'deleted');
}

/**
 * Takes the deletion of an experiment back, and that of all its runs.
 *
 * @throws INVALID_STATE when garbage collection has begun to remove it or one of its runs.
 */
export async function restoreExperiment(store: Store, experimentId: string): Promise<void> {
  await moveExperiment(store, experimentId, 'deleted', 'active');
}

async function moveExperiment(
  store: Store,
  experimentId: string,
  from: LifecycleStage,
  to: LifecycleStage,
): Promise<void> {
  const now = store.now();
  await store.db.write(async (queries) => {
    const { numUpdatedRows } = await queries
      .updateTable('experiments')
      .set({ lifecycle_stage: to, last_update_time: now })
      .where('experiment_id', '=', experimentNumber(experimentId))
      .where('lifecycle_stage', '=', from)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw noExperiment(experimentId);
    await queries
      .updateTable('runs')
      .set({ lifecycle_stage: to, deleted_time: to === 'deleted' ? now : null })
      .where('experiment_id', '=', experimentNumber(experimentId))
      .execute();
    if (to === 'active') await refusePurgedExperiment(queries, experimentId);
  });
}

function checkExperimentName(name: string): void {
  if (name === '') throw invalid(`Invalid experiment name: '${name}'`);
  checkLength('name', name, MAX_NAME_LENGTH);
}

function checkLocation(location: string): void {
  if (location.startsWith('runs:')) throw invalid(`Artifact location cannot be a runs:/ URI. Given: '${location}'`);
  if (location.length > MAX_LOCATION_LENGTH) {
    throw invalid(
      'Invalid artifact path length. The length of the artifact path cannot be greater than ' +
        `${MAX_LOCATION_LENGTH} characters.`,
    );
  }
}

function nameTaken(name: string): Error {
  return trackError('RESOURCE_ALREADY_EXISTS', { message: `Experiment(name=${name}) already exists.` });
}
