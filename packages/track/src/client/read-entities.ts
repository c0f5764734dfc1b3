import type { Dataset, DatasetInput } from '../store/dataset.js';
import type { Experiment } from '../store/experiment.js';
import type { LifecycleStage } from '../store/lifecycle.js';
import type { Metric } from '../store/metric.js';
import type { ModelVersion, ModelVersionStatus, Stage } from '../store/model-version.js';
import type { RegisteredModel } from '../store/registered-model.js';
import type { Run, RunInfo, RunStatus } from '../store/run.js';
import type { Tag } from '../store/tag.js';
import { fieldsOf, integerOrNull, listOf, numberOf, oneOf, textOf, textOrNull, type Fields } from './read-answer.js';

const LIFECYCLE: readonly [LifecycleStage, ...LifecycleStage[]] = ['active', 'deleted'];
const RUN_STATUS: readonly [RunStatus, ...RunStatus[]] = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'];
const STAGES: readonly [Stage, ...Stage[]] = ['None', 'Staging', 'Production', 'Archived'];
const VERSION_STATUS: readonly [ModelVersionStatus, ...ModelVersionStatus[]] = [
  'READY',
  'PENDING_REGISTRATION',
  'FAILED_REGISTRATION',
];

/** An experiment as the server writes it. */
export function readExperiment(value: unknown): Experiment {
  const fields = fieldsOf(value);
  return {
    experimentId: textOf(fields['experiment_id']),
    name: textOf(fields['name']),
    artifactLocation: textOf(fields['artifact_location']),
    lifecycleStage: oneOf(LIFECYCLE, fields['lifecycle_stage']),
    creationTime: integerOrNull(fields['creation_time']),
    lastUpdateTime: integerOrNull(fields['last_update_time']),
    tags: listOf(fields['tags']).map(readTag),
  };
}

/** A run as the server writes it. */
export function readRun(value: unknown): Run {
  const fields = fieldsOf(value);
  const data = fieldsOf(fields['data']);
  const inputs = fieldsOf(fields['inputs']);
  const outputs = fieldsOf(fields['outputs']);
  return {
    info: readRunInfo(fields['info']),
    data: {
      metrics: listOf(data['metrics']).map(readMetric),
      params: listOf(data['params']).map(readTag),
      tags: listOf(data['tags']).map(readTag),
    },
    inputs: {
      datasetInputs: listOf(inputs['dataset_inputs']).map(readDatasetInput),
      modelInputs: listOf(inputs['model_inputs']).map((input) => ({ modelId: textOf(input['model_id']) })),
    },
    outputs: {
      modelOutputs: listOf(outputs['model_outputs']).map((output) => ({
        modelId: textOf(output['model_id']),
        step: integerOrNull(output['step']) ?? 0,
      })),
    },
  };
}

function readRunInfo(value: unknown): RunInfo {
  const info = fieldsOf(value);
  return {
    runId: textOf(info['run_id'] ?? info['run_uuid']),
    runName: textOrNull(info['run_name']),
    experimentId: textOf(info['experiment_id']),
    userId: textOrNull(info['user_id']),
    status: oneOf(RUN_STATUS, info['status']),
    startTime: integerOrNull(info['start_time']),
    endTime: integerOrNull(info['end_time']),
    artifactUri: textOrNull(info['artifact_uri']),
    lifecycleStage: oneOf(LIFECYCLE, info['lifecycle_stage']),
  };
}

/** A measurement as the server writes it. */
export function readMetric(fields: Fields): Metric {
  const runId = textOrNull(fields['run_id']);
  const modelId = textOrNull(fields['model_id']);
  return {
    key: textOf(fields['key']),
    value: numberOf(fields['value']),
    timestamp: integerOrNull(fields['timestamp']) ?? 0,
    step: integerOrNull(fields['step']) ?? 0,
    ...(runId === null ? {} : { runId }),
    ...(modelId === null ? {} : { modelId }),
  };
}

function readTag(fields: Fields): Tag {
  return { key: textOf(fields['key']), value: textOf(fields['value']) };
}

function readDatasetInput(fields: Fields): DatasetInput {
  return { dataset: readDataset(fieldsOf(fields['dataset'])), tags: listOf(fields['tags']).map(readTag) };
}

function readDataset(fields: Fields): Dataset {
  return {
    name: textOf(fields['name']),
    digest: textOf(fields['digest']),
    sourceType: textOf(fields['source_type']),
    source: textOf(fields['source']),
    schema: textOrNull(fields['schema']),
    profile: textOrNull(fields['profile']),
  };
}

/** A registered model as the server writes it. */
export function readRegisteredModel(value: unknown): RegisteredModel {
  const fields = fieldsOf(value);
  return {
    name: textOf(fields['name']),
    creationTime: integerOrNull(fields['creation_timestamp']),
    lastUpdatedTime: integerOrNull(fields['last_updated_timestamp']),
    description: textOrNull(fields['description']),
    tags: listOf(fields['tags']).map(readTag),
    aliases: listOf(fields['aliases']).map(({ alias, version }) => ({
      alias: textOf(alias),
      version: textOf(version),
    })),
    latestVersions: listOf(fields['latest_versions']).map(readModelVersion),
  };
}

/** A version of a registered model as the server writes it. */
export function readModelVersion(value: unknown): ModelVersion {
  const fields = fieldsOf(value);
  const aliases: unknown = fields['aliases'];
  return {
    name: textOf(fields['name']),
    version: textOf(fields['version']),
    creationTime: integerOrNull(fields['creation_timestamp']),
    lastUpdatedTime: integerOrNull(fields['last_updated_timestamp']),
    description: textOrNull(fields['description']),
    userId: textOrNull(fields['user_id']),
    currentStage: oneOf(STAGES, fields['current_stage']),
    source: textOrNull(fields['source']),
    runId: textOrNull(fields['run_id']),
    runLink: textOrNull(fields['run_link']),
    status: oneOf(VERSION_STATUS, fields['status']),
    statusMessage: textOrNull(fields['status_message']),
    tags: listOf(fields['tags']).map(readTag),
    aliases: Array.isArray(aliases) ? aliases.map(textOf) : [],
  };
}
