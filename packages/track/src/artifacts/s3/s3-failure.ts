import { trackError } from '../../track-error.js';

/** What a storage answered instead of doing what was asked; `status` 0 is no answer at all. */
export interface S3Refusal {
  readonly status: number;
  /** S3's own code, such as `NoSuchKey`. */
  readonly code: string;
  readonly message: string;
  /** The bucket's region, where the storage says so. */
  readonly region?: string | undefined;
  /** How long the storage asks to wait. */
  readonly retryAfterMs?: number | undefined;
}

/** What a refusal means for the store. */
export function s3Failure(uri: string, refusal: S3Refusal, cause?: Error): Error {
  const { status, code, message, region } = refusal;
  const options = cause === undefined ? undefined : { cause };
  if (status === 0) {
    return trackError(
      'TEMPORARILY_UNAVAILABLE',
      { message: `the artifact storage ${uri} does not answer: ${code}` },
      options,
    );
  }
  if (status === 507 || code === 'XMinioStorageFull' || code === 'QuotaExceeded') {
    return trackError('ARTIFACT_STORAGE_FULL', { uri }, options);
  }
  if (status === 429 || status === 503) {
    return trackError(
      'TEMPORARILY_UNAVAILABLE',
      { message: `the artifact storage ${uri} is too busy: ${code || status}` },
      options,
    );
  }
  const reason = [`status ${status}`, code, message].filter((part) => part !== '').join(', ');
  return trackError('ARTIFACT_STORAGE', { uri, reason, next: adviceFor(refusal, region) }, options);
}

function adviceFor({ status, code }: S3Refusal, region: string | undefined): string {
  if (region !== undefined && (status === 301 || status === 307 || status === 400)) {
    return `the bucket is in the region ${region}: set AWS_REGION`;
  }
  if (code === 'NoSuchBucket') return 'make the bucket, or correct the URI';
  if (code === 'RequestTimeTooSkewed') return 'set the clock of this machine';
  if (status === 401 || status === 403) {
    return 'check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and what they may do in this bucket';
  }
  return 'see the log of the storage';
}
