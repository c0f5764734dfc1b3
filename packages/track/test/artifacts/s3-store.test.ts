import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ArtifactStore } from '../../src/artifacts/artifact-store.js';
import { openArtifactStore } from '../../src/artifacts/open-artifact-store.js';
import type { S3Client } from '../../src/artifacts/s3/s3-client.js';
import { s3Settings, s3Url } from '../../src/artifacts/s3/s3-settings.js';
import { s3Storage } from '../../src/artifacts/s3/s3-storage.js';
import { parseXml } from '../../src/artifacts/s3/xml.js';
import { all, sha256, someBytes, stream, textOf } from './content.js';
import { openGate, type Fault, type S3Gate } from './s3-gate.js';
import { startMoto, startS3rver, type S3Server } from './s3-servers.js';

const MIB = 1024 ** 2;

describe('artifacts in S3', () => {
  let server: S3Server & { readonly gate: S3Gate };
  let gate: S3Gate;
  let store: ArtifactStore;
  let folders = 0;
  const quick = { attempts: 4, firstPauseMs: 1 };
  const open = (env = server.env, retry = quick) =>
    openArtifactStore(`s3://artifacts/test-${folders}`, { env, retry, partBytes: 5 * MIB });

  beforeAll(async () => {
    server = await startS3rver();
    gate = server.gate;
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    folders += 1;
    gate.setFaults(() => undefined);
    store = open();
  });

  /** The fault comes with the requests that match, so many times. */
  function failing(pattern: RegExp, times: number, fault: Fault): () => number {
    let left = times;
    gate.setFaults((request) => (pattern.test(request) && left-- > 0 ? fault : undefined));
    return () => times - Math.max(left, 0);
  }

  it.each<[string, Fault]>([
    ['503', { kind: 'status', status: 503 }],
    ['500', { kind: 'status', status: 500 }],
    ['429', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
    ['a broken connection', { kind: 'drop' }],
    ['a lost answer', { kind: 'lose-answer' }],
  ])('try again after %s', async (_name, fault) => {
    for (const pattern of [/^PUT/, /^GET/, /^HEAD/, /^DELETE/]) {
      const failures = failing(pattern, 3, fault);
      await store.write('f', stream('content'));
      expect(await textOf(await store.read('f'))).toBe('content');
      expect(await store.find('f')).toMatchObject({ sizeBytes: 7 });
      await store.remove('f');
      expect(await store.find('f')).toBeUndefined();
      expect(failures()).toBe(3);
    }
  });

  it('give up after so many attempts, and say what is wrong', async () => {
    const before = gate.seen.length;
    failing(/^PUT/, 99, { kind: 'status', status: 503 });
    await expect(store.write('f', stream('x'))).rejects.toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE', status: 503 });
    expect(gate.seen.length - before).toBe(quick.attempts);
    failing(/^PUT/, 99, { kind: 'drop' });
    await expect(store.write('f', stream('x'))).rejects.toThrow('does not answer');
    failing(/^PUT/, 99, { kind: 'status', status: 507 });
    await expect(store.write('f', stream('x'))).rejects.toMatchObject({ code: 'ARTIFACT_STORAGE_FULL' });
  });

  it('do not repeat what is refused for good', async () => {
    const before = gate.seen.length;
    const stranger = open({ ...server.env, AWS_SECRET_ACCESS_KEY: 'wrong' });
    await expect(stranger.write('f', stream('x'))).rejects.toThrow(
      /SignatureDoesNotMatch \(check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY/,
    );
    expect(gate.seen.length - before).toBe(1);
  });

  it('tell a missing bucket from a missing file', async () => {
    const nowhere = openArtifactStore('s3://no-such-bucket', { env: server.env, retry: quick });
    await expect(nowhere.read('f')).rejects.toThrow(/NoSuchBucket.*make the bucket/);
    await expect(store.read('f')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });

  it('name the region where the storage says that the bucket is in another', async () => {
    failing(/^PUT/, 1, { kind: 'status', status: 301, headers: { 'x-amz-bucket-region': 'eu-central-1' } });
    await expect(store.write('f', stream('x'))).rejects.toThrow(
      'the bucket is in the region eu-central-1: set AWS_REGION',
    );
  });

  it('go on reading where an answer broke off', async () => {
    const bytes = someBytes(3 * MIB);
    await store.write('large', stream(bytes));
    const before = gate.seen.length;
    failing(/^GET/, 3, { kind: 'cut', afterBytes: MIB / 2 });
    const { body } = await store.read('large', { start: 1000 });
    expect((await buffer(body)).equals(bytes.subarray(1000))).toBe(true);
    expect(gate.seen.length - before).toBe(4);
  });

  it('do not go on with another file than the one that was begun', async () => {
    await store.write('f', stream(someBytes(3 * MIB)));
    let requests = 0;
    gate.setFaults((request) => {
      if (!request.startsWith('GET')) return undefined;
      requests += 1;
      // s3rver does not know If-Match, so the gate answers as S3 does.
      return requests === 1 ? { kind: 'cut', afterBytes: MIB } : { kind: 'status', status: 412 };
    });
    const { body } = await store.read('f');
    await expect(buffer(body)).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('stop reading after answers that bring nothing', async () => {
    await store.write('f', stream(someBytes(MIB)));
    failing(/^GET/, 99, { kind: 'cut', afterBytes: 0 });
    await expect(store.read('f').then(({ body }) => buffer(body))).rejects.toMatchObject({
      code: 'TEMPORARILY_UNAVAILABLE',
    });
  });

  it('end the request when a reader goes away', async () => {
    await store.write('f', stream(someBytes(3 * MIB)));
    const { body } = await store.read('f');
    await new Promise((resolve) => body.once('data', resolve));
    body.destroy();
    await new Promise((resolve) => body.once('close', resolve));
    expect(body.destroyed).toBe(true);
  });

  it('send large files in parts that fail and are sent again one by one', async () => {
    const bytes = someBytes(16 * MIB);
    const before = gate.seen.length;
    const failures = failing(/^PUT .*partNumber=[23]/, 3, { kind: 'drop' });
    const stored = await store.write('large', stream(...pieces(bytes)));
    expect(failures()).toBe(3);
    expect(stored.sha256).toBe(sha256(bytes));
    const puts = gate.seen.slice(before).filter((request) => request.startsWith('PUT'));
    expect(puts.length).toBe(4 + 3);
    const { body } = await store.read('large');
    expect((await buffer(body)).equals(bytes)).toBe(true);
  });

  it('give up an upload whose parts cannot be sent', async () => {
    const before = gate.seen.length;
    failing(/^PUT .*partNumber=2/, 99, { kind: 'status', status: 500 });
    await expect(store.write('large', stream(...pieces(someBytes(16 * MIB))))).rejects.toThrow('status 500');
    expect(gate.seen.slice(before).filter((request) => request.startsWith('DELETE'))).toHaveLength(1);
    expect(await store.find('large')).toBeUndefined();
  });

  it('give URLs that carry their own permission, for a time and one file', async () => {
    const put = String(await store.presign('shared file.txt', { method: 'PUT' }));
    expect((await fetch(put, { method: 'PUT', body: 'sent directly' })).status).toBe(200);
    const get = String(await store.presign('shared file.txt', { method: 'GET', expiresInSeconds: 60 }));
    expect(await (await fetch(get)).text()).toBe('sent directly');
    expect((await fetch(get.replace('shared', 'other'))).status).toBe(403);
    expect((await fetch(get.replace('Expires=60', 'Expires=90'))).status).toBe(403);
    expect((await fetch(get, { method: 'DELETE' })).status).toBe(403);
    expect(get).not.toContain('AWS_SECRET');
    const part = String(await store.presign('f', { method: 'PUT', part: { uploadId: 'u1', number: 3 } }));
    expect(new URL(part).searchParams.get('partNumber')).toBe('3');
    expect(new URL(part).searchParams.get('uploadId')).toBe('u1');
  });

  it('come as they are stored, even those that another client wrote as gzip', async () => {
    const packed = gzipSync('unpacked');
    const url = String(await store.presign('model.tar.gz', { method: 'PUT' }));
    const headers = { 'content-encoding': 'gzip' };
    expect((await fetch(url, { method: 'PUT', headers, body: packed })).status).toBe(200);
    const reading = await store.read('model.tar.gz');
    expect(reading.sizeBytes).toBe(packed.length);
    expect((await buffer(reading.body)).equals(packed)).toBe(true);
  });

  it('has no leftovers to tell where the storage cannot list uploads', async () => {
    expect(await all(store.leftovers())).toEqual([]);
  });

  it('do not say a key in any message', async () => {
    const secret = 'the-secret-of-this-test';
    const stranger = open({ ...server.env, AWS_SECRET_ACCESS_KEY: secret });
    const failure: unknown = await stranger.write('f', stream('x')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(JSON.stringify([failure, String(failure)])).not.toContain(secret);
  });
});

const moto = await startMoto();

describe.skipIf('unavailable' in moto)('large artifacts in S3', () => {
  it('are taken as complete when only the answer was lost', async () => {
    if ('unavailable' in moto) return;
    const gate = await openGate(Number(new URL(moto.env['AWS_ENDPOINT_URL']).port), () => undefined);
    onTestFinished(async () => {
      await gate.close();
      await moto.stop();
    });
    const env = { ...moto.env, AWS_ENDPOINT_URL: gate.endpoint };
    const store = openArtifactStore('s3://artifacts', {
      env,
      partBytes: 5 * MIB,
      retry: { attempts: 3, firstPauseMs: 1 },
    });
    const bytes = someBytes(6 * MIB);
    let completed = 0;
    gate.setFaults((request) =>
      /^POST .*uploadId=/.test(request) && ++completed === 1 ? { kind: 'lose-answer' } : undefined,
    );
    const stored = await store.write('large', stream(...pieces(bytes)));
    expect(stored.sizeBytes).toBe(bytes.length);
    expect(completed).toBe(2);
    expect((await buffer((await store.read('large')).body)).equals(bytes)).toBe(true);
  });
});

describe('many artifacts in S3', () => {
  const contents = (from: number, to: number) =>
    Array.from(
      { length: to - from },
      (_, i) => `<Contents><Key>p/many/${from + i}&amp;</Key><Size>2</Size></Contents>`,
    );
  const bodies: string[] = [];
  const client: S3Client = {
    uri: 's3://bucket',
    ask: async ({ method, query = {}, body }) => {
      if (method === 'POST') bodies.push(new TextDecoder().decode(body));
      const isFirst = query['continuation-token'] === undefined;
      const page = isFirst
        ? `${contents(0, 900).join('')}<NextContinuationToken>t</NextContinuationToken>`
        : contents(900, 1500).join('');
      return {
        status: method === 'HEAD' ? 404 : 200,
        headers: new Headers(),
        xml: parseXml(`<Result>${page}</Result>`),
      };
    },
    open: () => Promise.reject(new Error('nothing is read')),
    presign: () => Promise.reject(new Error('nothing is signed')),
  };

  it('are listed page by page and removed a thousand at a time', async () => {
    const storage = s3Storage({ client, prefix: 'p/', partBytes: 5 * MIB });
    expect(await storage.removeTree('many')).toEqual({ files: 1500, bytes: 3000 });
    expect(bodies.map((body) => body.match(/<Object>/g)?.length)).toEqual([1000, 500]);
    expect(bodies[1]).toContain('<Key>p/many/1499&amp;</Key>');
  });
});

describe('the settings of S3', () => {
  const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
  const urlOf = (env: Readonly<Record<string, string>>, bucket = 'models', key = 'a b/c') =>
    s3Url(s3Settings('s3://models', { ...keys, ...env }), bucket, key).href;

  it('lead to Amazon by host name, in the region that is set', () => {
    expect(urlOf({})).toBe('https://models.s3.us-east-1.amazonaws.com/a%20b/c');
    expect(urlOf({ AWS_DEFAULT_REGION: 'eu-central-1' })).toBe('https://models.s3.eu-central-1.amazonaws.com/a%20b/c');
    expect(urlOf({ AWS_REGION: 'cn-north-1' })).toBe('https://models.s3.cn-north-1.amazonaws.com.cn/a%20b/c');
  });

  it('lead to another storage by path, unless the host name is asked for', () => {
    const AWS_ENDPOINT_URL = 'https://storage.example:9000/base';
    expect(urlOf({ AWS_ENDPOINT_URL })).toBe('https://storage.example:9000/base/models/a%20b/c');
    expect(urlOf({ AWS_ENDPOINT_URL, MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE: 'virtual' })).toBe(
      'https://models.storage.example:9000/base/a%20b/c',
    );
    expect(urlOf({ AWS_ENDPOINT_URL, MLFLOW_S3_ENDPOINT_URL: 'http://mlflow.example' })).toBe(
      'http://mlflow.example/models/a%20b/c',
    );
  });

  it('put a bucket with dots into the path, since no certificate names it', () => {
    expect(urlOf({}, 'my.models', 'c')).toBe('https://s3.us-east-1.amazonaws.com/my.models/c');
  });

  it('say what is missing', () => {
    expect(() => s3Settings('s3://models', {})).toThrow(
      'the artifact storage s3://models failed: there are no credentials (set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)',
    );
    expect(() => s3Settings('s3://models', { ...keys, AWS_ENDPOINT_URL: 'storage:9000' })).toThrow(
      'is no http or https URL',
    );
    expect(() => openArtifactStore('s3://models', { env: keys, partBytes: MIB })).toThrow(
      'parts of at least 5242880 bytes',
    );
    for (const uri of ['s3://', 's3://a', 's3://bucket?region=x', 's3://bucket/a/../b']) {
      expect(() => openArtifactStore(uri, { env: keys })).toThrow(/Invalid (artifact URI|path)/);
    }
  });
});

/** Content in the chunks that a network brings. */
function pieces(bytes: Buffer): readonly Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, i) =>
    bytes.subarray(i * 65_536, (i + 1) * 65_536),
  );
}
