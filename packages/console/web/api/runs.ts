import { allExperiments } from './experiments.js';
import { field, list, number, optionalText, pairs, text } from './json.js';
import { get, post } from './request.js';

/** Data that a run used. */
interface RunDataset {
  readonly name: string;
  readonly digest: string;
  readonly source: string;
  /** Such as `training`. */
  readonly context: string | undefined;
}

/** A run with the latest value of each of its metrics. */
export interface Run {
  readonly id: string;
  readonly experimentId: string;
  readonly name: string;
  readonly user: string;
  /** RUNNING, SCHEDULED, FINISHED, FAILED, KILLED */
  readonly status: string;
  /** Unix milliseconds. */
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  readonly isDeleted: boolean;
  readonly metrics: ReadonlyMap<string, { readonly value: number; readonly step: number }>;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  readonly datasets: readonly RunDataset[];
}

/** Which runs are wanted, in MLflow's language. */
export interface RunSearch {
  readonly experimentIds: readonly string[];
  readonly filter?: string;
  readonly orderBy?: readonly string[];
  readonly maxResults: number;
  readonly pageToken?: string | undefined;
}

/** Some of the runs that were searched for, and where the next ones begin. */
export interface RunPage {
  readonly runs: readonly Run[];
  readonly next: string | undefined;
}

/** One page of a search. */
export async function searchRuns(search: RunSearch, signal?: AbortSignal): Promise<RunPage> {
  const { experimentIds, filter, orderBy, maxResults, pageToken } = search;
  const body = {
    experiment_ids: experimentIds,
    filter,
    order_by: orderBy,
    max_results: maxResults,
    page_token: pageToken,
  };
  const answer = await post('mlflow/runs/search', body, signal);
  return { runs: list(answer, 'runs', readRun), next: optionalText(answer, 'next_page_token') };
}

/** One run. */
export async function getRun(id: string, signal?: AbortSignal): Promise<Run> {
  return readRun(field(await get('mlflow/runs/get', { run_id: id }, signal), 'run'));
}

/** Some runs by their ids, as far as they are there; at most 1000. */
export async function runsWithIds(ids: readonly string[], signal?: AbortSignal): Promise<readonly Run[]> {
  if (ids.length === 0) return [];
  const experimentIds = (await allExperiments(signal)).map(({ id }) => id);
  const filter = `attributes.run_id IN (${ids.map((id) => `'${id}'`).join(', ')})`;
  return (await searchRuns({ experimentIds, filter, maxResults: 1000 }, signal)).runs;
}

function readRun(value: unknown): Run {
  const info = field(value, 'info');
  const data = field(value, 'data');
  const id = text(info, 'run_id');
  return {
    id,
    experimentId: text(info, 'experiment_id'),
    name: text(info, 'run_name') || id.slice(0, 8),
    user: text(info, 'user_id'),
    status: text(info, 'status'),
    startTime: number(info, 'start_time'),
    endTime: number(info, 'end_time'),
    isDeleted: text(info, 'lifecycle_stage') === 'deleted',
    metrics: new Map(list(data, 'metrics', readLatest)),
    params: pairs(data, 'params'),
    tags: pairs(data, 'tags'),
    datasets: list(field(value, 'inputs'), 'dataset_inputs', readDataset),
  };
}

function readLatest(value: unknown) {
  return [
    text(value, 'key'),
    { value: number(value, 'value') ?? Number.NaN, step: number(value, 'step') ?? 0 },
  ] as const;
}

function readDataset(value: unknown): RunDataset {
  const dataset = field(value, 'dataset');
  return {
    name: text(dataset, 'name'),
    digest: text(dataset, 'digest'),
    source: text(dataset, 'source'),
    context: pairs(value, 'tags').get('mlflow.data.context'),
  };
}
