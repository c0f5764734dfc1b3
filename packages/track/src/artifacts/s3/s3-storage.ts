import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { trackError } from '../../track-error.js';
import type { ArtifactStorage, StorageReading } from '../artifact-storage.js';
import type { ArtifactEntry, ByteRange, PresignedRequest, RemovedArtifacts } from '../artifact-store.js';
import { readableRange } from '../readable-range.js';
import { resumingBody } from './resuming-body.js';
import { AS_STORED, listObjects } from './s3-objects.js';
import type { S3Room } from './s3-room.js';
import { s3Leftovers, s3Uploads } from './s3-uploads.js';
import { stageObject } from './stage-object.js';
import { childrenNamed, childText, escapeXml } from './xml.js';

/** As many objects S3 removes with one request. */
const REMOVED_AT_ONCE = 1000;

/** Artifacts in an S3-compatible bucket. */
export function s3Storage(room: S3Room): ArtifactStorage {
  const { client, prefix } = room;
  const uri = `${client.uri}/${prefix}`.replace(/\/$/, '');
  return {
    uri,
    list: (folder) => listFolder(room, folder),
    walk: (folder) => walkFolder(room, folder),
    find: (path) => findObject(room, path),
    read: (path, range) => readObject(room, path, range),
    stage: (path, content, limits) => stageObject(room, path, content, limits),
    async remove(path) {
      await client.ask({ method: 'DELETE', key: prefix + path, accept: [404] });
    },
    removeTree: (path) => removeTree(room, path),
    uploads: s3Uploads(room),
    leftovers: (folder) => s3Leftovers(room, folder),
    presign: (path, request) => presign(room, path, request),
  };
}

async function listFolder({ client, prefix }: S3Room, folder: string): Promise<readonly ArtifactEntry[]> {
  const start = folder === '' ? prefix : `${prefix}${folder}/`;
  const entries: ArtifactEntry[] = [];
  for await (const { objects, folders } of listObjects(client, start, '/')) {
    for (const { key, ...object } of objects) {
      if (key !== start) entries.push({ path: key.slice(prefix.length), isDirectory: false, ...object });
    }
    for (const key of folders) {
      entries.push({ path: key.slice(prefix.length, -1), isDirectory: true, sizeBytes: 0, modifiedAt: 0 });
    }
  }
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function* walkFolder({ client, prefix }: S3Room, folder: string): AsyncIterable<ArtifactEntry> {
  const start = folder === '' ? prefix : `${prefix}${folder}/`;
  for await (const { objects } of listObjects(client, start)) {
    for (const { key, ...object } of objects) {
      // Some programs mark a folder by an empty object with `/` at its end.
      if (!key.endsWith('/')) yield { path: key.slice(prefix.length), isDirectory: false, ...object };
    }
  }
}

async function findObject({ client, prefix }: S3Room, path: string): Promise<ArtifactEntry | undefined> {
  const { status, headers } = await client.ask({ method: 'HEAD', key: prefix + path, accept: [404] });
  if (status === 404) return undefined;
  const modifiedAt = Date.parse(headers.get('last-modified') ?? '');
  return { path, isDirectory: false, sizeBytes: Number(headers.get('content-length')), modifiedAt };
}

async function readObject(room: S3Room, path: string, range: ByteRange): Promise<StorageReading> {
  const { client, prefix } = room;
  const key = prefix + path;
  const isNothing = range.end !== undefined && range.end <= range.start;
  if (isNothing) return readNothing(room, path, range);
  const isWhole = range.start === 0 && range.end === undefined;
  const headers = isWhole ? {} : { range: `bytes=${range.start}-${range.end === undefined ? '' : range.end - 1}` };
  const controller = new AbortController();
  const request = { method: 'GET', key, query: AS_STORED, headers, signal: controller.signal } as const;
  const answer = await client.open({ ...request, accept: [404, 416] });
  if (!answer.ok) {
    await answer.body?.cancel();
    if (answer.status === 416) return readNothing(room, path, range);
    // A bucket that is not there is a mistake of the settings, which this tells.
    await client.ask({ method: 'GET', query: { 'list-type': '2', 'max-keys': '1', prefix: key } });
    throw missing(path);
  }
  const { start, end, sizeBytes } = rangeOf(answer);
  const read = { key, start, end, etag: answer.headers.get('etag') ?? '*' };
  return { body: resumingBody(client, answer, read, controller), sizeBytes, start, end };
}

/** An empty range, or one behind the end. */
async function readNothing(room: S3Room, path: string, range: ByteRange): Promise<StorageReading> {
  const entry = await findObject(room, path);
  if (entry === undefined) throw missing(path);
  const { start } = readableRange(path, range, entry.sizeBytes);
  return { body: Readable.from([]), sizeBytes: entry.sizeBytes, start, end: start };
}

function rangeOf(answer: Response) {
  const [, first, last, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(answer.headers.get('content-range') ?? '') ?? [];
  if (answer.status === 206 && size !== undefined) {
    return { start: Number(first), end: Number(last) + 1, sizeBytes: Number(size) };
  }
  const sizeBytes = Number(answer.headers.get('content-length'));
  return { start: 0, end: sizeBytes, sizeBytes };
}

async function removeTree(room: S3Room, path: string): Promise<RemovedArtifacts> {
  const single = await findObject(room, path);
  let removed: RemovedArtifacts = await removeAll(room, single === undefined ? [] : [single]);
  let batch: ArtifactEntry[] = [];
  for await (const entry of walkFolder(room, path)) {
    batch.push(entry);
    if (batch.length < REMOVED_AT_ONCE) continue;
    removed = added(removed, await removeAll(room, batch));
    batch = [];
  }
  return added(removed, await removeAll(room, batch));
}

async function removeAll({ client, prefix }: S3Room, entries: readonly ArtifactEntry[]): Promise<RemovedArtifacts> {
  if (entries.length === 0) return { files: 0, bytes: 0 };
  const objects = entries.map(({ path }) => `<Object><Key>${escapeXml(prefix + path)}</Key></Object>`).join('');
  const body = new TextEncoder().encode(
    `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Quiet>true</Quiet>${objects}</Delete>`,
  );
  const headers = { 'content-md5': createHash('md5').update(body).digest('base64'), 'content-type': 'application/xml' };
  const { xml } = await client.ask({ method: 'POST', query: { delete: '' }, headers, body });
  const [failed] = childrenNamed(xml, 'Error');
  if (failed !== undefined) {
    const reason = `${childText(failed, 'Key')} cannot be removed: ${childText(failed, 'Code')}`;
    const next = 'check what these credentials may do in this bucket';
    throw trackError('ARTIFACT_STORAGE', { uri: client.uri, reason, next });
  }
  return { files: entries.length, bytes: entries.reduce((sum, entry) => sum + entry.sizeBytes, 0) };
}

function added(a: RemovedArtifacts, b: RemovedArtifacts): RemovedArtifacts {
  return { files: a.files + b.files, bytes: a.bytes + b.bytes };
}

async function presign({ client, prefix }: S3Room, path: string, request: PresignedRequest): Promise<string> {
  const { method, part, expiresInSeconds = 900 } = request;
  const query = part === undefined ? {} : { uploadId: part.uploadId, partNumber: String(part.number) };
  return client.presign(method, prefix + path, query, expiresInSeconds);
}

function missing(path: string): Error {
  return trackError('RESOURCE_DOES_NOT_EXIST', { message: `No such artifact: ${JSON.stringify(path)}` });
}
