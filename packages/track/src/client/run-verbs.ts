import type { Metric } from '../store/metric.js';
import type { ViewType } from '../store/lifecycle.js';
import type { Run } from '../store/run.js';
import { activeRun, type ActiveRun } from './active-run.js';
import { api } from './api.js';
import type { Connection } from './connection.js';
import type { ExperimentVerbs } from './experiment-verbs.js';
import { fieldsOf, integerOrNull, listOf, textOf } from './read-answer.js';
import { readMetric, readRun } from './read-entities.js';
import { searchFields, searchPages, type SearchOptions } from './search-pages.js';

/** What a new run is told. */
export interface NewRun {
  /** The experiment's name; it is created where there is none. Default `Default`. */
  readonly experiment?: string;
  readonly name?: string;
  readonly user?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Unix milliseconds. Default: now. */
  readonly startTime?: number;
}

/** A file that a run has. */
export interface RunFile {
  /** From the folder of the run's files, with `/` between the names. */
  readonly path: string;
  /** null where the server does not say. */
  readonly sizeBytes: number | null;
}

/** What can be done to runs. */
export interface RunVerbs {
  /** Begins one. */
  start(run?: NewRun): Promise<ActiveRun>;
  /** Goes on writing to a run. */
  resume(runId: string): Promise<ActiveRun>;
  get(runId: string): Promise<Run>;
  /** Runs of the experiments with these names, or of all active ones. */
  search(
    options?: SearchOptions & { experiments?: readonly string[]; view?: ViewType },
  ): AsyncGenerator<Run, void, undefined>;
  /** Every value of one metric, in the order of step and time. */
  history(runId: string, key: string): AsyncGenerator<Metric, void, undefined>;
  /** The run's files, folder by folder; `folder` is the one to begin with. Each folder is one request. */
  files(runId: string, folder?: string): AsyncGenerator<RunFile, void, undefined>;
  /** One of the run's files, by its path. */
  readFile(runId: string, path: string): Promise<Uint8Array<ArrayBuffer>>;
  delete(runId: string): Promise<void>;
  restore(runId: string): Promise<void>;
}

/** The verbs for runs over one connection. */
export function runVerbs(connection: Connection, experiments: ExperimentVerbs): RunVerbs {
  const post = async (verb: string, json: object, once = false) =>
    fieldsOf(await connection.json({ method: 'POST', path: api(`runs/${verb}`), json, once }));
  const tell = (verb: string, json: object) => connection.tell({ method: 'POST', path: api(`runs/${verb}`), json });
  const get = async (runId: string) => {
    const query = { run_id: runId };
    return readRun(fieldsOf(await connection.json({ method: 'GET', path: api('runs/get'), query }))['run']);
  };
  const idsOf = async (names: readonly string[] | undefined): Promise<readonly string[]> => {
    const ids: string[] = [];
    for await (const { experimentId, name } of experiments.search()) {
      if (names === undefined || names.includes(name)) ids.push(experimentId);
    }
    return ids;
  };
  const files = async function* (runId: string, folder = ''): AsyncGenerator<RunFile, void, undefined> {
    const query = { run_id: runId, ...(folder === '' ? {} : { path: folder }) };
    const answer = await connection.json({ method: 'GET', path: api('artifacts/list'), query });
    for (const fields of listOf(fieldsOf(answer)['files'])) {
      const path = textOf(fields['path']);
      if (fields['is_dir'] === true) yield* files(runId, path);
      else yield { path, sizeBytes: integerOrNull(fields['file_size']) };
    }
  };
  return {
    async start({ experiment = 'Default', name, user, tags = {}, startTime = Date.now() } = {}) {
      const json = {
        experiment_id: await experiments.ensure(experiment),
        start_time: startTime,
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
        ...(name === undefined ? {} : { run_name: name }),
        ...(user === undefined ? {} : { user_id: user }),
      };
      return activeRun(connection, readRun((await post('create', json, true))['run']).info);
    },
    resume: async (runId) => activeRun(connection, (await get(runId)).info),
    get,
    async *search({ experiments: names, view = 'ACTIVE_ONLY', ...options } = {}) {
      const experimentIds = await idsOf(names);
      if (experimentIds.length === 0) return;
      const request = (pageToken: string | undefined) => ({
        method: 'POST' as const,
        path: api('runs/search'),
        json: { ...searchFields(options, pageToken), experiment_ids: experimentIds, run_view_type: view },
      });
      yield* searchPages(connection, request, 'runs', readRun);
    },
    history: (runId, key) =>
      searchPages(
        connection,
        (pageToken) => ({
          method: 'GET',
          path: api('metrics/get-history'),
          query: { run_id: runId, metric_key: key, max_results: 25_000, page_token: pageToken },
        }),
        'metrics',
        readMetric,
      ),
    files,
    async readFile(runId, path) {
      const query = { run_uuid: runId, path };
      const answer = await connection.send({ method: 'GET', path: 'get-artifact', query });
      return new Uint8Array(await answer.arrayBuffer());
    },
    delete: (runId) => tell('delete', { run_id: runId }),
    restore: (runId) => tell('restore', { run_id: runId }),
  };
}

export type { ActiveRun, Measured } from './active-run.js';
