import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { s3Failure, type S3Refusal } from './s3-failure.js';
import { s3Url, type S3Settings } from './s3-settings.js';
import { childText, parseXml, type XmlElement } from './xml.js';

/** A request to one bucket. */
interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** The object; the bucket itself by default. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal;
  /** Statuses that are an answer, not a failure. */
  readonly accept?: readonly number[];
}

/** A whole answer. */
export interface S3Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly xml: XmlElement;
}

/** Requests to one bucket, signed, and repeated where that can help. */
export interface S3Client {
  /** What people call the bucket: `s3://name`. */
  readonly uri: string;
  /** Sends a request and reads the whole answer. @throws as {@link s3Failure} says. */
  ask(request: S3Request): Promise<S3Answer>;
  /** The same, but the body is left to the caller. */
  open(request: S3Request): Promise<Response>;
  /** A URL that carries its own signature. */
  presign(
    method: 'GET' | 'PUT',
    key: string,
    query: Readonly<Record<string, string>>,
    seconds: number,
  ): Promise<string>;
}

/** How often, and how patiently, a failed request is repeated. */
export interface RetryPolicy {
  /** How often in all a request is sent; at least 1. */
  readonly attempts: number;
  /** The longest first pause; it doubles from one to the next and is then drawn from 0 to that. */
  readonly firstPauseMs: number;
}

const LONGEST_PAUSE_MS = 20_000;
const PASSING_STATUSES = new Set([408, 429, 500, 502, 503, 504]);
const PASSING_CODES = new Set(['InternalError', 'RequestTimeout', 'ServiceUnavailable', 'SlowDown']);

/**
 * Makes a client. Every request of a storage may be sent again: what it does twice is the same as once, but for a started
 * upload, of which an unused one may be left.
 */
export function s3Client(settings: S3Settings, bucket: string, retry: RetryPolicy): S3Client {
  const uri = `s3://${bucket}`;
  const signer = async (url: URL, method: string, headers: Readonly<Record<string, string>>, signQuery: boolean) =>
    new AwsV4Signer({
      ...(await settings.credentials()),
      url: url.href,
      method,
      headers: { ...headers },
      region: settings.region,
      service: 's3',
      signQuery,
    }).sign();

  async function attempt(request: S3Request): Promise<Response> {
    const { method, key = '', query = {}, headers = {}, body, signal } = request;
    const url = withQuery(s3Url(settings, bucket, key), query);
    const bodyHash = createHash('sha256')
      .update(body ?? '')
      .digest('hex');
    const signed = await signer(url, method, { ...headers, 'x-amz-content-sha256': bodyHash }, false);
    // `manual`: a redirect would need another signature, and is told as the failure that it is.
    return fetch(signed.url, {
      method,
      headers: signed.headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async function retried<T>(request: S3Request, use: (answer: Response) => Promise<T | Failure>): Promise<T> {
    for (let sent = 1; ; sent++) {
      const result = await attempt(request).then(use).catch(failureOf);
      if (!(result instanceof Failure)) return result;
      const isLast = sent >= retry.attempts || request.signal?.aborted === true;
      if (isLast || !isWorthRepeating(result.refusal)) throw s3Failure(uri, result.refusal, result.cause);
      await sleep(pauseMs(retry, sent, result.refusal), undefined, { signal: request.signal });
    }
  }

  const isAccepted = (request: S3Request, answer: Response) =>
    answer.ok || request.accept?.includes(answer.status) === true;

  return {
    uri,
    ask: (request) =>
      retried(request, async (answer) => {
        const xml = parseXml(await answer.text());
        // A slow operation may begin with 200 and end with an error.
        const isRefused = !isAccepted(request, answer) || (answer.ok && xml.name === 'Error');
        if (isRefused) return new Failure(refusalOf(answer, xml));
        return { status: answer.status, headers: answer.headers, xml };
      }),
    open: (request) =>
      retried(request, async (answer) => {
        if (isAccepted(request, answer)) return answer;
        return new Failure(refusalOf(answer, parseXml(await answer.text())));
      }),
    async presign(method, key, query, seconds) {
      const url = withQuery(s3Url(settings, bucket, key), { ...query, 'X-Amz-Expires': String(seconds) });
      return (await signer(url, method, {}, true)).url.href;
    },
  };
}

function withQuery(url: URL, query: Readonly<Record<string, string>>): URL {
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

/** A failed attempt, which may be followed by another. */
class Failure {
  constructor(
    readonly refusal: S3Refusal,
    readonly cause?: Error,
  ) {}
}

/** A failure of the network. `fetch` hides its reason in the cause. */
function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return new Failure({ status: 0, code: String(error), message: '' });
  const { cause } = error;
  const reason = cause instanceof Error ? cause : error;
  const code = 'code' in reason && typeof reason.code === 'string' ? reason.code : reason.message;
  return new Failure({ status: 0, code, message: reason.message }, error);
}

function isWorthRepeating({ status, code }: S3Refusal): boolean {
  return status === 0 || PASSING_STATUSES.has(status) || PASSING_CODES.has(code);
}

/** What the storage asks for, else drawn from 0 to a bound that doubles: so that many clients do not come back at once. */
function pauseMs(retry: RetryPolicy, sent: number, { retryAfterMs }: S3Refusal): number {
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs, LONGEST_PAUSE_MS);
  return Math.random() * Math.min(retry.firstPauseMs * 2 ** (sent - 1), LONGEST_PAUSE_MS);
}

function refusalOf({ status, headers }: Response, error: XmlElement): S3Refusal {
  const retryAfter = headers.get('retry-after');
  return {
    status,
    code: childText(error, 'Code'),
    message: childText(error, 'Message'),
    region: headers.get('x-amz-bucket-region') ?? undefined,
    retryAfterMs: retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : undefined,
  };
}
