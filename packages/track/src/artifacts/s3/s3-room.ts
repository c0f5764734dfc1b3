import type { S3Client } from './s3-client.js';

/** Where in a storage artifacts are, and how they get there. */
export interface S3Room {
  readonly client: S3Client;
  /** Empty, or with `/` at its end. */
  readonly prefix: string;
  /** Larger files are sent in parts of this size; at least 5 MiB, as S3 asks for. */
  readonly partBytes: number;
}
