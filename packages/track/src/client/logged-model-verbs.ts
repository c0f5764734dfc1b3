import type { LoggedModel, LoggedModelStatus } from '../store/logged-model.js';
import { proxiedFolder } from './active-run.js';
import { api, artifactApi } from './api.js';
import type { ClientRequest, Connection } from './connection.js';
import { fieldsOf, integerOrNull, listOf, oneOf, textOf, textOrNull, type Fields } from './read-answer.js';
import { readMetric } from './read-entities.js';
import { searchPages } from './search-pages.js';

const STATUS: readonly [LoggedModelStatus, ...LoggedModelStatus[]] = [
  'LOGGED_MODEL_STATUS_UNSPECIFIED',
  'LOGGED_MODEL_PENDING',
  'LOGGED_MODEL_READY',
  'LOGGED_MODEL_UPLOAD_FAILED',
];

/** What a new logged model is told. */
export interface NewLoggedModel {
  readonly experimentId: string;
  readonly name?: string;
  readonly modelType?: string;
  readonly sourceRunId?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What can be done to the models that runs log, as clients since 3.0 do. Older servers answer ENDPOINT_NOT_FOUND. */
export interface LoggedModelVerbs {
  /** Those of one experiment that are not deleted. */
  search(experimentId: string): AsyncGenerator<LoggedModel, void, undefined>;
  get(modelId: string): Promise<LoggedModel>;
  create(model: NewLoggedModel): Promise<LoggedModel>;
  setTags(modelId: string, tags: Readonly<Record<string, string>>): Promise<void>;
  /** Says whether its files have arrived. */
  finalize(modelId: string, status: LoggedModelStatus): Promise<void>;
  /** The paths of its files; `folder` is the one to begin with. */
  files(modelId: string, folder?: string): AsyncGenerator<string, void, undefined>;
  readFile(modelId: string, path: string): Promise<Uint8Array<ArrayBuffer>>;
  writeFile(model: LoggedModel, path: string, content: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** The verbs for logged models over one connection. */
export function loggedModelVerbs(connection: Connection): LoggedModelVerbs {
  const at = (modelId: string, verb = '') => api(`logged-models/${encodeURIComponent(modelId)}${verb}`);
  const ask = async (request: ClientRequest) => fieldsOf(await connection.json(request));
  const one = async (request: ClientRequest) => readLoggedModel(fieldsOf((await ask(request))['model']));
  const files = async function* (modelId: string, folder = ''): AsyncGenerator<string, void, undefined> {
    const query = folder === '' ? {} : { artifact_directory_path: folder };
    const answer = await ask({ method: 'GET', path: at(modelId, '/artifacts/directories'), query });
    for (const fields of listOf(answer['files'])) {
      const found = textOf(fields['path']);
      if (fields['is_dir'] === true) yield* files(modelId, found);
      else yield found;
    }
  };
  return {
    search: (experimentId) =>
      searchPages(
        connection,
        (pageToken) => ({
          method: 'POST',
          path: api('logged-models/search'),
          json: { experiment_ids: [experimentId], max_results: 50, page_token: pageToken },
        }),
        'models',
        readLoggedModel,
      ),
    get: (modelId) => one({ method: 'GET', path: at(modelId) }),
    create: ({ experimentId, name, modelType, sourceRunId, params = {}, tags = {} }) =>
      one({
        method: 'POST',
        path: api('logged-models'),
        json: {
          experiment_id: experimentId,
          name,
          model_type: modelType,
          source_run_id: sourceRunId,
          params: pairs(params),
          tags: pairs(tags),
        },
        once: true,
      }),
    setTags: (modelId, tags) =>
      connection.tell({ method: 'PATCH', path: at(modelId, '/tags'), json: { tags: pairs(tags) } }),
    finalize: (modelId, status) =>
      connection.tell({ method: 'PATCH', path: at(modelId), json: { model_id: modelId, status } }),
    files,
    async readFile(modelId, path) {
      const page = `ajax-${at(modelId, '/artifacts/files')}`;
      const answer = await connection.send({ method: 'GET', path: page, query: { artifact_file_path: path } });
      return new Uint8Array(await answer.arrayBuffer());
    },
    writeFile: ({ modelId, artifactUri }, path, content) => {
      const folder = proxiedFolder(`logged model ${modelId}`, artifactUri);
      return connection.tell({ method: 'PUT', path: artifactApi(`${folder}/${path}`), content });
    },
  };
}

function readLoggedModel(fields: Fields): LoggedModel {
  const info = fieldsOf(fields['info']);
  const data = fieldsOf(fields['data']);
  const read = (list: unknown) => listOf(list).map(({ key, value }) => ({ key: textOf(key), value: textOf(value) }));
  return {
    modelId: textOf(info['model_id']),
    experimentId: textOf(info['experiment_id']),
    name: textOf(info['name']),
    artifactUri: textOf(info['artifact_uri']),
    creationTime: integerOrNull(info['creation_timestamp_ms']) ?? 0,
    lastUpdatedTime: integerOrNull(info['last_updated_timestamp_ms']) ?? 0,
    status: oneOf(STATUS, info['status']),
    statusMessage: textOrNull(info['status_message']),
    lifecycleStage: 'active',
    modelType: textOrNull(info['model_type']),
    sourceRunId: textOrNull(info['source_run_id']),
    tags: read(info['tags']),
    params: read(data['params']),
    metrics: listOf(data['metrics']).map(readMetric),
  };
}

function pairs(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}
