import { type Selectable } from 'kysely';
import { among } from '../database/among.js';
import { type Tables } from '../database/tables.js';
import { experimentTie, experimentVocabulary, newestExperiments } from '../search/experiment-vocabulary.js';
import { filterCondition } from '../search/filter-sql.js';
import { parseOrder } from '../search/order-by.js';
import { decodePageToken } from '../search/page-token.js';
import { searchPage } from '../search/search-page.js';
import { checkMaxResults } from './checks.js';
import { type Experiment } from './experiment.js';
import { experimentsOf } from './experiment-rows.js';
import { stagesOf, type ViewType } from './lifecycle.js';
import { type Page, type SearchRequest } from './page.js';
import { type Store } from './store.js';

const MAX_RESULTS = 50_000;

/** Searches experiments: at most 1000 per page, or as many as asked for up to 50000. The newest comes first. */
export async function searchExperiments(
  store: Store,
  request: SearchRequest & { readonly viewType?: ViewType | undefined },
): Promise<Page<Experiment>> {
  const { filter = '', orderBy = [], viewType = 'ACTIVE_ONLY', maxResults = 1000 } = request;
  const { dialect } = store.db;
  checkMaxResults(maxResults, MAX_RESULTS);
  const matches = filterCondition(dialect, filter, experimentVocabulary);
  const query = {
    table: 'experiments',
    conditions: [
      among(dialect, 'experiments.lifecycle_stage', stagesOf(viewType)),
      ...(matches === undefined ? [] : [matches]),
    ],
    order: parseOrder(orderBy, experimentVocabulary, orderBy.length === 0 ? newestExperiments : experimentTie),
    start: decodePageToken(request.pageToken),
    maxResults,
  };
  return store.db.read(async (queries) => {
    const { rows, ...page } = await searchPage<Selectable<Tables['experiments']>>(queries, query);
    return { items: await experimentsOf(queries, dialect, rows), ...page };
  });
}
