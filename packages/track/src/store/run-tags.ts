import { type Dialect, type Queries } from '../database/database.js';
import { insertRows } from '../database/insert-rows.js';
import { trackError } from '../track-error.js';
import { checkLength, checkName, MAX_KEY_LENGTH, truncate } from './checks.js';
import { activeRun } from './run-rows.js';
import { type Store } from './store.js';
import { lastOfEachKey, type Tag } from './tag.js';

/** The tag that is a run's name. */
export const RUN_NAME_TAG = 'mlflow.runName';

const MAX_VALUE_LENGTH = 8000;
const MAX_NAME_LENGTH = 250;

/** Sets a tag of a run, in place of the one with the same key. */
export async function setRunTag(store: Store, request: { readonly runId: string } & Tag): Promise<void> {
  const tag = checkedTag({ key: request.key, value: request.value }, '');
  await store.db.write(async (queries) => {
    await activeRun(queries, request.runId);
    await writeTags(queries, store.db.dialect, request.runId, [tag]);
  });
}

/**
 * Removes a tag of a run.
 *
 * @throws RESOURCE_DOES_NOT_EXIST when there is no such tag.
 */
export async function deleteRunTag(
  store: Store,
  request: { readonly runId: string; readonly key: string },
): Promise<void> {
  const { runId, key } = request;
  await store.db.write(async (queries) => {
    await activeRun(queries, runId);
    const { numDeletedRows } = await queries
      .deleteFrom('tags')
      .where('run_uuid', '=', runId)
      .where('key', '=', key)
      .executeTakeFirst();
    if (numDeletedRows === 0n) {
      const message = `No tag with name: ${key} in run with id ${runId}`;
      throw trackError('RESOURCE_DOES_NOT_EXIST', { message });
    }
  });
}

/** The tag as it is stored: a long value is cut, a bad key refused. `path` says where in the request it stands. */
export function checkedTag(tag: Tag, path: string): Tag {
  const keyPath = path === '' ? 'key' : `${path}.key`;
  checkName(tag.key, keyPath);
  checkLength(keyPath, tag.key, MAX_KEY_LENGTH);
  return { key: tag.key, value: truncate(tag.value, MAX_VALUE_LENGTH) };
}

/** Writes tags of a run that was checked; the tag `mlflow.runName` renames it, unless it is empty. */
export async function writeTags(
  queries: Queries,
  dialect: Dialect,
  runId: string,
  tags: readonly Tag[],
): Promise<void> {
  const kept = lastOfEachKey(tags).filter(({ key, value }) => key !== RUN_NAME_TAG || value !== '');
  const name = kept.find(({ key }) => key === RUN_NAME_TAG)?.value;
  if (name !== undefined) {
    checkLength('run_name', name, MAX_NAME_LENGTH);
    await queries.updateTable('runs').set({ name }).where('run_uuid', '=', runId).execute();
  }
  const rows = kept.map(({ key, value }) => [key, value, runId]);
  await insertRows(queries, dialect, 'tags (key, value, run_uuid)', rows, UPSERT);
}

const UPSERT = 'on conflict (key, run_uuid) do update set value = excluded.value';
