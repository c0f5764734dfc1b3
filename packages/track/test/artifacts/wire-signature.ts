import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The keys that the tests' storage knows. */
export const KEYS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/**
 * Recomputes the signature of a request from what came over the wire, as the description of AWS's signature version 4 says,
 * and tells what is wrong with it. s3rver itself does not look at signatures of that version.
 */
export function signatureProblem(request: IncomingMessage, body: Buffer): string | undefined {
  const url = new URL(request.url ?? '', 'http://storage');
  const given = url.searchParams.has('X-Amz-Signature') ? fromQuery(url) : fromHeader(request);
  if (given === undefined) return 'AccessDenied';
  const [accessKeyId, ...scope] = given.credential.split('/');
  if (accessKeyId !== KEYS.accessKeyId) return 'InvalidAccessKeyId';
  const bodyHash = request.headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD';
  if (bodyHash !== 'UNSIGNED-PAYLOAD' && bodyHash !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort();
  const headers = given.signedHeaders.map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [
    request.method,
    url.pathname,
    query.join('&'),
    headers.join(''),
    given.signedHeaders.join(';'),
    bodyHash,
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', given.date, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${KEYS.secretAccessKey}`);
  return hmac(key, text).toString('hex') === given.signature ? undefined : 'SignatureDoesNotMatch';
}

interface GivenSignature {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly date: string;
}

function fromHeader(request: IncomingMessage): GivenSignature | undefined {
  const pattern = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const [, credential, signedHeaders, signature] = pattern.exec(request.headers.authorization ?? '') ?? [];
  if (signature === undefined) return undefined;
  const date = String(request.headers['x-amz-date']);
  return { credential, signedHeaders: signedHeaders.split(';'), signature, date };
}

function fromQuery({ searchParams }: URL): GivenSignature | undefined {
  const value = (name: string) => searchParams.get(`X-Amz-${name}`) ?? '';
  const day = value('Date').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  if (Date.now() > Date.parse(day) + Number(value('Expires')) * 1000) return undefined;
  return {
    credential: value('Credential'),
    signedHeaders: value('SignedHeaders').split(';'),
    signature: value('Signature'),
    date: value('Date'),
  };
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
