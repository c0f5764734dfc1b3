import { type Generated } from 'kysely';

/** A truth value: SQLite answers 0 and 1, PostgreSQL false and true. */
export type Flag = boolean | 0 | 1;

interface ExperimentRow {
  experiment_id: Generated<number>;
  name: string;
  artifact_location: string | null;
  lifecycle_stage: string | null;
  creation_time: number | null;
  last_update_time: number | null;
}

interface ExperimentTagRow {
  key: string;
  value: string | null;
  experiment_id: number;
}

interface RunRow {
  run_uuid: string;
  name: string | null;
  source_type: string | null;
  source_name: string | null;
  entry_point_name: string | null;
  user_id: string | null;
  status: string | null;
  start_time: number | null;
  end_time: number | null;
  source_version: string | null;
  lifecycle_stage: string | null;
  artifact_uri: string | null;
  experiment_id: number | null;
  deleted_time: number | null;
}

interface RunTagRow {
  key: string;
  value: string | null;
  run_uuid: string;
}

interface ParamRow {
  key: string;
  value: string;
  run_uuid: string;
}

/** A measurement; NaN is stored as 0 with `is_nan`, and an infinity as the largest double. */
interface MetricRow {
  key: string;
  value: number;
  timestamp: number;
  step: number;
  is_nan: Flag;
  run_uuid: string;
}

interface LatestMetricRow extends Omit<MetricRow, 'timestamp'> {
  timestamp: number | null;
}

interface DatasetRow {
  dataset_uuid: string;
  experiment_id: number;
  name: string;
  digest: string;
  dataset_source_type: string;
  dataset_source: string;
  dataset_schema: string | null;
  dataset_profile: string | null;
}

/** An edge: of a run or model to the data set or model that it was given or made. */
interface InputRow {
  input_uuid: string;
  source_type: string;
  source_id: string;
  destination_type: string;
  destination_id: string;
  step: Generated<number>;
}

interface InputTagRow {
  input_uuid: string;
  name: string;
  value: string;
}

interface RegisteredModelRow {
  name: string;
  creation_time: number | null;
  last_updated_time: number | null;
  description: string | null;
}

interface RegisteredModelTagRow {
  key: string;
  value: string | null;
  name: string;
}

interface RegisteredModelAliasRow {
  alias: string;
  version: number;
  name: string;
}

interface ModelVersionRow {
  name: string;
  version: number;
  creation_time: number | null;
  last_updated_time: number | null;
  description: string | null;
  user_id: string | null;
  current_stage: string | null;
  source: string | null;
  storage_location: string | null;
  run_id: string | null;
  run_link: string | null;
  status: string | null;
  status_message: string | null;
}

interface ModelVersionTagRow {
  key: string;
  value: string | null;
  name: string;
  version: number;
}

interface LoggedModelRow {
  model_id: string;
  experiment_id: number;
  name: string;
  artifact_location: string;
  creation_timestamp_ms: number;
  last_updated_timestamp_ms: number;
  /** 1 pending, 2 ready, 3 upload failed. */
  status: number;
  lifecycle_stage: string | null;
  model_type: string | null;
  source_run_id: string | null;
  status_message: string | null;
}

interface LoggedModelMetricRow {
  model_id: string;
  metric_name: string;
  metric_timestamp_ms: number;
  metric_step: number;
  metric_value: number | null;
  experiment_id: number;
  run_id: string;
  dataset_uuid: string | null;
  dataset_name: string | null;
  dataset_digest: string | null;
}

interface LoggedModelParamRow {
  model_id: string;
  experiment_id: number;
  param_key: string;
  param_value: string;
}

interface LoggedModelTagRow {
  model_id: string;
  experiment_id: number;
  tag_key: string;
  tag_value: string;
}

interface TraceInfoRow {
  request_id: string;
  experiment_id: number;
  timestamp_ms: number;
  execution_time_ms: number | null;
  status: string;
  client_request_id: string | null;
  request_preview: string | null;
  response_preview: string | null;
}

interface TraceNoteRow {
  key: string;
  value: string | null;
  request_id: string;
}

interface SpanRow {
  trace_id: string;
  experiment_id: number;
  span_id: string;
  parent_span_id: string | null;
  name: string | null;
  type: string | null;
  status: string;
  start_time_unix_nano: bigint;
  end_time_unix_nano: bigint | null;
  content: string;
}

/** The checksum of a file, as it was written. */
interface ArtifactRow {
  uri: string;
  size_bytes: number;
  sha256: string;
  noted_at: number;
}

/** Something that garbage collection has begun to remove, so that nobody restores it. */
interface PurgeRow {
  kind: 'experiment' | 'run' | 'logged-model';
  id: string;
  artifact_uri: string;
  marked_at: number;
}

/** An API key; times are Unix milliseconds. */
interface ApiKeyRow {
  id: string;
  name: string;
  role: string;
  hash: string;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
}

interface ApprovalRow {
  model_name: string;
  version: number;
  approved_by: string;
  approved_at: number;
  reason: string;
}

/** One move of an alias; `sequence` is that of its entry in the audit log. */
interface AliasMoveRow {
  sequence: number;
  model_name: string;
  alias: string;
  from_version: number | null;
  to_version: number;
  kind: 'promote' | 'rollback';
  moved_by: string;
  moved_at: number;
}

interface AuditRow {
  sequence: number;
  at: number;
  actor: string;
  action: string;
  subject: string;
  /** JSON. */
  details: string;
  hash: string;
}

interface EntityAssociationRow {
  association_id: string;
  source_type: string;
  source_id: string;
  destination_type: string;
  destination_id: string;
  created_time: number | null;
}

interface WebhookRow {
  id: string;
  url: string;
  /** With commas between. */
  events: string;
  secret: string;
  created_at: number;
}

interface WebhookDeliveryRow {
  id: string;
  webhook_id: string;
  payload: string;
  attempts: number;
  due_at: number;
  last_error: string | null;
}

/**
 * The tables that the store reads and writes: MLflow's at revision bf29a5ff90ea, and ours, which begin with
 * `scorecast_`. MLflow's other tables exist in the database and stay empty.
 */
export interface Tables {
  alembic_version: { version_num: string };
  scorecast_migrations: { name: string; applied_at: number };
  scorecast_artifacts: ArtifactRow;
  scorecast_purges: PurgeRow;
  scorecast_api_keys: ApiKeyRow;
  scorecast_approvals: ApprovalRow;
  scorecast_alias_moves: AliasMoveRow;
  scorecast_audit: AuditRow;
  scorecast_rules: { name: string; value: string };
  scorecast_webhooks: WebhookRow;
  scorecast_webhook_deliveries: WebhookDeliveryRow;
  experiments: ExperimentRow;
  experiment_tags: ExperimentTagRow;
  runs: RunRow;
  tags: RunTagRow;
  params: ParamRow;
  metrics: MetricRow;
  latest_metrics: LatestMetricRow;
  datasets: DatasetRow;
  inputs: InputRow;
  input_tags: InputTagRow;
  registered_models: RegisteredModelRow;
  registered_model_tags: RegisteredModelTagRow;
  registered_model_aliases: RegisteredModelAliasRow;
  model_versions: ModelVersionRow;
  model_version_tags: ModelVersionTagRow;
  logged_models: LoggedModelRow;
  logged_model_metrics: LoggedModelMetricRow;
  logged_model_params: LoggedModelParamRow;
  logged_model_tags: LoggedModelTagRow;
  trace_info: TraceInfoRow;
  trace_tags: TraceNoteRow;
  trace_request_metadata: TraceNoteRow;
  spans: SpanRow;
  entity_associations: EntityAssociationRow;
}
