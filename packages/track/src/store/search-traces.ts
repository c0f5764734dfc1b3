import { among } from '../database/among.js';
import { filterCondition } from '../search/filter-sql.js';
import { parseOrder } from '../search/order-by.js';
import { decodePageToken } from '../search/page-token.js';
import { searchPage } from '../search/search-page.js';
import { newestTraces, traceVocabulary } from '../search/trace-vocabulary.js';
import { checkMaxResults } from './checks.js';
import { experimentNumber } from './experiment-rows.js';
import { type Page, type SearchRequest } from './page.js';
import { type Store } from './store.js';
import { type TraceInfo } from './trace.js';
import { tracesOf, type TraceRow } from './trace-rows.js';

const MAX_RESULTS = 500;

/** Searches traces of some experiments: 100 per page, at most 500. The newest comes first. */
export async function searchTraces(
  store: Store,
  request: SearchRequest & { readonly experimentIds: readonly string[] },
): Promise<Page<TraceInfo>> {
  const { experimentIds, filter = '', orderBy = [], maxResults = 100 } = request;
  const { dialect } = store.db;
  checkMaxResults(maxResults, MAX_RESULTS);
  const matches = filterCondition(dialect, filter, traceVocabulary);
  const query = {
    table: 'trace_info',
    conditions: [
      among(dialect, 'trace_info.experiment_id', experimentIds.map(experimentNumber)),
      ...(matches === undefined ? [] : [matches]),
    ],
    order: parseOrder(orderBy, traceVocabulary, newestTraces),
    start: decodePageToken(request.pageToken),
    maxResults,
    fullPageHasNext: true,
  };
  return store.db.read(async (queries) => {
    const { rows, ...page } = await searchPage<TraceRow>(queries, query);
    return { items: await tracesOf(queries, dialect, rows), ...page };
  });
}
