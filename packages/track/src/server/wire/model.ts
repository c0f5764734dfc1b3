import { type LoggedModel } from '../../store/logged-model.js';
import { type ModelVersion } from '../../store/model-version.js';
import { type RegisteredModel } from '../../store/registered-model.js';
import { wireMetric } from './run.js';

/** A registered model in wire format. */
export function wireRegisteredModel(model: RegisteredModel): object {
  return {
    name: model.name,
    creation_timestamp: model.creationTime ?? undefined,
    last_updated_timestamp: model.lastUpdatedTime ?? undefined,
    description: model.description ?? undefined,
    latest_versions: model.latestVersions.map(wireModelVersion),
    tags: model.tags,
    aliases: model.aliases,
  };
}

/** A version of a registered model in wire format. */
export function wireModelVersion(version: ModelVersion): object {
  return {
    name: version.name,
    version: version.version,
    creation_timestamp: version.creationTime ?? undefined,
    last_updated_timestamp: version.lastUpdatedTime ?? undefined,
    user_id: version.userId ?? undefined,
    current_stage: version.currentStage,
    description: version.description ?? undefined,
    source: version.source ?? undefined,
    run_id: version.runId ?? undefined,
    status: version.status,
    status_message: version.statusMessage ?? undefined,
    tags: version.tags,
    run_link: version.runLink ?? undefined,
    aliases: version.aliases,
  };
}

/** A logged model in wire format. */
export function wireLoggedModel(model: LoggedModel): object {
  return {
    info: {
      model_id: model.modelId,
      experiment_id: model.experimentId,
      name: model.name,
      creation_timestamp_ms: model.creationTime,
      last_updated_timestamp_ms: model.lastUpdatedTime,
      artifact_uri: model.artifactUri,
      status: model.status,
      model_type: model.modelType ?? undefined,
      source_run_id: model.sourceRunId ?? undefined,
      status_message: model.statusMessage ?? undefined,
      tags: model.tags,
    },
    data: { params: model.params, metrics: model.metrics.map(wireMetric) },
  };
}
