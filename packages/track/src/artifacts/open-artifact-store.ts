import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { trackError } from '../track-error.js';
import { memoryLedger, type ArtifactLedger } from './artifact-ledger.js';
import { artifactFolder } from './artifact-path.js';
import type { ArtifactStorage } from './artifact-storage.js';
import type { ArtifactStore } from './artifact-store.js';
import { checkedArtifacts } from './checked-artifacts.js';
import { localStorage } from './local/local-storage.js';
import { s3Client, type RetryPolicy } from './s3/s3-client.js';
import { s3Settings, type S3Settings } from './s3/s3-settings.js';
import { s3Storage } from './s3/s3-storage.js';

/** How an artifact store is opened. */
export interface ArtifactStoreOptions {
  /** Remembers checksums, so that reads are verified; default: for as long as the process runs. */
  readonly ledger?: ArtifactLedger;
  /** The largest file in bytes; default: no limit. */
  readonly maxFileBytes?: number;
  /** Environment variables, for S3; default: those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** How S3 is reached; default: as the environment says. */
  readonly s3?: S3Settings;
  /** Larger files go to S3 in parts of this size; 5 MiB and up, default 8 MiB. */
  readonly partBytes?: number;
  /** How failed requests to S3 are repeated; default: 5 attempts, pauses from 200 ms. */
  readonly retry?: RetryPolicy;
}

const MIB = 1024 ** 2;

/**
 * Opens the artifact store at a URI: a path, `file:///folder`, or `s3://bucket/prefix`. Nothing is read or made yet.
 *
 * @throws `INVALID_PARAMETER_VALUE` for another URI, `ARTIFACT_STORAGE` for settings of S3 that cannot be used.
 */
export function openArtifactStore(uri: string, options: ArtifactStoreOptions = {}): ArtifactStore {
  const { ledger = memoryLedger(), maxFileBytes = Number.POSITIVE_INFINITY } = options;
  return checkedArtifacts(storageAt(uri, options), { ledger, maxFileBytes });
}

function storageAt(uri: string, options: ArtifactStoreOptions): ArtifactStorage {
  const [, scheme] = /^([a-z][a-z0-9+.-]+):/i.exec(uri) ?? [];
  switch (scheme?.toLowerCase()) {
    case undefined:
      return localStorage(path.resolve(uri));
    case 'file':
      return localStorage(localFolder(uri));
    case 's3':
      return bucketStorage(uri, options);
    default:
      throw unknownUri(uri);
  }
}

/** Where a `file:` URI points to. @throws `INVALID_PARAMETER_VALUE` */
export function localFolder(uri: string): string {
  try {
    return path.resolve(fileURLToPath(uri));
  } catch (error) {
    throw unknownUri(uri, error);
  }
}

function bucketStorage(uri: string, options: ArtifactStoreOptions): ArtifactStorage {
  const { partBytes = 8 * MIB, retry = { attempts: 5, firstPauseMs: 200 } } = options;
  const [, bucket, prefix] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([^?]*))?$/i.exec(uri) ?? [];
  if (bucket === undefined) throw unknownUri(uri);
  if (partBytes < 5 * MIB) {
    const message = `Invalid value ${partBytes} for parameter 'partBytes' supplied: S3 expects parts of at least ${5 * MIB} bytes`;
    throw trackError('INVALID_PARAMETER_VALUE', { message });
  }
  const folder = artifactFolder(prefix ?? '');
  const settings = options.s3 ?? s3Settings(uri, options.env ?? process.env);
  return s3Storage({
    client: s3Client(settings, bucket, retry),
    prefix: folder === '' ? '' : `${folder}/`,
    partBytes,
  });
}

function unknownUri(uri: string, cause?: unknown): Error {
  const message = `Invalid artifact URI: ${JSON.stringify(uri)} (expected a path, file:///folder or s3://bucket/prefix)`;
  return trackError('INVALID_PARAMETER_VALUE', { message }, { cause });
}
