import type { Dataset } from '../store/dataset.js';
import type { ModelInput, ModelOutput, RunInfo, RunStatus } from '../store/run.js';
import { trackError } from '../track-error.js';
import { api, artifactApi } from './api.js';
import { batches } from './batches.js';
import type { Connection } from './connection.js';

/** One measurement to record. */
export interface Measured {
  readonly key: string;
  /** NaN and the infinities may be recorded. */
  readonly value: number;
  /** Default 0. */
  readonly step?: number;
  /** Unix milliseconds. Default: now. */
  readonly timestamp?: number;
  /** The logged model that was measured. */
  readonly modelId?: string;
}

/** A run that is being written to. */
export interface ActiveRun {
  readonly info: RunInfo;
  /** Values that are no texts are written as JSON, undefined ones not at all. A param can be written again with the same value only. */
  logParams(params: Readonly<Record<string, unknown>>): Promise<void>;
  /** Records one value of each metric at a step (default 0). */
  logMetrics(metrics: Readonly<Record<string, number>>, step?: number): Promise<void>;
  /** Records any number of measurements, a thousand per request. */
  logHistory(measured: readonly Measured[]): Promise<void>;
  setTags(tags: Readonly<Record<string, string>>): Promise<void>;
  /** Says which logged models the run used, and which it made. */
  logModels(models: {
    readonly inputs: readonly ModelInput[];
    readonly outputs: readonly ModelOutput[];
  }): Promise<void>;
  /** Says which data the run used, and what for, such as `training`. */
  logDataset(dataset: Dataset, context?: string): Promise<void>;
  /** Writes a file, or writes it again; `path` is relative, with `/` between its names. */
  logArtifact(path: string, content: Uint8Array<ArrayBuffer> | string): Promise<void>;
  /** Ends the run: `FINISHED`, unless told otherwise, and now (Unix milliseconds). */
  end(status?: RunStatus, endTime?: number): Promise<void>;
}

/** Writes to one run. */
export function activeRun(connection: Connection, info: RunInfo): ActiveRun {
  const { runId } = info;
  const post = (verb: string, json: object) =>
    connection.tell({ method: 'POST', path: api(`runs/${verb}`), json: { run_id: runId, ...json } });
  const logHistory = async (measured: readonly Measured[]) => {
    const now = Date.now();
    for (const metrics of batches(measured, 1000)) {
      await post('log-batch', { metrics: metrics.map((one) => writtenMetric(one, now)) });
    }
  };
  return {
    info,
    logHistory,
    async logParams(params) {
      const list = Object.entries(params).flatMap(([key, value]) =>
        value === undefined ? [] : [{ key, value: written(value) }],
      );
      for (const batch of batches(list, 100)) await post('log-batch', { params: batch });
    },
    logMetrics: (metrics, step = 0) =>
      logHistory(Object.entries(metrics).map(([key, value]) => ({ key, value, step }))),
    async setTags(tags) {
      const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
      for (const batch of batches(list, 100)) await post('log-batch', { tags: batch });
    },
    logDataset: ({ sourceType, schema, profile, ...dataset }, context) =>
      post('log-inputs', {
        datasets: [
          {
            dataset: {
              ...dataset,
              source_type: sourceType,
              ...(schema === null ? {} : { schema }),
              ...(profile === null ? {} : { profile }),
            },
            tags: context === undefined ? [] : [{ key: 'mlflow.data.context', value: context }],
          },
        ],
      }),
    async logModels({ inputs, outputs }) {
      const used = inputs.map(({ modelId }) => ({ model_id: modelId }));
      if (used.length > 0) await post('log-inputs', { models: used });
      const made = outputs.map(({ modelId, step }) => ({ model_id: modelId, step }));
      if (made.length > 0) await post('outputs', { models: made });
    },
    logArtifact: (path, content) =>
      connection.tell({
        method: 'PUT',
        path: artifactApi(`${proxiedFolder(`run ${runId}`, info.artifactUri)}/${path}`),
        content,
      }),
    end: (status = 'FINISHED', endTime = Date.now()) => post('update', { status, end_time: endTime }),
  };
}

function writtenMetric({ key, value, step = 0, timestamp, modelId }: Measured, now: number) {
  // JSON has no such numbers; MLflow reads their names.
  return {
    key,
    value: Number.isFinite(value) ? value : String(value),
    step,
    timestamp: timestamp ?? now,
    model_id: modelId,
  };
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Where the artifact proxy has the files of a run or model. */
export function proxiedFolder(owner: string, artifactUri: string | null): string {
  const match = /^mlflow-artifacts:(?:\/\/[^/]*)?\/+(.*)$/.exec(artifactUri ?? '');
  if (match?.[1] !== undefined) return match[1];
  throw trackError('INVALID_STATE', {
    message:
      `the artifacts of ${owner} are kept at ${artifactUri ?? 'no place'}, which this client cannot write ` +
      '(expected mlflow-artifacts:/...; start the server so that it keeps artifacts itself)',
  });
}
