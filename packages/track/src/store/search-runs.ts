import { among } from '../database/among.js';
import { filterCondition } from '../search/filter-sql.js';
import { parseOrder } from '../search/order-by.js';
import { decodePageToken } from '../search/page-token.js';
import { newestRuns, runVocabulary } from '../search/run-vocabulary.js';
import { searchPage } from '../search/search-page.js';
import { checkMaxResults } from './checks.js';
import { experimentNumber } from './experiment-rows.js';
import { stagesOf, type ViewType } from './lifecycle.js';
import { type Page, type SearchRequest } from './page.js';
import { type Run } from './run.js';
import { runsOf } from './run-parts.js';
import { type RunRow } from './run-rows.js';
import { type Store } from './store.js';

const MAX_RESULTS = 50_000;

/** Which runs are looked for. */
export interface SearchRunsRequest extends SearchRequest {
  readonly experimentIds: readonly string[];
  /** Default ACTIVE_ONLY. */
  readonly viewType?: ViewType | undefined;
  /** Default 1000, at most 50000. */
  readonly maxResults?: number | undefined;
}

/**
 * Searches runs of some experiments. Without an order the newest comes first.
 *
 * A page takes seven statements, however many runs are on it. As in MLflow a full page always has a next one, which
 * may be empty.
 */
export async function searchRuns(store: Store, request: SearchRunsRequest): Promise<Page<Run>> {
  const { experimentIds, filter = '', orderBy = [], viewType = 'ACTIVE_ONLY', maxResults = 1000 } = request;
  const { dialect } = store.db;
  checkMaxResults(maxResults, MAX_RESULTS);
  const matches = filterCondition(dialect, filter, runVocabulary);
  const query = {
    table: 'runs',
    conditions: [
      among(dialect, 'runs.experiment_id', experimentIds.map(experimentNumber)),
      among(dialect, 'runs.lifecycle_stage', stagesOf(viewType)),
      ...(matches === undefined ? [] : [matches]),
    ],
    order: parseOrder(orderBy, runVocabulary, newestRuns),
    start: decodePageToken(request.pageToken),
    maxResults,
    fullPageHasNext: true,
    sortsPlaces: dialect === 'postgres',
  };
  return store.db.read(async (queries) => {
    const { rows, ...page } = await searchPage<RunRow>(queries, query);
    return { items: await runsOf(queries, dialect, rows), ...page };
  });
}
