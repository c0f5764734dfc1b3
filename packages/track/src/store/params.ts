import { among } from '../database/among.js';
import { type Dialect, type Queries } from '../database/database.js';
import { insertRows } from '../database/insert-rows.js';
import { checkLength, checkName, invalid, MAX_KEY_LENGTH, truncate } from './checks.js';
import { activeRun } from './run-rows.js';
import { type Store } from './store.js';
import { type Param } from './tag.js';

const MAX_VALUE_LENGTH = 6000;

/**
 * Records a param of a run. The same value again is fine: a request that is sent twice does no harm.
 *
 * @throws INVALID_PARAMETER_VALUE when the param has another value already.
 */
export async function logParam(store: Store, request: { readonly runId: string } & Param): Promise<void> {
  const { runId } = request;
  const param = checkedParam({ key: request.key, value: request.value }, '');
  await store.db.write(async (queries) => {
    await activeRun(queries, runId);
    const [change] = await writeParams(queries, store.db.dialect, runId, [param]);
    if (change !== undefined) {
      throw invalid(
        `Changing param values is not allowed. Param with key='${param.key}' was already logged with value='${change.oldValue}' ` +
          `for run ID='${runId}'. Attempted logging new value '${param.value}'.`,
      );
    }
  });
}

/** The param as it is stored: a long value is cut, a bad key refused. `path` says where in the request it stands. */
export function checkedParam(param: Param, path: string): Param {
  checkName(param.key, path === '' ? 'key' : `${path}.key`);
  checkLength('Param key', param.key, MAX_KEY_LENGTH);
  return { key: param.key, value: truncate(param.value, MAX_VALUE_LENGTH) };
}

/** A param that was to change its value. */
export interface ParamChange {
  readonly key: string;
  readonly oldValue: string;
  readonly newValue: string;
}

/** Writes params, of different keys, of a run that was checked; answers those that have another value already. */
export async function writeParams(
  queries: Queries,
  dialect: Dialect,
  runId: string,
  params: readonly Param[],
): Promise<readonly ParamChange[]> {
  const sorted = [...params].sort((a, b) => (a.key < b.key ? -1 : 1));
  const rows = sorted.map(({ key, value }) => [key, value, runId]);
  const written = await insertRows(queries, dialect, 'params (key, value, run_uuid)', rows, 'on conflict do nothing');
  if (written === params.length) return [];
  const existing = await queries
    .selectFrom('params')
    .select(['key', 'value'])
    .where('run_uuid', '=', runId)
    .where(
      among(
        dialect,
        'key',
        params.map(({ key }) => key),
      ),
    )
    .execute();
  const valueOf = new Map(existing.map(({ key, value }) => [key, value]));
  return params.flatMap(({ key, value }) => {
    const oldValue = valueOf.get(key);
    return oldValue === undefined || oldValue === value ? [] : [{ key, oldValue, newValue: value }];
  });
}
