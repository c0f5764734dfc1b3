import { createHash } from 'node:crypto';
import type { StorageUploads } from '../artifact-storage.js';
import type { ArrivedPart, Leftover, UploadKey, UploadPart } from '../artifact-store.js';
import { chosenParts, noSuchUpload } from '../chosen-parts.js';
import { ContentMeter } from '../content-meter.js';
import { inParts } from './in-parts.js';
import type { S3Answer } from './s3-client.js';
import type { S3Room } from './s3-room.js';
import { childrenNamed, childText, escapeXml } from './xml.js';

/** The largest part that is taken in: it is held in memory, so that it can be sent again. */
const LARGEST_PART_BYTES = 64 * 1024 ** 2;

/** Uploads in parts, as S3 has them. */
export function s3Uploads(room: S3Room): StorageUploads {
  return {
    start: (path) => startUpload(room, path),
    async write(upload, number, content, limitBytes) {
      const meter = new ContentMeter(upload.path, Math.min(limitBytes, LARGEST_PART_BYTES));
      const body = await inParts(meter.measure(content), Number.POSITIVE_INFINITY).next();
      return uploadPart(room, upload, number, body.done === true ? new Uint8Array(0) : body.value);
    },
    parts: (upload) => arrivedParts(room, upload),
    async join(upload, wanted, limits) {
      const { parts, sizeBytes } = chosenParts(upload.path, await arrivedParts(room, upload), wanted, limits);
      return {
        sizeBytes,
        sha256: limits.expected.sha256,
        publish: () => completeUpload(room, upload, parts),
        // The parts stay, so that completing can be tried again.
        discard: async () => undefined,
      };
    },
    abort: (upload) => abortUpload(room, upload),
  };
}

/** Begins an upload and gives its id. */
export async function startUpload({ client, prefix }: S3Room, path: string): Promise<string> {
  const { xml } = await client.ask({ method: 'POST', key: prefix + path, query: { uploads: '' } });
  return childText(xml, 'UploadId');
}

/** Sends one part. */
export async function uploadPart(
  room: S3Room,
  upload: UploadKey,
  number: number,
  body: Uint8Array<ArrayBuffer>,
): Promise<ArrivedPart> {
  const { headers } = await askUpload(room, upload, {
    method: 'PUT',
    query: { partNumber: String(number) },
    body,
  });
  return { number, etag: headers.get('etag') ?? '', sizeBytes: body.length };
}

/** Joins parts to the object. Ends well where it was done before, and the answer was lost. */
export async function completeUpload(room: S3Room, upload: UploadKey, parts: readonly UploadPart[]): Promise<void> {
  const listed = parts.map(
    ({ number, etag }) => `<Part><PartNumber>${number}</PartNumber><ETag>${escapeXml(etag)}</ETag></Part>`,
  );
  const body = new TextEncoder().encode(
    `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${listed.join('')}</CompleteMultipartUpload>`,
  );
  const { client, prefix } = room;
  const key = prefix + upload.path;
  const { status } = await client.ask({ method: 'POST', key, query: { uploadId: upload.id }, body, accept: [404] });
  if (status !== 404) return;
  const { headers } = await client.ask({ method: 'HEAD', key, accept: [404] });
  if (headers.get('etag')?.replaceAll('"', '') !== joinedEtag(parts)) throw noSuchUpload(upload.path, upload.id);
}

/** The etag that S3 gives to joined parts: the MD5 of their MD5s, and how many they are. */
function joinedEtag(parts: readonly UploadPart[]): string {
  const hash = createHash('md5');
  for (const { etag } of parts) hash.update(Buffer.from(etag.replaceAll('"', ''), 'hex'));
  return `${hash.digest('hex')}-${parts.length}`;
}

/** Gives an upload up; ends well when there is none. */
export async function abortUpload({ client, prefix }: S3Room, { path, id }: UploadKey): Promise<void> {
  await client.ask({ method: 'DELETE', key: prefix + path, query: { uploadId: id }, accept: [404] });
}

async function arrivedParts(room: S3Room, upload: UploadKey): Promise<readonly ArrivedPart[]> {
  const parts: ArrivedPart[] = [];
  let marker: string | undefined = '0';
  while (marker !== undefined) {
    const page: S3Answer = await askUpload(room, upload, { method: 'GET', query: { 'part-number-marker': marker } });
    for (const part of childrenNamed(page.xml, 'Part')) {
      const [number, sizeBytes] = [Number(childText(part, 'PartNumber')), Number(childText(part, 'Size'))];
      parts.push({ number, etag: childText(part, 'ETag'), sizeBytes });
    }
    marker = childText(page.xml, 'IsTruncated') === 'true' ? childText(page.xml, 'NextPartNumberMarker') : undefined;
  }
  return parts;
}

/** Asks about one upload. @throws `RESOURCE_DOES_NOT_EXIST` where there is none. */
async function askUpload(
  { client, prefix }: S3Room,
  { path, id }: UploadKey,
  request: {
    readonly method: 'GET' | 'PUT';
    readonly query: Readonly<Record<string, string>>;
    readonly body?: Uint8Array<ArrayBuffer>;
  },
): Promise<S3Answer> {
  const query = { ...request.query, uploadId: id };
  const answer = await client.ask({ ...request, key: prefix + path, query, accept: [404] });
  if (answer.status === 404) throw noSuchUpload(path, id);
  return answer;
}

/**
 * The uploads beneath a folder that are neither complete nor given up, with the sizes of their parts. A storage that cannot list
 * uploads (501) has none to tell.
 */
export async function* s3Leftovers(room: S3Room, folder: string): AsyncIterable<Leftover> {
  const { client, prefix } = room;
  const start = folder === '' ? prefix : `${prefix}${folder}/`;
  let marker: Readonly<Record<string, string>> | undefined = {};
  while (marker !== undefined) {
    const query = { uploads: '', prefix: start, ...marker };
    const { status, xml }: S3Answer = await client.ask({ method: 'GET', query, accept: [501] });
    if (status === 501) return;
    for (const entry of childrenNamed(xml, 'Upload')) {
      const upload = { path: childText(entry, 'Key').slice(prefix.length), id: childText(entry, 'UploadId') };
      const parts = await arrivedParts(room, upload).catch(() => []);
      yield {
        path: upload.path,
        sizeBytes: parts.reduce((sum, part) => sum + part.sizeBytes, 0),
        modifiedAt: Date.parse(childText(entry, 'Initiated')),
        remove: () => abortUpload(room, upload),
      };
    }
    const isTruncated = childText(xml, 'IsTruncated') === 'true';
    marker = isTruncated
      ? { 'key-marker': childText(xml, 'NextKeyMarker'), 'upload-id-marker': childText(xml, 'NextUploadIdMarker') }
      : undefined;
  }
}
