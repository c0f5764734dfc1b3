import { trackError } from '../track-error.js';
import { checkLength, checkName, MAX_KEY_LENGTH } from './checks.js';
import { activeExperimentRow } from './experiment-rows.js';
import { type Store } from './store.js';
import { type Tag } from './tag.js';

const MAX_VALUE_LENGTH = 5000;

/** Sets a tag of an experiment, in place of the one with the same key. */
export async function setExperimentTag(store: Store, request: { readonly experimentId: string } & Tag): Promise<void> {
  const { key, value } = request;
  checkExperimentTag(request);
  await store.db.write(async (queries) => {
    const { experiment_id } = await activeExperimentRow(queries, request.experimentId);
    await queries
      .insertInto('experiment_tags')
      .values({ experiment_id, key, value })
      .onConflict((conflict) => conflict.columns(['key', 'experiment_id']).doUpdateSet({ value }))
      .execute();
  });
}

/**
 * Removes a tag of an experiment.
 *
 * @throws RESOURCE_DOES_NOT_EXIST when there is no such tag.
 */
export async function deleteExperimentTag(
  store: Store,
  request: { readonly experimentId: string; readonly key: string },
): Promise<void> {
  const { experimentId, key } = request;
  await store.db.write(async (queries) => {
    const { experiment_id } = await activeExperimentRow(queries, experimentId);
    const { numDeletedRows } = await queries
      .deleteFrom('experiment_tags')
      .where('experiment_id', '=', experiment_id)
      .where('key', '=', key)
      .executeTakeFirst();
    if (numDeletedRows === 0n) {
      const message = `No tag with name: ${key} in experiment with id ${experimentId}`;
      throw trackError('RESOURCE_DOES_NOT_EXIST', { message });
    }
  });
}

/** Refuses a tag that an experiment cannot have. */
export function checkExperimentTag(tag: Tag): void {
  checkName(tag.key, 'key');
  checkLength('key', tag.key, MAX_KEY_LENGTH);
  checkLength('value', tag.value, MAX_VALUE_LENGTH);
}
