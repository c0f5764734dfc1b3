import type { StagedFile, StageLimits } from '../artifact-storage.js';
import type { ArtifactContent } from '../artifact-store.js';
import { ContentMeter, tooLarge } from '../content-meter.js';
import { inParts } from './in-parts.js';
import type { S3Room } from './s3-room.js';
import { abortUpload, completeUpload, startUpload, uploadPart } from './s3-uploads.js';

const MOST_PARTS = 10_000;
/** Parts under way while the next one fills: memory is one more than this, times the part size. */
const PARTS_UNDER_WAY = 2;

/** Takes in content: what fits into one part is held in memory, the rest becomes an upload in parts. */
export async function stageObject(
  room: S3Room,
  path: string,
  content: ArtifactContent,
  { limitBytes, expected }: StageLimits,
): Promise<StagedFile> {
  const meter = new ContentMeter(path, limitBytes);
  const partBytes = Math.max(room.partBytes, Math.ceil((expected.sizeBytes ?? 0) / MOST_PARTS));
  const parts = inParts(meter.measure(content), partBytes);
  const first = await parts.next();
  const body = first.done === true ? new Uint8Array(0) : first.value;
  if (body.length < partBytes) {
    const measured = meter.finish(expected);
    return { ...measured, publish: () => putObject(room, path, body), discard: async () => undefined };
  }
  return stageUpload(room, path, meter, prepended(body, parts), { limitBytes: partBytes * MOST_PARTS, expected });
}

async function putObject({ client, prefix }: S3Room, path: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
  await client.ask({ method: 'PUT', key: prefix + path, body });
}

async function stageUpload(
  room: S3Room,
  path: string,
  meter: ContentMeter,
  parts: AsyncIterable<Uint8Array<ArrayBuffer>>,
  { limitBytes, expected }: StageLimits,
): Promise<StagedFile> {
  const upload = { path, id: await startUpload(room, path) };
  const discard = () => abortUpload(room, upload);
  const arrived: Promise<{ readonly number: number; readonly etag: string; readonly sizeBytes: number }>[] = [];
  try {
    for await (const body of parts) {
      if (arrived.length === MOST_PARTS) throw tooLarge(path, limitBytes);
      await arrived.at(-PARTS_UNDER_WAY);
      const part = uploadPart(room, upload, arrived.length + 1, body);
      // A failure is seen where the part is awaited; until then it is not an unhandled one.
      part.catch(() => undefined);
      arrived.push(part);
    }
    const joined = await Promise.all(arrived);
    const measured = meter.finish(expected);
    return { ...measured, publish: () => completeUpload(room, upload, joined), discard };
  } catch (error) {
    await Promise.allSettled(arrived);
    // What failed matters more than a leftover, which garbage collection finds.
    await discard().catch(() => undefined);
    throw error;
  }
}

async function* prepended(
  first: Uint8Array<ArrayBuffer>,
  rest: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncIterable<Uint8Array<ArrayBuffer>> {
  yield first;
  yield* rest;
}
