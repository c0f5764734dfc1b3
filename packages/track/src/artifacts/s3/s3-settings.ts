import { trackError } from '../../track-error.js';

/** What signs a request. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** How an S3-compatible storage is reached. */
export interface S3Settings {
  /** Without one it is Amazon's. */
  readonly endpoint: string | undefined;
  readonly region: string;
  /** Whether the bucket stands in the path or in the host name. */
  readonly addressing: 'path' | 'virtual';
  /** Asked before every request, so that credentials that expire can be renewed. */
  readonly credentials: () => Promise<S3Credentials> | S3Credentials;
}

/**
 * Reads the settings that AWS's and MLflow's own tools read: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN,
 * AWS_REGION or AWS_DEFAULT_REGION (default us-east-1), MLFLOW_S3_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL, and
 * MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE (`path`, `virtual`, or `auto`: the host name at Amazon, the path elsewhere).
 *
 * @throws `ARTIFACT_STORAGE` when a key is missing or the endpoint is no URL.
 */
export function s3Settings(uri: string, env: Readonly<Record<string, string | undefined>>): S3Settings {
  const first = (...names: readonly string[]) =>
    names.map((name) => env[name]).find((value) => value !== undefined && value !== '');
  const endpoint = first('MLFLOW_S3_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL');
  if (endpoint !== undefined && !(/^https?:/i.test(endpoint) && URL.canParse(endpoint))) {
    throw unusable(
      uri,
      `the endpoint ${JSON.stringify(endpoint)} is no http or https URL`,
      'correct MLFLOW_S3_ENDPOINT_URL or AWS_ENDPOINT_URL',
    );
  }
  const accessKeyId = first('AWS_ACCESS_KEY_ID');
  const secretAccessKey = first('AWS_SECRET_ACCESS_KEY');
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw unusable(uri, 'there are no credentials', 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  }
  const sessionToken = first('AWS_SESSION_TOKEN');
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  return {
    endpoint,
    region: first('AWS_REGION', 'AWS_DEFAULT_REGION') ?? 'us-east-1',
    addressing: addressingOf(first('MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE'), endpoint),
    credentials: () => credentials,
  };
}

function addressingOf(style: string | undefined, endpoint: string | undefined): 'path' | 'virtual' {
  if (style === 'path' || style === 'virtual') return style;
  return endpoint === undefined ? 'virtual' : 'path';
}

function unusable(uri: string, reason: string, next: string): Error {
  return trackError('ARTIFACT_STORAGE', { uri, reason, next });
}

/** The URL of an object, or of the bucket for the empty key. A bucket with dots has no certificate of its own, so stands in the path. */
export function s3Url(settings: S3Settings, bucket: string, key: string): URL {
  const { endpoint, region } = settings;
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const url = new URL(endpoint ?? `https://s3.${region}.${domain}`);
  const base = url.pathname.replace(/\/$/, '');
  const encodedKey = key.split('/').map(encodeStrictly).join('/');
  if (settings.addressing === 'virtual' && !bucket.includes('.')) {
    url.hostname = `${bucket}.${url.hostname}`;
    url.pathname = `${base}/${encodedKey}`;
  } else {
    url.pathname = `${base}/${bucket}${key === '' ? '' : `/${encodedKey}`}`;
  }
  return url;
}

/** Encodes all that RFC 3986 does not call unreserved, as signatures count on. */
function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
