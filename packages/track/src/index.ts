export { trackErrors, trackError } from './track-error.js';
export type { Database, Dialect, Queries } from './database/database.js';
export type { Tables } from './database/tables.js';
export type { Store } from './store/store.js';
export type { Page, SearchRequest } from './store/page.js';
export type { LifecycleStage, ViewType } from './store/lifecycle.js';
export type { Param, Tag } from './store/tag.js';
export type { Experiment } from './store/experiment.js';
export type { Metric } from './store/metric.js';
export type { Dataset, DatasetInput, DatasetSummary } from './store/dataset.js';
export type { ModelInput, ModelOutput, Run, RunData, RunInfo, RunStatus } from './store/run.js';
export type { LoggedModel, LoggedModelStatus } from './store/logged-model.js';
export type { ModelVersion, ModelVersionStatus, Stage } from './store/model-version.js';
export type { ModelAlias, RegisteredModel } from './store/registered-model.js';
export type { Span, TraceInfo, TraceState } from './store/trace.js';
export { openStore, type OpenStore, type OpenStoreOptions } from './store/open-store.js';
export {
  createExperiment,
  deleteExperiment,
  getExperiment,
  getExperimentByName,
  restoreExperiment,
  updateExperiment,
  type CreateExperimentRequest,
} from './store/experiments.js';
export { deleteExperimentTag, setExperimentTag } from './store/experiment-tags.js';
export { createRun, type CreateRunRequest } from './store/create-run.js';
export { deleteRun, getRun, restoreRun, updateRun, type UpdateRunRequest } from './store/runs.js';
export { deleteRunTag, setRunTag } from './store/run-tags.js';
export { logParam } from './store/params.js';
export { logMetric } from './store/metrics.js';
export { logBatch, type LogBatchRequest } from './store/log-batch.js';
export { logInputs, logOutputs, searchDatasets, type LogInputsRequest } from './store/inputs.js';
export type {
  ArrivedPart,
  ArtifactContent,
  ArtifactEntry,
  ArtifactFile,
  ArtifactReading,
  ArtifactStore,
  ArtifactUploads,
  ByteRange,
  CompletedUpload,
  ExpectedContent,
  Leftover,
  PresignedRequest,
  RemovedArtifacts,
  StoredArtifact,
  UploadKey,
  UploadPart,
} from './artifacts/artifact-store.js';
export { memoryLedger, type ArtifactLedger, type LedgerEntry } from './artifacts/artifact-ledger.js';
export { databaseLedger } from './artifacts/database-ledger.js';
export { openArtifactStore, type ArtifactStoreOptions } from './artifacts/open-artifact-store.js';
export { artifactsAt, type ArtifactPlaces } from './artifacts/artifacts-at.js';
export { artifactFolder, artifactPath } from './artifacts/artifact-path.js';
export type { S3Credentials, S3Settings } from './artifacts/s3/s3-settings.js';
export type { RetryPolicy } from './artifacts/s3/s3-client.js';
export { searchRuns, type SearchRunsRequest } from './store/search-runs.js';
export { searchExperiments } from './store/search-experiments.js';
export { getMetricHistory, getMetricHistoryBulk } from './store/metric-history.js';
export { getMetricHistoryBulkInterval, type SampledHistoryRequest } from './store/sampled-history.js';
export {
  createLoggedModel,
  deleteLoggedModel,
  deleteLoggedModelTag,
  finalizeLoggedModel,
  getLoggedModel,
  logLoggedModelParams,
  setLoggedModelTags,
  type CreateLoggedModelRequest,
} from './store/logged-models.js';
export {
  searchLoggedModels,
  type LoggedModelOrder,
  type SearchLoggedModelsRequest,
} from './store/search-logged-models.js';
export {
  createRegisteredModel,
  deleteRegisteredModel,
  getLatestVersions,
  getRegisteredModel,
  renameRegisteredModel,
  updateRegisteredModel,
  type CreateRegisteredModelRequest,
} from './store/registered-models.js';
export { deleteRegisteredModelTag, setRegisteredModelTag } from './store/registered-model-tags.js';
export { deleteModelAlias, getModelVersionByAlias, setModelAlias } from './store/model-aliases.js';
export { createModelVersion, type CreateModelVersionRequest } from './store/create-model-version.js';
export {
  deleteModelVersion,
  getModelVersion,
  getModelVersionDownloadUri,
  transitionStage,
  updateModelVersion,
} from './store/model-versions.js';
export { deleteModelVersionTag, setModelVersionTag } from './store/model-version-tags.js';
export { searchModelVersions, searchRegisteredModels } from './store/search-registry.js';
export { deleteTraces, getTraceInfo, startTrace, type DeleteTracesRequest } from './store/traces.js';
export { linkTracesToRun } from './store/link-traces.js';
export { deleteTraceTag, setTraceTag } from './store/trace-notes.js';
export { getTraceSpans, logSpans } from './store/spans.js';
export { searchTraces } from './store/search-traces.js';
export { collectGarbage, type GarbageOptions } from './garbage/collect-garbage.js';
export type { GarbageCount, GarbageItem, GarbageKind, GarbageReport, KeptItem } from './garbage/garbage-report.js';
export { createTrackingServer } from './server/create-tracking-server.js';
export {
  startTrackingServer,
  type RunningTrackingServer,
  type TrackingListenOptions,
} from './server/start-tracking-server.js';
export type { LogLevel, TrackingServerOptions } from './server/server-options.js';
export { isCode } from './client/is-code.js';
export type { TrackingClient } from './client/tracking-client.js';
export { openTracking } from './connect/open-tracking.js';
export type { OpenTracking, TrackingPlace } from './connect/tracking-place.js';
export { clientTarget } from './record/client-target.js';
export { deliverSpooled, type DeliveredSpool, type RefusedRecord } from './record/deliver-spooled.js';
export { recorderOf, type Recorded, type Recorder, type RecorderOptions } from './record/recorder.js';
export { spoolIn, type Spool } from './record/spool.js';
export type {
  RecordedArtifact,
  RecordedDataset,
  RecordedMetric,
  RecordedModel,
  RecordHead,
  TrainingRecord,
} from './record/training-record.js';
export { accessTo, isOpenTo, type Access, type AccessOptions } from './access/access.js';
export { createApiKey, listApiKeys, revokeApiKey, type ApiKey, type NewApiKey } from './access/api-keys.js';
export type { Identity, Role } from './access/role.js';
export { defaultPolicy, type ApprovalRule, type RegistryPolicy } from './registry/policy.js';
export { deliverEvents } from './registry/webhooks.js';
export { changeRules, type RuleChanges, type Rules } from './registry/rules.js';
