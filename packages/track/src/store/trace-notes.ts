import { type Dialect, type Queries } from '../database/database.js';
import { insertRows } from '../database/insert-rows.js';
import { trackError } from '../track-error.js';
import { checkLength, checkName, truncate } from './checks.js';
import { type Store } from './store.js';
import { lastOfEachKey, type Tag } from './tag.js';
import { traceRow } from './trace-rows.js';

const MAX_KEY_LENGTH = 250;
const MAX_VALUE_LENGTH = 8000;

/** Sets a tag of a trace, in place of the one with the same key. */
export async function setTraceTag(store: Store, request: { readonly traceId: string } & Tag): Promise<void> {
  const { traceId, key, value } = request;
  checkName(key, 'key');
  checkLength('key', key, MAX_KEY_LENGTH);
  await store.db.write(async (queries) => {
    await traceRow(queries, traceId);
    await writeTraceNotes(queries, store.db.dialect, 'trace_tags', traceId, [{ key, value }]);
  });
}

/**
 * Removes a tag of a trace.
 *
 * @throws RESOURCE_DOES_NOT_EXIST when there is no such tag.
 */
export async function deleteTraceTag(
  store: Store,
  request: { readonly traceId: string; readonly key: string },
): Promise<void> {
  const { traceId, key } = request;
  await store.db.write(async (queries) => {
    const { numDeletedRows } = await queries
      .deleteFrom('trace_tags')
      .where('request_id', '=', traceId)
      .where('key', '=', key)
      .executeTakeFirst();
    if (numDeletedRows === 0n) {
      const message = `No trace tag with key '${key}' for trace with ID '${traceId}'`;
      throw trackError('RESOURCE_DOES_NOT_EXIST', { message });
    }
  });
}

/** Writes tags or metadata of a trace, in place of those with the same keys. */
export async function writeTraceNotes(
  queries: Queries,
  dialect: Dialect,
  table: 'trace_tags' | 'trace_request_metadata',
  traceId: string,
  notes: readonly Tag[],
): Promise<void> {
  const rows = lastOfEachKey(notes).map(({ key, value }) => [key, truncate(value, MAX_VALUE_LENGTH), traceId]);
  const upsert = 'on conflict (key, request_id) do update set value = excluded.value';
  await insertRows(queries, dialect, `${table} (key, value, request_id)`, rows, upsert);
}
