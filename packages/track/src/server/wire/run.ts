import { type DatasetInput } from '../../store/dataset.js';
import { type Metric } from '../../store/metric.js';
import { type Run, type RunInfo } from '../../store/run.js';
import { wireNumber } from './number.js';

/** A run in wire format. */
export function wireRun({ info, data, inputs, outputs }: Run): object {
  return {
    info: wireRunInfo(info),
    data: { metrics: data.metrics.map(wireMetric), params: data.params, tags: data.tags },
    inputs: {
      dataset_inputs: inputs.datasetInputs.map(wireDatasetInput),
      model_inputs: inputs.modelInputs.map(({ modelId }) => ({ model_id: modelId })),
    },
    outputs: { model_outputs: outputs.modelOutputs.map(({ modelId, step }) => ({ model_id: modelId, step })) },
  };
}

/** The facts of a run in wire format; its id stands there under the old name too. */
export function wireRunInfo(info: RunInfo): object {
  return {
    run_uuid: info.runId,
    experiment_id: info.experimentId,
    run_name: info.runName ?? undefined,
    user_id: info.userId ?? undefined,
    status: info.status,
    start_time: info.startTime ?? undefined,
    end_time: info.endTime ?? undefined,
    artifact_uri: info.artifactUri ?? undefined,
    lifecycle_stage: info.lifecycleStage,
    run_id: info.runId,
  };
}

/** A measurement in wire format. */
export function wireMetric(metric: Metric): object {
  return {
    key: metric.key,
    value: wireNumber(metric.value),
    timestamp: metric.timestamp,
    step: metric.step,
    dataset_name: metric.datasetName,
    dataset_digest: metric.datasetDigest,
    model_id: metric.modelId,
    run_id: metric.runId,
  };
}

function wireDatasetInput({ dataset, tags }: DatasetInput): object {
  return {
    tags,
    dataset: {
      name: dataset.name,
      digest: dataset.digest,
      source_type: dataset.sourceType,
      source: dataset.source,
      schema: dataset.schema ?? undefined,
      profile: dataset.profile ?? undefined,
    },
  };
}
