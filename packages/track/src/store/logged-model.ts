import { type Metric } from './metric.js';
import { type Param, type Tag } from './tag.js';
import { type LifecycleStage } from './lifecycle.js';

/** Whether the files of a logged model have arrived. */
export type LoggedModelStatus =
  'LOGGED_MODEL_STATUS_UNSPECIFIED' | 'LOGGED_MODEL_PENDING' | 'LOGGED_MODEL_READY' | 'LOGGED_MODEL_UPLOAD_FAILED';

/** A model that a run made, before it is registered under a name. Times are Unix milliseconds. */
export interface LoggedModel {
  /** `m-` and 32 hexadecimal digits. */
  readonly modelId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly artifactUri: string;
  readonly creationTime: number;
  readonly lastUpdatedTime: number;
  readonly status: LoggedModelStatus;
  readonly statusMessage: string | null;
  readonly lifecycleStage: LifecycleStage;
  readonly modelType: string | null;
  readonly sourceRunId: string | null;
  readonly tags: readonly Tag[];
  readonly params: readonly Param[];
  readonly metrics: readonly Metric[];
}
