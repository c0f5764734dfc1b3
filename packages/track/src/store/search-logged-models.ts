import { sql } from 'kysely';
import { among } from '../database/among.js';
import { filterCondition } from '../search/filter-sql.js';
import {
  loggedModelVocabulary,
  newestModels,
  onDatasets,
  type MeasuredDataset,
} from '../search/logged-model-vocabulary.js';
import { type Order, type SortTerm } from '../search/order-by.js';
import { decodePageToken } from '../search/page-token.js';
import { searchPage } from '../search/search-page.js';
import { type Condition } from '../search/vocabulary.js';
import { checkMaxResults, invalid } from './checks.js';
import { experimentNumber } from './experiment-rows.js';
import { type LoggedModel } from './logged-model.js';
import { loggedModelsOf, type LoggedModelRow } from './logged-model-rows.js';
import { type Page } from './page.js';
import { type Store } from './store.js';

const MAX_RESULTS = 1000;

/** A key that logged models are sorted by. */
export interface LoggedModelOrder {
  /** An attribute, or `metrics.` and a key. */
  readonly fieldName: string;
  /** Default true. */
  readonly ascending?: boolean | undefined;
  /** Measurements count only when they were made on this data set. */
  readonly datasetName?: string | undefined;
  readonly datasetDigest?: string | undefined;
}

/** Which logged models are looked for. */
export interface SearchLoggedModelsRequest {
  readonly experimentIds: readonly string[];
  readonly filter?: string | undefined;
  /** Measurements count only when they were made on one of these. */
  readonly datasets?: readonly MeasuredDataset[] | undefined;
  readonly orderBy?: readonly LoggedModelOrder[] | undefined;
  /** Default 100, at most 1000. */
  readonly maxResults?: number | undefined;
  readonly pageToken?: string | undefined;
}

/** Searches logged models that are not deleted. The newest comes first. */
export async function searchLoggedModels(store: Store, request: SearchLoggedModelsRequest): Promise<Page<LoggedModel>> {
  const { experimentIds, filter = '', datasets = [], orderBy = [], maxResults = 100 } = request;
  const { dialect } = store.db;
  checkMaxResults(maxResults, MAX_RESULTS);
  if (datasets.some(({ datasetName }) => datasetName === '')) {
    throw invalid('`dataset_name` in the `datasets` clause must be specified.');
  }
  const matches = filterCondition(dialect, filter, loggedModelVocabulary(datasets));
  const query = {
    table: 'logged_models',
    conditions: [
      among(dialect, 'logged_models.experiment_id', experimentIds.map(experimentNumber)),
      sql`logged_models.lifecycle_stage <> 'deleted'` satisfies Condition,
      ...(datasets.length === 0 ? [] : [isMeasuredOn(datasets)]),
      ...(matches === undefined ? [] : [matches]),
    ],
    order: orderOf(orderBy),
    start: decodePageToken(request.pageToken),
    maxResults,
  };
  return store.db.read(async (queries) => {
    const { rows, ...page } = await searchPage<LoggedModelRow>(queries, query);
    return { items: await loggedModelsOf(queries, dialect, rows), ...page };
  });
}

function isMeasuredOn(datasets: readonly MeasuredDataset[]): Condition {
  return sql`logged_models.model_id in (select model_id from logged_model_metrics where ${onDatasets(datasets)})`;
}

function orderOf(orderBy: readonly LoggedModelOrder[]): Order {
  return { joins: [], terms: [...orderBy.map(termOf), ...newestModels] };
}

function termOf({ fieldName, ascending = true, datasetName, datasetDigest }: LoggedModelOrder): SortTerm {
  if (datasetDigest !== undefined && datasetName === undefined) {
    throw invalid('`dataset_digest` can only be specified if `dataset_name` is also specified.');
  }
  const datasets = datasetName === undefined ? [] : [{ datasetName, datasetDigest }];
  const [first, ...rest] = fieldName.trim().split('.');
  if (rest.length > 0 && first !== 'metrics') {
    throw invalid(`Invalid order by field name: ${first}, only \`metrics.<name>\` is allowed.`);
  }
  const [entity, key] = rest.length > 0 ? [first, rest.join('.')] : [undefined, first];
  const sortKey = loggedModelVocabulary(datasets).sortKey(entity, key, '');
  if (typeof sortKey === 'string') throw invalid(`Invalid order by field name: ${fieldName}. Expected ${sortKey}.`);
  return { value: sortKey.value, descending: !ascending, certain: sortKey.certain };
}
