import type { ModelVersion } from '../store/model-version.js';
import type { RegisteredModel } from '../store/registered-model.js';
import { api } from './api.js';
import type { ClientRequest, Connection } from './connection.js';
import { isCode } from './is-code.js';
import { fieldsOf } from './read-answer.js';
import { readModelVersion, readRegisteredModel } from './read-entities.js';
import { searchFields, searchPages, type SearchOptions } from './search-pages.js';

/** What a new version is told. */
export interface NewVersion {
  /** URI of the model's files. */
  readonly source: string;
  readonly runId?: string;
  /** The logged model that it is made of, where `source` is `models:/` and its id. */
  readonly modelId?: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What can be done to registered models and their versions. */
export interface ModelVerbs {
  create(
    name: string,
    options?: { description?: string; tags?: Readonly<Record<string, string>> },
  ): Promise<RegisteredModel>;
  /** Creates the model where there is none of this name. */
  ensure(name: string): Promise<void>;
  get(name: string): Promise<RegisteredModel>;
  search(options?: SearchOptions): AsyncGenerator<RegisteredModel, void, undefined>;
  rename(name: string, newName: string): Promise<RegisteredModel>;
  describe(name: string, description: string): Promise<RegisteredModel>;
  setTag(name: string, key: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
  createVersion(name: string, version: NewVersion): Promise<ModelVersion>;
  getVersion(name: string, version: string): Promise<ModelVersion>;
  searchVersions(options?: SearchOptions): AsyncGenerator<ModelVersion, void, undefined>;
  deleteVersion(name: string, version: string): Promise<void>;
  /** Points an alias, such as `production`, to a version; it may have pointed elsewhere. */
  setAlias(name: string, alias: string, version: string): Promise<void>;
  deleteAlias(name: string, alias: string): Promise<void>;
  /** The version that an alias points to, or undefined. */
  findByAlias(name: string, alias: string): Promise<ModelVersion | undefined>;
  /** One of a version's files, by its path in the model's folder. */
  readFile(name: string, version: string, path: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** The verbs for the registry over one connection. */
export function modelVerbs(connection: Connection): ModelVerbs {
  const ask = async (request: ClientRequest) => fieldsOf(await connection.json(request));
  const models = (verb: string) => api(`registered-models/${verb}`);
  const versions = (verb: string) => api(`model-versions/${verb}`);
  const oneModel = async (request: ClientRequest) => readRegisteredModel((await ask(request))['registered_model']);
  const oneVersion = async (request: ClientRequest) => readModelVersion((await ask(request))['model_version']);
  return {
    create: (name, { description, tags = {} } = {}) =>
      oneModel({ method: 'POST', path: models('create'), json: { name, description, tags: tagList(tags) } }),
    async ensure(name) {
      await connection.tell({ method: 'POST', path: models('create'), json: { name } }).catch((error: unknown) => {
        if (!isCode(error, 'RESOURCE_ALREADY_EXISTS')) throw error;
      });
    },
    get: (name) => oneModel({ method: 'GET', path: models('get'), query: { name } }),
    search: (options = {}) =>
      searchPages(
        connection,
        (pageToken) => ({ method: 'GET', path: models('search'), query: searchFields(options, pageToken) }),
        'registered_models',
        readRegisteredModel,
      ),
    rename: (name, newName) => oneModel({ method: 'POST', path: models('rename'), json: { name, new_name: newName } }),
    describe: (name, description) => oneModel({ method: 'PATCH', path: models('update'), json: { name, description } }),
    setTag: (name, key, value) =>
      connection.tell({ method: 'POST', path: models('set-tag'), json: { name, key, value } }),
    delete: (name) => connection.tell({ method: 'DELETE', path: models('delete'), json: { name } }),
    createVersion: (name, { source, runId, modelId, description, tags = {} }) =>
      oneVersion({
        method: 'POST',
        path: versions('create'),
        json: { name, source, run_id: runId, model_id: modelId, description, tags: tagList(tags) },
        once: true,
      }),
    getVersion: (name, version) => oneVersion({ method: 'GET', path: versions('get'), query: { name, version } }),
    searchVersions: (options = {}) =>
      searchPages(
        connection,
        (pageToken) => ({ method: 'GET', path: versions('search'), query: searchFields(options, pageToken) }),
        'model_versions',
        readModelVersion,
      ),
    deleteVersion: (name, version) =>
      connection.tell({ method: 'DELETE', path: versions('delete'), json: { name, version } }),
    setAlias: (name, alias, version) =>
      connection.tell({ method: 'POST', path: models('alias'), json: { name, alias, version } }),
    deleteAlias: (name, alias) => connection.tell({ method: 'DELETE', path: models('alias'), json: { name, alias } }),
    findByAlias: (name, alias) =>
      oneVersion({ method: 'GET', path: models('alias'), query: { name, alias } }).catch((error: unknown) => {
        // A missing alias is an invalid parameter to MLflow, a missing model is missing.
        if (isCode(error, 'INVALID_PARAMETER_VALUE') || isCode(error, 'RESOURCE_DOES_NOT_EXIST')) return undefined;
        throw error;
      }),
    async readFile(name, version, path) {
      const query = { name, version, path };
      const answer = await connection.send({ method: 'GET', path: 'model-versions/get-artifact', query });
      return new Uint8Array(await answer.arrayBuffer());
    },
  };
}

function tagList(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
