import { sql } from 'kysely';
import { type Entries } from '../search/entry-field.js';
import { filterCondition, mentions } from '../search/filter-sql.js';
import {
  isPrompt,
  modelTags,
  modelTie,
  modelVersionVocabulary,
  newestVersions,
  PROMPT_TAG,
  registeredModelVocabulary,
  versionTags,
  versionTie,
} from '../search/model-vocabulary.js';
import { parseOrder } from '../search/order-by.js';
import { decodePageToken } from '../search/page-token.js';
import { searchPage } from '../search/search-page.js';
import { type Condition, type Vocabulary } from '../search/vocabulary.js';
import { invalid } from './checks.js';
import { type ModelVersion } from './model-version.js';
import { DELETED_STAGE, versionsOf, type VersionRow } from './model-version-rows.js';
import { type Page, type SearchRequest } from './page.js';
import { type RegisteredModel } from './registered-model.js';
import { registeredModelsOf, type RegisteredModelRow } from './registered-model-rows.js';
import { type Store } from './store.js';

const MAX_MODELS = 1000;
const MAX_VERSIONS = 200_000;

/** Searches registered models: 100 per page, at most 1000; by name. Prompts are left out unless the filter asks for them. */
export async function searchRegisteredModels(store: Store, request: SearchRequest): Promise<Page<RegisteredModel>> {
  const { filter = '', orderBy = [], maxResults = 100 } = request;
  checkCount(maxResults, MAX_MODELS);
  const query = {
    table: 'registered_models',
    conditions: conditions(store, filter, registeredModelVocabulary, modelTags),
    order: parseOrder(orderBy, registeredModelVocabulary, modelTie),
    start: decodePageToken(request.pageToken),
    maxResults,
  };
  return store.db.read(async (queries) => {
    const { rows, ...page } = await searchPage<RegisteredModelRow>(queries, query);
    return { items: await registeredModelsOf(queries, store.db.dialect, rows), ...page };
  });
}

/** Searches versions: 10000 per page, at most 200000; the one touched last comes first. Prompts as above. */
export async function searchModelVersions(store: Store, request: SearchRequest): Promise<Page<ModelVersion>> {
  const { filter = '', orderBy = [], maxResults = 10_000 } = request;
  checkCount(maxResults, MAX_VERSIONS);
  const query = {
    table: 'model_versions',
    conditions: [
      sql`model_versions.current_stage <> ${DELETED_STAGE}` satisfies Condition,
      ...conditions(store, filter, modelVersionVocabulary, versionTags),
    ],
    order: parseOrder(orderBy, modelVersionVocabulary, orderBy.length === 0 ? newestVersions : versionTie),
    start: decodePageToken(request.pageToken),
    maxResults,
  };
  return store.db.read(async (queries) => {
    const { rows, ...page } = await searchPage<VersionRow>(queries, query);
    return { items: await versionsOf(queries, store.db.dialect, rows), ...page };
  });
}

function conditions(store: Store, filter: string, vocabulary: Vocabulary, tags: Entries): Condition[] {
  const matches = filterCondition(store.db.dialect, filter, vocabulary);
  const isModel: Condition = sql`${isPrompt(tags)} <> 'true'`;
  return [...(mentions(filter, PROMPT_TAG) ? [] : [isModel]), ...(matches === undefined ? [] : [matches])];
}

function checkCount(maxResults: number, limit: number): void {
  if (!Number.isInteger(maxResults) || maxResults < 1) {
    throw invalid(`Invalid value for max_results. It must be a positive integer, but got ${maxResults}`);
  }
  if (maxResults > limit) {
    throw invalid(
      `Invalid value for request parameter max_results. It must be at most ${limit}, but got value ${maxResults}`,
    );
  }
}
