import type { TrackingClient } from '../client/tracking-client.js';
import type { Environment } from './server-address.js';

/** Which tracking is wanted. */
export interface TrackingPlace {
  /**
   * A tracking server (`http://host:5000`, or `databricks` for the workspace of DATABRICKS_HOST), or a database: a file
   * (`tracking.db`, `sqlite:///tracking.db`) or `postgresql://user:password@host/name`.
   */
  readonly uri: string;
  /** Where a database's artifacts are: a folder or `s3://bucket/prefix`. Of no effect for a server, which has its own place. */
  readonly artifactRoot: string;
  /** Who works here, for the audit log of a database. */
  readonly user: string;
  /** MLFLOW_TRACKING_TOKEN, MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD, DATABRICKS_HOST, DATABRICKS_TOKEN, and those of S3. */
  readonly env: Environment;
  readonly signal?: AbortSignal;
  /** How long one request to a server may take, in milliseconds. Default 30 000. */
  readonly timeoutMs?: number;
  /** How often it is sent again. Default 5. */
  readonly retries?: number;
}

/** Tracking that is open: the same verbs, whether it is a server or a database. */
export interface OpenTracking {
  /** As users know it, without passwords. */
  readonly uri: string;
  readonly client: TrackingClient;
  close(): Promise<void>;
}
