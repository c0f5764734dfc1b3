import type { TraceInfo, TraceState } from '../store/trace.js';
import { exactJson, parseExactJson } from '../server/otlp/exact-json.js';
import { api } from './api.js';
import type { Connection } from './connection.js';
import { isCode } from './is-code.js';
import { otlpRequest } from './otlp-request.js';
import { fieldsOf, integerOrNull, listOf, oneOf, textOf, textOrNull, type Fields } from './read-answer.js';
import { searchPages } from './search-pages.js';

const STATES: readonly [TraceState, ...TraceState[]] = ['STATE_UNSPECIFIED', 'OK', 'ERROR', 'IN_PROGRESS'];

/** A trace as servers list it. */
export interface ListedTrace extends TraceInfo {
  /** How many judgements of people or programs it has; they are not read. */
  readonly assessments: number;
}

/** What can be done to traces. */
export interface TraceVerbs {
  /** Those of one experiment, the newest first. */
  search(experimentId: string, filter?: string): AsyncGenerator<ListedTrace, void, undefined>;
  /** The steps of a trace, as MLflow writes them to files: JSON objects, whole numbers as bigints. */
  spans(traceId: string): Promise<readonly unknown[]>;
  /** Records the facts of a trace, or completes one that its spans have begun. */
  start(trace: TraceInfo): Promise<void>;
  /**
   * Records spans that {@link TraceVerbs.spans} gave, of a trace whose id is `tr-` and 32 hexadecimal digits. Only servers
   * of Scorecast take them as JSON.
   */
  logSpans(
    target: { readonly experimentId: string; readonly traceId: string },
    spans: readonly unknown[],
  ): Promise<void>;
  /** Says that traces belong to a run that did not record them. */
  linkToRun(traceIds: readonly string[], runId: string): Promise<void>;
}

/** The verbs for traces over one connection. */
export function traceVerbs(connection: Connection): TraceVerbs {
  const since3 = (path: string) => `api/3.0/mlflow/${path}`;
  const newer = (experimentId: string, filter: string | undefined) =>
    searchPages(
      connection,
      (pageToken) => ({
        method: 'POST',
        path: since3('traces/search'),
        json: {
          locations: [{ type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: experimentId } }],
          filter,
          max_results: 100,
          page_token: pageToken,
        },
      }),
      'traces',
      readTrace,
    );
  const older = (experimentId: string, filter: string | undefined) =>
    searchPages(
      connection,
      (pageToken) => ({
        method: 'GET',
        path: api('traces'),
        query: { experiment_ids: experimentId, filter, max_results: 100, page_token: pageToken },
      }),
      'traces',
      readOldTrace,
    );
  return {
    async *search(experimentId, filter) {
      try {
        yield* newer(experimentId, filter);
      } catch (error) {
        if (!isCode(error, 'ENDPOINT_NOT_FOUND')) throw error;
        yield* older(experimentId, filter);
      }
    },
    async spans(traceId) {
      const path = 'ajax-api/2.0/mlflow/get-trace-artifact';
      const answer = await connection.send({ method: 'GET', path, query: { request_id: traceId } });
      const spans: unknown = fieldsOf(parseExactJson(await answer.text()))['spans'];
      return listed(spans);
    },
    start: (trace) =>
      connection.tell({ method: 'POST', path: since3('traces'), json: { trace: { trace_info: written(trace) } } }),
    logSpans: ({ experimentId, traceId }, spans) =>
      connection.tell({
        method: 'POST',
        path: 'v1/traces',
        headers: { 'x-mlflow-experiment-id': experimentId, 'content-type': 'application/json' },
        content: exactJson(otlpRequest(traceId, spans)),
      }),
    linkToRun: (traceIds, runId) =>
      connection.tell({
        method: 'POST',
        path: api('traces/link-to-run'),
        json: { trace_ids: traceIds, run_id: runId },
      }),
  };
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function readTrace(fields: Fields): ListedTrace {
  const experiment = fieldsOf(fieldsOf(fields['trace_location'])['mlflow_experiment']);
  const [, seconds] = /^(-?\d+(?:\.\d+)?)s$/.exec(textOf(fields['execution_duration'])) ?? [];
  return {
    traceId: textOf(fields['trace_id']),
    experimentId: textOf(experiment['experiment_id']),
    clientRequestId: textOrNull(fields['client_request_id']),
    requestTime: Date.parse(textOf(fields['request_time']).replace(/(\.\d{3})\d+/, '$1')),
    executionDuration: seconds === undefined ? null : Math.round(Number(seconds) * 1000),
    state: oneOf(STATES, fields['state']),
    requestPreview: textOrNull(fields['request_preview']),
    responsePreview: textOrNull(fields['response_preview']),
    metadata: notes(fields['trace_metadata']),
    tags: notes(fields['tags']),
    assessments: listOf(fields['assessments']).length,
  };
}

function readOldTrace(fields: Fields): ListedTrace {
  const read = (list: unknown) => listOf(list).map(({ key, value }) => ({ key: textOf(key), value: textOf(value) }));
  return {
    traceId: textOf(fields['request_id']),
    experimentId: textOf(fields['experiment_id']),
    clientRequestId: null,
    requestTime: integerOrNull(fields['timestamp_ms']) ?? 0,
    executionDuration: integerOrNull(fields['execution_time_ms']),
    state: oneOf(STATES, fields['status']),
    requestPreview: null,
    responsePreview: null,
    metadata: read(fields['request_metadata']),
    tags: read(fields['tags']),
    assessments: 0,
  };
}

function notes(value: unknown) {
  return Object.entries(fieldsOf(value)).map(([key, text]) => ({ key, value: textOf(text) }));
}

function written(trace: TraceInfo): object {
  return {
    trace_id: trace.traceId,
    client_request_id: trace.clientRequestId,
    trace_location: { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: trace.experimentId } },
    request_time: new Date(trace.requestTime).toISOString(),
    execution_duration: trace.executionDuration === null ? null : `${(trace.executionDuration / 1000).toFixed(3)}s`,
    state: trace.state,
    request_preview: trace.requestPreview,
    response_preview: trace.responsePreview,
    trace_metadata: Object.fromEntries(trace.metadata.map(({ key, value }) => [key, value])),
    tags: Object.fromEntries(trace.tags.map(({ key, value }) => [key, value])),
  };
}
