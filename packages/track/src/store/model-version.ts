import { type Tag } from './tag.js';

/** Whether the files of a version can be used. */
export type ModelVersionStatus = 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION' | 'READY';

/** The stages of MLflow 1, kept for clients that still use them; aliases replaced them. */
export type Stage = 'None' | 'Staging' | 'Production' | 'Archived';

/** One numbered version of a registered model. Times are Unix milliseconds. */
export interface ModelVersion {
  readonly name: string;
  /** A whole number, 1 and up, as text. */
  readonly version: string;
  readonly creationTime: number | null;
  readonly lastUpdatedTime: number | null;
  readonly description: string | null;
  readonly userId: string | null;
  readonly currentStage: Stage;
  /** URI of the model's files, as the client named it. */
  readonly source: string | null;
  readonly runId: string | null;
  readonly runLink: string | null;
  readonly status: ModelVersionStatus;
  readonly statusMessage: string | null;
  readonly tags: readonly Tag[];
  readonly aliases: readonly string[];
}
