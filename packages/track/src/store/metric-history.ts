import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { among } from '../database/among.js';
import { type Flag } from '../database/tables.js';
import { decodePageToken } from '../search/page-token.js';
import { searchPage } from '../search/search-page.js';
import { invalid } from './checks.js';
import { loadedNumber } from './metric-value.js';
import { type Metric } from './metric.js';
import { type Page } from './page.js';
import { type Store } from './store.js';

const MAX_RUNS = 100;
const MAX_BULK_RESULTS = 25_000;
const WITHOUT_LIMIT = 2 ** 31 - 2;

/** All that a run measured under a key, by timestamp, step and value; at once, or in pages when `maxResults` is given. */
export async function getMetricHistory(
  store: Store,
  request: {
    readonly runId: string;
    readonly metricKey: string;
    readonly maxResults?: number | undefined;
    readonly pageToken?: string | undefined;
  },
): Promise<Page<Metric>> {
  const { runId, metricKey, maxResults } = request;
  if (maxResults === undefined && (request.pageToken ?? '') === '') {
    return { items: await wholeHistory(store, runId, metricKey) };
  }
  const query = {
    table: 'metrics',
    conditions: [sql<SqlBool>`run_uuid = ${runId}`, sql<SqlBool>`key = ${metricKey}`],
    order: { joins: [], terms: ['timestamp', 'step', 'value', 'is_nan'].map(ascending) },
    start: decodePageToken(request.pageToken),
    maxResults: maxResults ?? WITHOUT_LIMIT,
  };
  return store.db.read(async (queries) => {
    const { rows, ...page } = await searchPage<MetricRow>(queries, query);
    return { items: rows.map(metricOf), ...page };
  });
}

/** The key is the same everywhere, so it is not fetched. */
async function wholeHistory(store: Store, runId: string, key: string): Promise<readonly Metric[]> {
  return store.db.read(async (queries) => {
    const rows = await queries
      .selectFrom('metrics')
      .select(['timestamp', 'step', 'value', 'is_nan'])
      .where('run_uuid', '=', runId)
      .where('key', '=', key)
      .orderBy('timestamp')
      .orderBy('step')
      .orderBy('value')
      .execute();
    return rows.map((row) => metricOf({ key, ...row }));
  });
}

/**
 * What several runs measured under a key, by run, timestamp, step and value.
 *
 * @param request At most 100 runs; `maxResults` at most 25000 for all together, which is also the default.
 */
export async function getMetricHistoryBulk(
  store: Store,
  request: { readonly runIds: readonly string[]; readonly metricKey: string; readonly maxResults?: number | undefined },
): Promise<readonly Metric[]> {
  const { runIds, metricKey, maxResults = MAX_BULK_RESULTS } = request;
  if (runIds.length === 0) throw invalid('GetMetricHistoryBulk request must specify at least one run_id.');
  if (runIds.length > MAX_RUNS) {
    throw invalid(
      `GetMetricHistoryBulk request cannot specify more than ${MAX_RUNS} run_ids. Received ${runIds.length} run_ids.`,
    );
  }
  return store.db.read(async (queries) => {
    const rows = await queries
      .selectFrom('metrics')
      .select(['run_uuid', 'key', 'timestamp', 'step', 'value', 'is_nan'])
      .where(among(store.db.dialect, 'run_uuid', runIds))
      .where('key', '=', metricKey)
      .orderBy('run_uuid')
      .orderBy('timestamp')
      .orderBy('step')
      .orderBy('value')
      .limit(Math.min(maxResults, MAX_BULK_RESULTS))
      .execute();
    return rows.map((row) => ({ ...metricOf(row), runId: row.run_uuid }));
  });
}

/** The columns of a measurement. */
interface MetricRow {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
  readonly is_nan: Flag;
}

/** The measurement that columns hold. */
export function metricOf({ key, value, timestamp, step, is_nan }: MetricRow): Metric {
  return { key, value: loadedNumber(value, is_nan), timestamp, step };
}

function ascending(column: string): { value: RawBuilder<unknown>; descending: boolean; certain: boolean } {
  return { value: sql.ref(column), descending: false, certain: true };
}
